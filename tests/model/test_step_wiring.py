"""Layers that throw dice: every one its own, the same at a step whenever it is done, and none in an evaluation."""

import numpy as np
from msgspec.structs import replace
from numpy.testing import assert_array_equal

from model.experiment import NetworkSpec
from model.layers import Affine
from model.step_wiring import StepWiring
from model.trainer import Trainer
from tests.model.straight_way import PLAIN, Noisy

TWICE = replace(PLAIN, network=NetworkSpec(layers=(Affine(units=3), Noisy(), Noisy(), Affine(units=1))))


def drawn(wiring, step):
    for draw, stream in wiring.dice:
        draw(stream.at(step))
    return [wiring.wiring.layers[place].noise for place in (1, 2)]


def test_every_layer_throws_its_own_dice_and_the_same_again_at_the_same_step():
    network = Trainer(TWICE).network
    one, other = (StepWiring(network, TWICE, 8) for _ in range(2))
    first, second = drawn(one, 5)
    assert first.shape == (8, 3) and first.std() > 0
    assert (first != second).all()
    assert (drawn(one, 6)[0] != first).all()
    assert_array_equal(drawn(other, 5)[0], first)
    assert_array_equal(drawn(one, 5)[1], second)


def test_a_network_without_such_layers_has_no_dice():
    assert StepWiring(Trainer(PLAIN).network, PLAIN, 8).dice == ()


def test_an_evaluation_throws_none():
    trainer = Trainer(TWICE)
    trainer.advance(7)
    first, again = trainer._data.measure(7), trainer._data.measure(7)
    assert first == again
    inputs = trainer.parts.train.inputs
    weights = trainer.network.layout.view(trainer.network.parameters, 0, "weights")
    bias = trainer.network.layout.view(trainer.network.parameters, 0, "bias")
    np.testing.assert_allclose(trainer.network.outputs(inputs, of_layer=2), inputs @ weights + bias, rtol=1e-12)
