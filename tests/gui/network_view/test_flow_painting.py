import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.network_view.flow import Numbers
from gui.network_view.flow_painting import caption, scale_of, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.98, ".98"),
        (-0.4, "-.40"),
        (0.0, "0"),
        (-0.001, "0"),
        (1.0, "1.0"),
        (-9.94, "-9.9"),
        (9.96, "10"),
        (-42.4, "-42"),
    ],
)
def test_a_number_fits_into_a_neuron(value, text):
    assert text_of(value, 0) == text


@pytest.mark.parametrize(("value", "text"), [(math.inf, "∞"), (-math.inf, "-∞"), (math.nan, "nan")])
def test_what_is_no_number_says_so(value, text):
    assert text_of(value, 0) == text


def test_small_numbers_share_a_power_of_ten_that_stands_above_them():
    numbers = Numbers("dL/dz", np.array([0.0021, -0.00034]))
    assert scale_of(numbers.values) == -3
    assert caption(numbers) == "∂L/∂z · 10⁻³"
    assert [text_of(value, -3) for value in numbers.values] == ["2.1", "-.34"]


def test_numbers_of_an_everyday_size_need_none():
    assert caption(Numbers("y", np.array([0.5, -1.0]))) == "y"
    assert caption(Numbers("z", np.zeros(3))) == "z"


def test_large_numbers_have_one_too():
    assert caption(Numbers("z", np.array([123456.0]))) == "z · 10⁵"


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=5))
def test_no_number_is_longer_than_four_characters_and_none_is_off_by_more_than_its_last_digit(values):
    array = np.array(values)
    power = scale_of(array)
    largest = np.abs(array).max()
    for value in values:
        text = text_of(value, power)
        assert len(text) <= 4
        assert abs(float(text) - value / 10.0**power) <= max(0.0051, 0.051 * largest / 10.0**power)
