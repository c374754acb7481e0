import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.perceptron.decimal_sum import decimal_sum


def test_by_hand():
    assert 0.1 + 0.2 - 0.3 > 0  # the reason for all this
    assert decimal_sum([0.1, 0.2, -0.3]).item() == 0
    assert decimal_sum([0.1, 0.2, -0.3001]).item() == pytest.approx(-0.0001)
    assert decimal_sum([]).item() == 0
    many = decimal_sum([np.array([0.1, 1.0]), np.array([0.2, 2.0]), -0.3])
    assert many.tolist() == [0, pytest.approx(2.7)]


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=9), st.sampled_from([1e-9, 1e-3, 1.0, 1e6]))
def test_it_is_zero_where_the_decimals_cancel_and_nowhere_else_whatever_their_size(counts, unit):
    found = decimal_sum([count / 100 * unit for count in counts]).item()
    assert (found > 0, found < 0) == (sum(counts) > 0, sum(counts) < 0)
