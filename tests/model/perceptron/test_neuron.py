import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.perceptron import ACTIVATIONS, Neuron

numbers = st.floats(-10, 10)


def test_by_hand():
    neuron = Neuron((2.0, -1.0), 0.5)
    assert neuron.sum((1.5, 2.0)) == 1.5  # 3 - 2 + 0.5
    assert neuron.output((1.5, 2.0)) == 1
    assert neuron.sum((0.0, 0.5)) == 0
    assert neuron.output((0.0, 0.5)) == 0  # on the line itself it does not fire
    assert neuron.weighted(np.array([[1.5, 2.0]])).tolist() == [1.0]


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("step", [0, 0, 1]),
        ("sigmoid", [1 / (1 + math.e**2), 0.5, 1 / (1 + math.e**-2)]),
        ("tanh", [-0.9640275800758169, 0, 0.9640275800758169]),
        ("relu", [0, 0, 2]),
        ("identity", [-2, 0, 2]),
    ],
)
def test_what_each_function_answers(activation, expected):
    neuron = Neuron((1.0,), 0.0, activation)
    np.testing.assert_allclose(neuron.outputs(np.array([[-2.0], [0.0], [2.0]])), expected, rtol=1e-15)


def test_every_function_has_its_middle_at_zero_but_the_step_jumps_over_it():
    for name, how in ACTIVATIONS.items():
        at_zero = how.apply(np.array([0.0])).item()
        assert at_zero == (0 if name == "step" else how.middle)


@given(numbers, numbers, numbers, numbers, numbers)
def test_the_threshold_is_the_bias_with_its_sign_changed(w1, w2, theta, x1, x2):
    neuron = Neuron((w1, w2), 1.0).with_threshold(theta)
    assert neuron.threshold == theta
    weighted = w1 * x1 + w2 * x2
    assert neuron.output((x1, x2)) == (weighted - theta > 0)


def test_a_threshold_of_zero_has_no_minus():
    assert math.copysign(1, Neuron((1.0, 1.0), 0.0).threshold) == 1


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=9), numbers, numbers, numbers)
def test_a_point_is_answered_alone_as_among_others(points, w1, w2, b):
    neuron = Neuron((w1, w2), b, "tanh")
    assert [neuron.output(x) for x in points] == neuron.outputs(np.array(points)).tolist()
