"""All samples at rest, a piece at a time while the network learns: the same answers in the end."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from gui.output_views.samples_in_turn import SamplesInTurn
from model.data import load
from model.pictures import Pictures
from model.starters import starter
from model.trainer import Trainer


@pytest.fixture
def made():
    experiment = starter("iris")
    pictures = Pictures(experiment, load(experiment.data))
    assert len(pictures.parts.train.inputs) == 75
    pictures.samples = 30  # pieces of 30, 30 and 15
    return pictures, SamplesInTurn(pictures, pictures.parts.train)


@pytest.fixture
def moments():
    trainer = Trainer(starter("iris"))
    found = [trainer.network.numbers.copy()]
    for _ in range(3):
        trainer.step()
        found.append(trainer.network.numbers.copy())
    return found


def test_at_rest_all_are_of_the_same_moment(made, moments):
    pictures, turns = made
    for numbers in moments:
        assert_array_equal(turns.outputs(numbers, whole=True), pictures.outputs(numbers, pictures.parts.train.inputs))


def test_while_it_learns_the_pieces_take_turns(made, moments):
    pictures, turns = made
    turns.outputs(moments[0], whole=True)
    found = [turns.outputs(numbers, whole=False) for numbers in moments[1:]]
    expected = [pictures.outputs(numbers, pictures.parts.train.inputs) for numbers in moments]
    for rows, moment in ((slice(0, 30), 1), (slice(30, 60), 2), (slice(60, 75), 3)):
        np.testing.assert_allclose(found[-1][rows], expected[moment][rows], rtol=1e-12)
    assert_array_equal(found[0][30:], expected[0][30:])  # older answers are not written over
    turns.outputs(moments[0], whole=False)
    assert_array_equal(found[-1][60:], turns.outputs(moments[0], whole=False)[60:])


def test_a_small_part_is_always_whole(made, moments):
    pictures, _ = made
    pictures.samples = len(pictures.parts.test.inputs)
    turns = SamplesInTurn(pictures, pictures.parts.test)
    turns.outputs(moments[0], whole=False)
    now = turns.outputs(moments[3], whole=False)
    assert_array_equal(now, pictures.outputs(moments[3], pictures.parts.test.inputs))
