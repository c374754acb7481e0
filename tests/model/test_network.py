import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.initializers import Normal
from model.layers import Affine, Flatten, Identity, ReLU, ShapeError, Softmax, Tanh
from model.network import MOST_ROWS, Network


def initialized(*specs, shape=(2,), seed=1, precision="float64"):
    network = Network(specs, shape, precision)
    network.initialize(seed)
    return network


def weights(network, layer):
    return network.layout.view(network.parameters, layer, "weights")


def test_forward_and_backward_by_hand():
    # x = (1, 2); z = 1*3 + 2*(-1) + 0.5 = 1.5; ReLU 1.5; y = 1.5*2 - 1 = 2
    network = Network([Affine(units=1), ReLU(), Affine(units=1)], (2,))
    network.parameters[:] = 3, -1, 0.5, 2, -1
    wiring = network.wire(1)
    wiring.input.values[...] = 1, 2
    wiring.forward()
    assert wiring.output.values == 2
    wiring.output.gradient[...] = 10
    wiring.backward()
    assert_array_equal(network.gradient, [20, 40, 20, 15, 10])


def test_shapes_and_layout():
    network = Network([Flatten(), Affine(units=3), Tanh(), Affine(units=2)], (1, 2, 2))
    assert network.shapes == [(1, 2, 2), (4,), (3,), (3,), (2,)]
    assert network.layout.size == network.parameters.size == network.gradient.size == 15 + 8
    assert network.layout.entries[0].full_name == "layers[1].weights"


def test_layers_that_do_not_fit():
    with pytest.raises(ShapeError, match="flatten"):
        Network([Affine(units=3)], (1, 2, 2))
    with pytest.raises(ShapeError, match="at least 2"):
        Network([Affine(units=1), Softmax()], (2,))


def test_the_parameters_are_a_matter_of_the_seed():
    specs = Affine(units=3), Affine(units=2)
    assert_array_equal(initialized(*specs, seed=7).parameters, initialized(*specs, seed=7).parameters)
    assert (initialized(*specs, seed=7).parameters != initialized(*specs, seed=8).parameters).any()
    again = initialized(*specs, seed=8)
    again.initialize(7)
    assert_array_equal(again.parameters, initialized(*specs, seed=7).parameters)


def test_layers_draw_different_weights():
    network = initialized(Affine(units=2), Affine(units=2))
    assert (weights(network, 0) != weights(network, 1)).all()


def test_a_layer_or_unit_more_leaves_the_weights_of_others_alone():
    one = Normal(std=1.0)
    before = initialized(Affine(units=4, weights=one), Tanh(), Affine(units=3, weights=one))
    behind = initialized(Affine(units=4, weights=one), Tanh(), Affine(units=3, weights=one), Tanh(), Affine(units=2))
    assert_array_equal(behind.parameters[: before.parameters.size], before.parameters)
    wider = initialized(Affine(units=4, weights=one), Tanh(), Affine(units=5, weights=one))
    assert_array_equal(weights(wider, 0), weights(before, 0))
    assert_array_equal(weights(wider, 2)[:, :3], weights(before, 2))


def test_a_layer_with_a_name_keeps_its_weights_at_any_place():
    last = Affine(units=3, name="output")
    before = initialized(last)
    behind_others = initialized(Affine(units=2), Tanh(), last)
    assert_array_equal(weights(before, 0), weights(behind_others, 2))


def test_the_data_gets_no_gradient_and_layers_before_the_first_that_learns_no_turn():
    wiring = Network([Tanh(), Affine(units=3), Tanh()], (2,)).wire(4)
    assert not wiring.signals[0].learns and not wiring.signals[1].learns
    assert wiring.signals[2].learns
    assert len(wiring.forwards) == 3
    assert len(wiring.backwards) == 2


def test_signals_stand_beside_their_layers():
    wiring = Network([Affine(units=3), Identity(), Tanh()], (2,)).wire(4)
    assert wiring.signals[2] is wiring.signals[1]
    assert wiring.layers[1] is None
    assert wiring.output is wiring.signals[3]


@pytest.mark.parametrize("n", [0, 1, MOST_ROWS, MOST_ROWS + 1, 2 * MOST_ROWS + 5])
def test_outputs_of_any_number_of_samples(n):
    network = initialized(Affine(units=3), Tanh(), Affine(units=2))
    inputs = np.random.default_rng(1).normal(size=(n, 2))
    w0, b0 = weights(network, 0), network.layout.view(network.parameters, 0, "bias")
    w2, b2 = weights(network, 2), network.layout.view(network.parameters, 2, "bias")
    hidden = np.tanh(inputs @ w0 + b0)
    assert_allclose(network.outputs(inputs), hidden @ w2 + b2, rtol=1e-12, atol=1e-14)
    assert_allclose(network.outputs(inputs, of_layer=1), hidden, rtol=1e-12, atol=1e-14)


def test_looking_changes_nothing():
    network = initialized(Affine(units=3), Tanh(), Affine(units=2))
    network.gradient[:] = 5
    before = network.parameters.copy()
    network.outputs(np.ones((3, 2)))
    assert_array_equal(network.parameters, before)
    assert_array_equal(network.gradient, 5)


def test_a_diverged_network_may_be_looked_at():
    network = initialized(Affine(units=3), Tanh(), Affine(units=2), Softmax())
    network.parameters[:] = 1e308
    assert network.outputs(np.full((3, 2), 1e5)).shape == (3, 2)  # no warning: they are errors here


def test_single_precision_stays_single():
    network = initialized(Affine(units=3), Tanh(), precision="float32")
    wiring = network.wire(2)
    arrays = [network.parameters, network.gradient, network.outputs(np.ones((2, 2)))]
    arrays += [s.values for s in wiring.signals] + [s.gradient for s in wiring.signals]
    assert {a.dtype for a in arrays} == {np.dtype("float32")}
