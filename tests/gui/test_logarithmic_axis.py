import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.logarithmic_axis import lines, round_numbers, text


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1"),
        (0.05, "0.05"),
        (20, "20"),
        (10_000, "10,000"),
        (1e-6, "10⁻⁶"),
        (2e7, "2·10⁷"),
        (0.34, "0.34"),
        (1e25, "10²⁵"),
    ],
)
def test_numbers_are_short(number, shown):
    assert text(math.log10(number)) == shown


def test_over_a_few_powers_of_ten_there_are_twos_and_fives():
    (_, powers), (_, between) = lines(-1.1, 1.1, 200)
    assert powers == [-1, 0, 1]
    assert [round(10**place, 9) for place in between] == [0.2, 0.5, 2, 5]


def test_over_many_powers_of_ten_only_those_that_have_room():
    assert lines(-10.2, -0.5, 240) == [(1.0, [-10.0, -9.0, -8.0, -7.0, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0])]
    assert lines(-10.2, -0.5, 120) == [(2.0, [-10.0, -8.0, -6.0, -4.0, -2.0])]


def test_within_one_power_of_ten_round_numbers():
    ((_, places),) = lines(math.log10(0.3), math.log10(0.45), 200)
    assert [text(place) for place in places] == ["0.3", "0.32", "0.34", "0.36", "0.38", "0.4", "0.42", "0.44"]


@pytest.mark.parametrize("span", [(1, 1), (2, 1), (0, math.inf), (0, math.nan)])
def test_no_lines_on_an_axis_without_a_length(span):
    assert lines(*span, 200) == []


@given(st.floats(-300, 290), st.floats(0.01, 300), st.floats(1, 2000))
def test_lines_lie_inside_and_are_few(low, length, size):
    high = min(low + length, 300)
    places = [place for _, level in lines(low, high, size) for place in level]
    assert all(low - 1e-6 <= place <= high + 1e-6 for place in places)
    assert 2 <= len(places) <= max(10, size / 24 + 1)


@given(st.floats(1e-6, 1e6), st.floats(1.02, 10))
def test_round_numbers_are_neither_none_nor_many(low, factor):
    assert 1 <= len(round_numbers(low, low * factor)) <= 10
