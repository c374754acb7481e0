import numpy as np
from numpy.testing import assert_array_equal

from model.layers import LeakyReLU


def test_by_hand():
    assert LeakyReLU().slope == 0.1
    y, slope = LeakyReLU(slope=0.25).curve(np.array([-4.0, 0.0, 2.5]))
    assert_array_equal(y, [-1, 0, 2.5])
    assert_array_equal(slope, [0.25, 0.25, 1])


def test_without_a_leak_it_is_a_relu():
    y, slope = LeakyReLU(slope=0).curve(np.array([-4.0, 2.5]))
    assert_array_equal(y, [0, 2.5])
    assert_array_equal(slope, [0, 1])
