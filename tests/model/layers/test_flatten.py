import numpy as np
from numpy.testing import assert_array_equal

from model.layers import Flatten


def test_the_same_memory_in_the_order_of_reading(bench):
    made = bench(Flatten(), (2, 2, 3), 2, seed=1)
    made.x.values[...] = np.arange(24).reshape(2, 2, 2, 3)
    assert made.layer is None
    assert np.shares_memory(made.y.values, made.x.values)
    assert np.shares_memory(made.y.gradient, made.x.gradient)
    assert made.y.with_one is made.x.with_one
    assert_array_equal(made.y.values, np.arange(24).reshape(2, 12))
    made.y.gradient[...] = np.arange(24).reshape(2, 12)
    assert_array_equal(made.x.gradient, np.arange(24).reshape(2, 2, 2, 3))


def test_shape():
    assert Flatten().output_shape((1, 8, 8)) == (64,)
    assert Flatten().output_shape((3,)) == (3,)
