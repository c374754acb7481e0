import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.scores import r_squared_from_loss


def r_squared(predicted, targets):
    """From the loss of these predictions, as a network with one output has it."""
    return r_squared_from_loss(float(np.square(predicted - targets).mean() / 2), targets)


def test_by_hand():
    # targets 1, 2, 3, 6: mean 3, squares 4 + 1 + 0 + 9 = 14; residuals 1, 0, 0, -1: squares 2
    targets = np.array([1.0, 2.0, 3.0, 6.0])
    assert r_squared(np.array([2.0, 2.0, 3.0, 5.0]), targets) == pytest.approx(1 - 2 / 14)
    assert r_squared(targets, targets) == 1
    assert r_squared(np.full(4, 3.0), targets) == pytest.approx(0)
    assert r_squared(-targets, targets) < 0


def test_columns_of_one_value_as_the_data_has_them():
    targets = np.array([[0.0], [2.0]])
    # loss of the answers 0, 1: 1/2 mean(0, 1) = 1/4; variance 1
    assert r_squared_from_loss(0.25, targets) == pytest.approx(0.5)
    assert r_squared(np.array([[0.0], [1.0]]), targets) == pytest.approx(0.5)


def test_undefined_without_a_spread():
    assert math.isnan(r_squared(np.array([1.0, 2.0]), np.array([3.0, 3.0])))
    assert math.isnan(r_squared_from_loss(0.1, np.empty((0, 1))))


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=3, max_size=30))
def test_is_one_minus_the_ratio_of_sums(pairs):
    predicted, targets = np.array(pairs).T
    mean = math.fsum(targets) / len(targets)
    spread = math.fsum((t - mean) ** 2 for t in targets)
    if spread > 1e-3:
        left = math.fsum((y - t) ** 2 for y, t in pairs)
        assert r_squared(predicted, targets) == pytest.approx(1 - left / spread, rel=1e-6, abs=1e-6)
