import mpmath
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.losses import SoftmaxCrossEntropy
from model.signal import Signal


def worked(scores, t):
    y = Signal.of_size(len(scores), (len(scores[0]),), np.dtype("float64"), learns=True)
    y.values[...] = scores
    loss = SoftmaxCrossEntropy().wire(y, np.asfortranarray(t, float))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        found = loss.forward()
        loss.backward()
    return found, y.gradient


def test_by_hand():
    # scores log 1, log 2, log 5: probabilities 1/8, 2/8, 5/8; the right one is 2/8
    found, gradient = worked([np.log([1, 2, 5])], [[0, 1, 0]])
    assert_allclose(found, np.log(4), rtol=1e-15)
    assert_allclose(gradient, [[1 / 8, 2 / 8 - 1, 5 / 8]], rtol=1e-14)


@pytest.mark.parametrize(
    ("scores", "right", "expected"), [([1000, 0, -1000], 0, 0), ([1000, 0, -1000], 2, 2000), ([-1000, -1000], 1, None)]
)
def test_large_scores_do_not_overflow(scores, right, expected):
    found, gradient = worked([scores], [np.eye(len(scores))[right]])
    assert_allclose(found, np.log(2) if expected is None else expected, rtol=1e-15)
    assert_allclose(gradient.sum(), 0, atol=1e-15)
    assert gradient[0, right] <= 0


def test_a_small_loss_keeps_its_digits():
    found, _ = worked([[30.0, 0.0]], [[1, 0]])
    with mpmath.workdps(50):
        assert_allclose(found, float(mpmath.log1p(mpmath.exp(-30))), rtol=1e-2)  # log(1 + 1e-13), in steps of 2e-16


def test_predictions_are_probabilities():
    assert SoftmaxCrossEntropy.takes_scores
    found = SoftmaxCrossEntropy().predict(np.array([np.log([1, 2, 5]), [1000, 0, -1000]]))
    assert_allclose(found[0], [1 / 8, 2 / 8, 5 / 8], rtol=1e-14)
    assert_array_equal(found[1], [1, 0, 0])
