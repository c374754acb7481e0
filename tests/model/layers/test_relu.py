import numpy as np
from numpy.testing import assert_array_equal

from model.layers import ReLU


def test_by_hand():
    y, slope = ReLU().curve(np.array([-3.0, -0.0, 0.0, 1e-300, 2.5]))
    assert_array_equal(y, [0, 0, 0, 1e-300, 2.5])
    assert_array_equal(slope, [0, 0, 0, 1, 1])  # 0 at the kink, by convention


def test_what_is_not_a_number_stays_so():
    assert np.isnan(ReLU().curve(np.array([np.nan]))[0]).all()  # or a diverged network would look healthy
