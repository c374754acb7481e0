import mpmath
import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from model.layers import Sigmoid

X = np.array([-30.0, -2.0, 0.0, 1.0, 20.0])


def test_values_of_higher_precision():
    y, slope = Sigmoid().curve(X)
    with mpmath.workdps(50):
        exact = [1 / (1 + mpmath.exp(-mpmath.mpf(x))) for x in X]
        assert_allclose(y, [float(e) for e in exact], rtol=1e-15)
        assert_allclose(slope, [float(e * (1 - e)) for e in exact], rtol=1e-7)  # 1 - y has lost digits at 20


def test_the_slope_is_a_quarter_at_most():
    y, slope = Sigmoid().curve(np.array([0.0]))
    assert_array_equal((y, slope), [[0.5], [0.25]])


def test_far_out_it_is_0_and_1():
    y, slope = Sigmoid().curve(np.array([-1000.0, 1000.0]))
    assert_array_equal(y, [0, 1])
    assert_array_equal(slope, [0, 0])
