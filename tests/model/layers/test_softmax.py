import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.layers import ShapeError, Softmax


def shares(bench, rows):
    made = bench(Softmax(), (len(rows[0]),), len(rows), seed=1)
    made.x.values[...] = rows
    made.forward()
    return made.y.values


def test_by_hand(bench):
    # e^(log n) = n: scores log 1, log 2, log 5 are shares 1/8, 2/8, 5/8
    found = shares(bench, [np.log([1, 2, 5]), np.log([3, 3, 3])])
    assert_allclose(found, [[1 / 8, 2 / 8, 5 / 8], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-15)


def test_large_scores_do_not_overflow(bench):
    with np.errstate(over="raise", invalid="raise"):
        found = shares(bench, [[1000.0, 0.0, -1000.0], [-1000.0, -1000.0, -1000.0], [1000.0, 1000.0, -1000.0]])
    assert found.max() == Softmax.output_limit
    assert_array_equal(found[[0, 2]], [[1, 0, 0], [0.5, 0.5, 0]])
    assert_allclose(found[1], 1 / 3, rtol=1e-15)


@pytest.mark.parametrize("shape", [(1,), (1, 8, 8)])
def test_there_must_be_something_to_compare(shape):
    with pytest.raises(ShapeError, match="at least 2"):
        Softmax().output_shape(shape)
