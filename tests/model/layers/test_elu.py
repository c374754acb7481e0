import mpmath
import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from model.layers import ELU


def test_values_of_higher_precision():
    assert ELU().alpha == 1
    x = np.array([-20.0, -1.0, -1e-12])
    y, slope = ELU(alpha=1.5).curve(x)
    with mpmath.workdps(50):
        assert_allclose(y, [float(1.5 * mpmath.expm1(mpmath.mpf(v))) for v in x], rtol=1e-14)
        assert_allclose(slope, [float(1.5 * mpmath.exp(mpmath.mpf(v))) for v in x], rtol=1e-6)  # y + a: digits lost


def test_on_the_right_it_is_the_identity():
    y, slope = ELU(alpha=3).curve(np.array([0.5, 1000.0]))
    assert_array_equal(y, [0.5, 1000])
    assert_array_equal(slope, [1, 1])


def test_on_the_left_it_tends_to_minus_alpha():
    y, slope = ELU(alpha=3).curve(np.array([-1000.0]))
    assert_array_equal((y, slope), [[-3], [0]])
