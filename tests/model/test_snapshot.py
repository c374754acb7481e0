import numpy as np
import pytest
from numpy.testing import assert_array_equal

from model.snapshot import frozen_copy, no_samples


def test_a_frozen_copy_is_apart_and_cannot_be_written_to():
    vector = np.array([1.0, 2.0])
    copy = frozen_copy(vector)
    vector[:] = 9
    assert_array_equal(copy, [1, 2])
    with pytest.raises(ValueError, match="read-only"):
        copy[0] = 3


def test_no_samples_are_indices():
    assert_array_equal(np.arange(3)[no_samples()], [])
