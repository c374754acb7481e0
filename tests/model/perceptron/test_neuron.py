import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
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


@given(*[st.integers(-500, 500)] * 3, *[st.integers(-250, 250)] * 2)
@example(10, 20, 30, 100, 100)  # 0.1 + 0.2 exceeds 0.3 in binary numbers
@example(70, 10, 80, 100, 100)  # and 0.8 exceeds 0.7 + 0.1
def test_the_threshold_is_the_bias_with_its_sign_changed(w1, w2, theta, x1, x2):
    neuron = Neuron((w1 / 100, w2 / 100), 1.0).with_threshold(theta / 100)
    assert neuron.threshold == theta / 100
    exact = Fraction(w1 * x1 + w2 * x2, 10_000) - Fraction(theta, 100)
    assert neuron.output((x1 / 100, x2 / 100)) == (exact > 0)
    assert neuron.sum((x1 / 100, x2 / 100)) == pytest.approx(float(exact), rel=1e-10, abs=0)


def test_a_threshold_of_zero_has_no_minus():
    assert math.copysign(1, Neuron((1.0, 1.0), 0.0).threshold) == 1


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=9), numbers, numbers, numbers)
def test_a_point_is_answered_alone_as_among_others(points, w1, w2, b):
    neuron = Neuron((w1, w2), b, "tanh")
    assert [neuron.output(x) for x in points] == neuron.outputs(np.array(points)).tolist()
