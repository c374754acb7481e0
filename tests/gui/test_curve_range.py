import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.curve_range import EMPTY, linear_range, logarithmic_range, quantile, with_others

NONE = np.empty(0)


def test_one_huge_batch_loss_does_not_flatten_the_curve():
    noisy = np.linspace(1, 0.1, 200)
    noisy[50] = 1e6
    low, high = linear_range(noisy, np.array([1.2, 0.6, 0.1]))
    assert (low, high) == (0, 1.2)


def test_a_diverging_run_leaves_the_picture_instead_of_flattening_it():
    steady = np.array([2.0, 30.0, 1e200, np.inf])
    assert linear_range(steady, steady) == (0, 200)
    low, high = logarithmic_range(steady, steady)
    assert (low, high) == (2, 2e20)


def test_what_is_not_finite_and_what_is_not_there_does_not_count():
    assert linear_range(np.array([np.nan, np.inf, 3]), NONE) == (0, 3)
    assert linear_range(NONE, NONE) == linear_range(np.zeros(4), NONE) == EMPTY
    assert logarithmic_range(np.array([0.0, np.nan]), NONE) == (1, 1)


def test_a_logarithmic_axis_shows_the_lowest_above_zero():
    assert logarithmic_range(np.array([0.0, 0.01, 0.1, 0.0]), np.array([1.0])) == (0.01, 1)


@pytest.mark.parametrize(("share", "expected"), [(0, 1), (0.5, 3), (1, 5)])
def test_quantiles_by_hand(share, expected):
    assert quantile(np.array([5.0, 1.0, 4.0, 2.0, 3.0]), share) == expected


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=50), st.lists(st.floats(1e-6, 1e6), max_size=10))
def test_ranges_are_finite_and_rise(noisy, steady):
    for of in (linear_range, logarithmic_range):
        low, high = of(np.array(noisy), np.array(steady))
        assert np.isfinite([low, high]).all() and low <= high


def test_compared_curves_widen_the_range_but_do_not_flatten_the_shown_ones():
    own = (0.0, 2.0)
    assert with_others(own, np.array([0.5, 3.0]), log=False) == (0.0, 3.0)
    assert with_others(own, np.array([0.5, 1e9]), log=False) == (0.0, 6.0)  # three times as high at most
    assert with_others(own, NONE, log=False) == own == with_others(own, np.array([np.nan, np.inf]), log=False)


def test_on_a_logarithmic_axis_compared_curves_have_twenty_powers_of_ten():
    assert with_others((0.1, 1.0), np.array([0.0, 0.001, 50.0]), log=True) == (0.001, 50.0)
    assert with_others((0.1, 1.0), np.array([1e200]), log=True) == (0.1, 1e20)
