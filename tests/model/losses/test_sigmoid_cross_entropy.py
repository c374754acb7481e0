import mpmath
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.losses import SigmoidCrossEntropy
from model.signal import Signal


def worked(scores, t):
    y = Signal.of_size(len(scores), (1,), np.dtype("float64"), learns=True)
    y.values[:, 0] = scores
    loss = SigmoidCrossEntropy().wire(y, np.asfortranarray([[v] for v in t], float))
    with np.errstate(over="ignore", invalid="raise", divide="raise"):  # the trainer lets e^1000 be infinity
        found = loss.forward()
        loss.backward()
    return found, y.gradient[:, 0]


def test_by_hand():
    # a score of log 3 is a probability of 3/4
    found, gradient = worked([np.log(3), np.log(3)], [1, 0])
    assert_allclose(found, (np.log(4 / 3) + np.log(4)) / 2, rtol=1e-15)
    assert_allclose(gradient, [-1 / 8, 3 / 8], rtol=1e-14)


@pytest.mark.parametrize(
    ("score", "t", "loss", "slope"), [(1000, 1, 0, 0), (1000, 0, 1000, 1), (-1000, 0, 0, 0), (-1000, 1, 1000, -1)]
)
def test_large_scores_do_not_overflow(score, t, loss, slope):
    found, gradient = worked([score], [t])
    assert found == loss
    assert gradient[0] == slope


@pytest.mark.parametrize("score", [-20.0, -1.5, 0.0, 2.0, 30.0])
def test_values_of_higher_precision(score):
    with mpmath.workdps(50):
        p = 1 / (1 + mpmath.exp(-mpmath.mpf(score)))
        assert_allclose(worked([score], [0])[0], float(-mpmath.log(1 - p)), rtol=1e-14)


def test_predictions_are_probabilities():
    assert SigmoidCrossEntropy.takes_scores
    found = SigmoidCrossEntropy().predict(np.array([[np.log(3)], [1000], [-1000]]))
    assert_allclose(found[0], [0.75], rtol=1e-15)
    assert_array_equal(found[1:], [[1], [0]])
