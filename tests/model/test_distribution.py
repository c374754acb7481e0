import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.distribution import reach, shares


def test_by_hand():
    numbers = np.array([[-1.5, -0.5], [0.5, 0.6], [1.2, 0.1]])
    assert shares(numbers, 2, 4) == pytest.approx(np.array([1, 1, 3, 1]) / 6)


def test_what_lies_beyond_is_in_the_outermost_bins():
    assert shares(np.array([-1e9, 5.0, 0.5, 7.0]), 1, 2) == pytest.approx([0.25, 0.75])


def test_what_is_not_finite_is_left_out():
    assert shares(np.array([np.nan, np.inf, 0.5, -0.5]), 1, 2) == pytest.approx([0.5, 0.5])
    assert shares(np.array([np.nan]), 1, 2).sum() == 0
    assert reach(np.array([np.nan, np.inf])) == 0


def test_reach_forgets_far_outliers():
    assert reach(np.append(np.full(999, -3.0), 1e6)) == 3
    assert reach(np.array([-2.0, 1.0])) == pytest.approx(2, rel=0.01)


@given(arrays(float, st.integers(1, 50), elements=st.floats(-1e12, 1e12)), st.floats(1e-3, 1e3), st.integers(1, 60))
def test_shares_add_up_to_one(numbers, limit, bins):
    found = shares(numbers, limit, bins)
    assert found.shape == (bins,) and found.min() >= 0
    assert found.sum() == pytest.approx(1)
