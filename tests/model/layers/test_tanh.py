import mpmath
import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from model.layers import Tanh


def test_values_of_higher_precision():
    x = np.array([-3.0, -0.5, 1e-9, 0.75, 4.0])
    y, slope = Tanh().curve(x)
    with mpmath.workdps(50):
        assert_allclose(y, [float(mpmath.tanh(mpmath.mpf(v))) for v in x], rtol=1e-15)
        assert_allclose(slope, [float(mpmath.sech(mpmath.mpf(v)) ** 2) for v in x], rtol=1e-12)


def test_at_0_a_gradient_passes_whole_and_far_out_not_at_all():
    y, slope = Tanh().curve(np.array([0.0, -1000.0, 1000.0]))
    assert_array_equal(y, [0, -1, 1])
    assert_array_equal(slope, [1, 0, 0])
