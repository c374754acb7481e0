import numpy as np
from numpy.testing import assert_array_equal

from model.losses import MeanSquaredError
from model.signal import Signal


def test_by_hand():
    y = Signal.of_size(2, (2,), np.dtype("float64"), learns=True)
    y.values[...] = [[1, 5], [0, 2]]
    loss = MeanSquaredError().wire(y, np.asfortranarray([[3.0, 5], [0, -1]]))
    # samples: 1/2 (4 + 0) = 2, 1/2 (0 + 9) = 4.5
    assert loss.forward() == (2 + 4.5) / 2
    loss.backward()
    assert_array_equal(y.gradient, [[-1, 0], [0, 1.5]])


def test_it_predicts_what_it_is_given():
    assert not MeanSquaredError.takes_scores
    assert_array_equal(MeanSquaredError().predict(np.array([[3.0]])), [[3]])
