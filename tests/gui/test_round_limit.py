import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.round_limit import round_up, steady


@pytest.mark.parametrize(
    ("value", "limit"), [(0.3, 0.5), (1, 1), (1.01, 2), (2, 2), (4.9, 5), (7, 10), (0.001, 0.001), (123, 200)]
)
def test_the_next_round_number(value, limit):
    assert round_up(value) == pytest.approx(limit)


@pytest.mark.parametrize("value", [0, -1, math.inf, math.nan])
def test_without_a_scale_it_is_one(value):
    assert round_up(value) == 1


@given(st.floats(1e-200, 1e200))
def test_never_below_and_never_far_above(value):
    assert value * (1 - 1e-8) <= round_up(value) <= 2.5 * value * (1 + 1e-8)


def test_a_scale_moves_only_when_it_must():
    assert steady(None, 0.9) == 1
    assert steady(1, 0.3) == 1
    assert steady(1, 1.1) == 2
    assert steady(2, 0.4) == 0.5
