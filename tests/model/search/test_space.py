import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.search.space import Choice, Range

RATE = Range(path="optimizer.learning_rate", low=1e-4, high=1.0, scale="log")


def test_a_logarithmic_range_gives_each_power_of_ten_its_share():
    assert [RATE.at(u) for u in (0.0, 0.25, 0.5, 0.75)] == [1e-4, 1e-3, 1e-2, 1e-1]
    assert RATE.at(0.999999) == 1.0


def test_a_linear_range_is_even():
    assert Range(path="m", low=0.5, high=0.9).at(0.25) == 0.6


def test_whole_numbers_have_equal_room():
    dice = Range(path="units", low=1, high=6, whole=True)
    thrown = [dice.at((i + 0.5) / 600) for i in range(600)]
    assert [thrown.count(n) for n in range(1, 7)] == [100] * 6
    assert all(type(n) is int for n in thrown)


def test_whole_numbers_on_a_logarithmic_scale_have_room_by_their_logarithm():
    axis = Range(path="units", low=1, high=4, scale="log", whole=True)
    thrown = [axis.at((i + 0.5) / 9000) for i in range(9000)]
    whole = math.log(4.5 / 0.5)
    for n in (1, 2, 3, 4):
        assert thrown.count(n) / 9000 == pytest.approx(math.log((n + 0.5) / (n - 0.5)) / whole, abs=1e-3)


def test_a_choice_gives_every_kind_its_share():
    rules = Choice(path="w", options=("he", "xavier", "normal"))
    assert [rules.at(u) for u in (0.0, 0.34, 0.999)] == ["he", "xavier", "normal"]


@given(
    low=st.floats(1e-8, 1e3),
    factor=st.floats(1.001, 1e6),
    scale=st.sampled_from(["linear", "log"]),
    u=st.floats(0, 1, exclude_max=True),
)
def test_a_value_lies_in_its_range_and_is_short(low, factor, scale, u):
    axis = Range(path="x", low=low, high=low * factor, scale=scale)
    value = axis.at(u)
    assert axis.low <= value <= axis.high
    assert axis.tidy(value) == value, "tidying twice changes nothing"
    assert value in (axis.low, axis.high) or float(f"{value:.4g}") == value
