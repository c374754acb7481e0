import numpy as np
from numpy.testing import assert_array_equal

from model.layers import Identity


def test_the_output_is_the_input(bench):
    made = bench(Identity(), (3,), 2, seed=1)
    assert made.layer is None
    assert made.y is made.x


def test_curve():
    y, slope = Identity().curve(np.array([-2.0, 0.5]))
    assert_array_equal(y, [-2, 0.5])
    assert_array_equal(slope, [1, 1])
