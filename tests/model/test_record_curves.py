import math

import numpy as np
import pytest

from model.parameters import Layout
from model.record import Evaluation, Record
from model.record_curves import BatchLosses, Evaluations, GradientNorms


@pytest.fixture
def record():
    """Two layers of one number each; the losses are 10, 20, 30 and the gradients (3, -4), (0, 1), (5, 12)."""
    gradient = np.zeros(2)
    made = Record(Layout([{"weights": (1,)}, {}, {"weights": (1,)}]), gradient)
    for loss, *slopes in ((10, 3, -4), (20, 0, 1), (30, 5, 12)):
        gradient[:] = slopes
        made.add(loss)
    made.evaluations += [Evaluation(0, 0.5, None, 0.25), Evaluation(2, 0.4, None, 0.2, 0.9, None, 0.8)]
    return made


def test_the_first_loss_is_that_of_step_1(record):
    source = BatchLosses(record)
    steps, losses = source.read(1)
    assert steps.tolist() == [2, 3] and losses.tolist() == [[20], [30]]
    assert [source.index(x) for x in (-5, 1, 1.5, 2, 3)] == [0, 0, 1, 1, 2]
    assert source.read(3)[1].shape == (0, 1)


def test_norms_of_each_learning_layer(record):
    source = GradientNorms(record)
    assert source.curves == 2
    steps, norms = source.read(0)
    assert steps.tolist() == [1, 2, 3] and norms.tolist() == [[3, 4], [0, 1], [5, 12]]


def test_a_record_without_steps_has_shapes_all_the_same():
    empty = Record(Layout([{"weights": (1,)}, {"weights": (2,)}]), np.zeros(3))
    assert GradientNorms(empty).read(0)[1].shape == (0, 2)
    assert BatchLosses(empty).read(0)[1].shape == (0, 1)
    assert Evaluations(empty).read(0)[1].shape == (0, 6)


def test_evaluations_stand_at_their_steps_and_what_was_not_measured_is_not_a_number(record):
    source = Evaluations(record)
    steps, measures = source.read(0)
    assert steps.tolist() == [0, 2]
    nan = math.nan
    np.testing.assert_array_equal(measures, [[0.5, nan, 0.25, nan, nan, nan], [0.4, nan, 0.2, 0.9, nan, 0.8]])
    assert [source.index(x) for x in (0, 0.5, 2, 3)] == [0, 1, 1, 2]
