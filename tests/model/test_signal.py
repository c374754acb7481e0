import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.signal import Signal

shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)


@settings(max_examples=30)
@given(batch=st.integers(1, 5), shape=shapes, learns=st.booleans())
def test_values_are_the_memory_of_with_one_without_its_last_column(batch, shape, learns):
    signal = Signal.of_size(batch, shape, np.dtype("float64"), learns=learns)
    n = int(np.prod(shape))
    assert signal.values.shape == (batch, *shape)
    assert signal.with_one.shape == (batch, n + 1)
    signal.values[...] = np.arange(batch * n).reshape(batch, *shape)
    assert_array_equal(signal.with_one[:, :n], np.arange(batch * n).reshape(batch, n))
    assert_array_equal(signal.with_one[:, n], 1)
    assert signal.learns == learns
    assert signal.gradient.shape == ((batch, *shape) if learns else (0,))


@settings(max_examples=30)
@given(batch=st.integers(1, 5), n=st.integers(1, 8))
def test_values_are_one_piece_of_memory(batch, n):
    signal = Signal.of_size(batch, (n,), np.dtype("float64"), learns=True)
    assert signal.values.flags.f_contiguous
    assert signal.gradient.flags.f_contiguous
    assert signal.with_one.T.flags.c_contiguous


@settings(max_examples=30)
@given(batch=st.integers(1, 5), shape=shapes, learns=st.booleans())
def test_reshaped_is_the_same_memory(batch, shape, learns):
    signal = Signal.of_size(batch, shape, np.dtype("float64"), learns=learns)
    n = int(np.prod(shape))
    flat = signal.reshaped((n,))
    assert flat.values.shape == (batch, n)
    assert flat.with_one is signal.with_one
    assert flat.learns == learns
    flat.values[...] = np.arange(batch * n).reshape(batch, n)
    assert_array_equal(signal.values, np.arange(batch * n).reshape(batch, *shape))
    if learns:
        flat.gradient[...] = 7
        assert_array_equal(signal.gradient, 7)
    again = flat.reshaped(shape)
    assert np.shares_memory(again.values, signal.values)
    assert again.values.shape == signal.values.shape


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_precision(dtype):
    signal = Signal.of_size(2, (3,), np.dtype(dtype), learns=True)
    assert signal.values.dtype == signal.with_one.dtype == signal.gradient.dtype == np.dtype(dtype)
