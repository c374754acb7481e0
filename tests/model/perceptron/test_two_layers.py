import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.perceptron import CORNERS, GATES, TWO_LINEAR_LAYERS, XOR_NETWORK, Neuron, TwoLayers, gate_of

numbers = st.floats(-10, 10)
neurons = st.builds(lambda w1, w2, b: Neuron((w1, w2), b, "identity"), numbers, numbers, numbers)


def test_xor_by_hand():
    corners = np.array(CORNERS)
    assert XOR_NETWORK.hidden_outputs(corners).tolist() == [[1, 0], [1, 1], [1, 1], [0, 1]]  # NAND, OR
    assert XOR_NETWORK.outputs(corners).tolist() == [0, 1, 1, 0]


def test_xor_is_built_of_the_gates():
    assert [gate_of(neuron) for neuron in (*XOR_NETWORK.hidden, XOR_NETWORK.output)] == ["NAND", "OR", "AND"]


@given(neurons, neurons, neurons, st.tuples(numbers, numbers))
def test_two_linear_layers_are_one_neuron(first, second, last, x):
    network = TwoLayers((first, second), last)
    layer_by_layer = network.outputs(np.array([x])).item()
    scale = 1 + sum(
        abs(v) * (abs(h.weights[0] * x[0]) + abs(h.weights[1] * x[1]) + abs(h.bias))
        for v, h in zip(last.weights, (first, second), strict=True)
    )
    assert abs(network.composite().output(x) - layer_by_layer) <= 1e-12 * (scale + abs(last.bias))


def test_the_composite_by_hand():
    # w' = (1*1 - 1.5*0.5, 1*-0.5 - 1.5*1), b' = 1*0.5 - 1.5*-0.5 + 0.5
    assert TWO_LINEAR_LAYERS.composite() == Neuron((0.25, -2.0), 1.75, "identity")
    matrix, v = np.array([[1.0, -0.5], [0.5, 1.0]]), np.array([1.0, -1.5])
    assert TWO_LINEAR_LAYERS.composite().weights == tuple(v @ matrix)


@pytest.mark.parametrize("activation", ["tanh", "relu", "step"])
def test_a_function_between_them_is_no_neuron_any_more(activation):
    bent = TWO_LINEAR_LAYERS.with_activation(activation)
    assert bent.composite() == TWO_LINEAR_LAYERS.composite()
    points = np.array([(x, y) for x in np.linspace(-3, 3, 7) for y in np.linspace(-3, 3, 7)])
    # The best that any affine function can do is still far off.
    ones = np.column_stack([points, np.ones(len(points))])
    outputs = bent.outputs(points)
    fitted = ones @ np.linalg.lstsq(ones, outputs, rcond=None)[0]
    assert np.abs(fitted - outputs).max() > 0.3


def test_one_neuron_is_exchanged():
    other = Neuron((3.0, 4.0), 5.0)
    for which in range(3):
        changed = XOR_NETWORK.with_neuron(which, other)
        neurons = [*changed.hidden, changed.output]
        expected = [GATES[gate].neuron for gate in ("NAND", "OR", "AND")]
        expected[which] = other
        assert neurons == expected
