import numpy as np
import pytest
from numpy.testing import assert_array_equal

from model.initializers import He, Zero
from model.layers import Affine, ShapeError

ROWS = np.array([[1.0, 2.0], [3.0, 4.0]])  # x
MATRIX = np.array([1.0, 2, 3, 4, 5, 6, 10, 20, 30])  # W = [[1, 2, 3], [4, 5, 6]], b = [10, 20, 30]


@pytest.fixture
def worked(bench):
    made = bench(Affine(units=3), (2,), 2, seed=1)
    made.x.values[...] = ROWS
    made.parameters[:] = MATRIX
    made.weights = np.array([[1.0, 0, 0], [0, 1, 2]])  # dL/dy
    made.forward()
    made.backward()
    return made


def test_weighted_sums_plus_bias(worked):
    # 1*1 + 2*4 + 10 = 19, 1*2 + 2*5 + 20 = 32, ...
    assert_array_equal(worked.y.values, [[19, 32, 45], [29, 46, 63]])


def test_gradients_by_hand(worked):
    # dL/dW = x^T dy; dL/db = column sums of dy; dL/dx = dy W^T
    assert_array_equal(worked.gradient, [1, 3, 6, 2, 4, 8, 1, 1, 2])
    assert_array_equal(worked.x.gradient, [[1, 4], [2 + 6, 5 + 12]])


def test_the_gradient_is_written_anew(worked):
    worked.forward()
    worked.backward()
    assert_array_equal(worked.gradient, [1, 3, 6, 2, 4, 8, 1, 1, 2])


def test_the_layer_follows_its_parameters(worked):
    worked.parameters[:] = 0
    worked.parameters[-3:] = 7, 8, 9  # the bias is the last row
    worked.forward()
    assert_array_equal(worked.y.values, [[7, 8, 9], [7, 8, 9]])


def test_shapes():
    spec = Affine(units=3)
    assert spec.output_shape((2,)) == (3,)
    assert list(spec.parameter_shapes((2,)).items()) == [("weights", (2, 3)), ("bias", (3,))]


def test_an_image_must_be_flattened_first():
    with pytest.raises(ShapeError, match=r'not an image of 1x8x8; put a "flatten" layer before it'):
        Affine(units=3).output_shape((1, 8, 8))


def test_weights_by_their_rule_and_biases_zero():
    drawn = dict(Affine(units=3, weights=He()).initial((2,), np.random.default_rng(1)))
    assert_array_equal(drawn["weights"], He().draw(2, 3, np.random.default_rng(1)))
    assert_array_equal(drawn["bias"], np.zeros(3))
    assert_array_equal(dict(Affine(units=3, weights=Zero()).initial((2,), np.random.default_rng(1)))["weights"], 0)
