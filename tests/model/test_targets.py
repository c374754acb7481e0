import numpy as np
import pytest
from numpy.testing import assert_array_equal

from model.layers import ELU, Identity, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh
from model.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from model.targets import Encoding, encoding

CLASSES = np.array([0, 1, 1])
mse, softmax, sigmoid = MeanSquaredError(), SoftmaxCrossEntropy(), SigmoidCrossEntropy()


@pytest.mark.parametrize(
    ("kind", "outputs", "encoded"),
    [
        ("one_hot", 3, [[1, 0, 0], [0, 1, 0], [0, 1, 0]]),
        ("zero_one", 1, [[0], [1], [1]]),
        ("minus_plus", 1, [[-1], [1], [1]]),
        ("values", 1, [[0], [1], [1]]),
    ],
)
def test_how_classes_are_written(kind, outputs, encoded):
    found = Encoding(kind, outputs).encode(CLASSES)
    assert_array_equal(found, encoded)
    assert found.dtype == np.float64


@pytest.mark.parametrize(
    ("coded", "y", "classes"),
    [
        (Encoding("one_hot", 3), [[0.1, 0.7, 0.2], [5, -1, 4]], [1, 0]),
        (Encoding("zero_one", 1, threshold=0.5), [[0.4], [0.6]], [0, 1]),
        (Encoding("zero_one", 1, threshold=0.0), [[-0.1], [0.1]], [0, 1]),  # a score
        (Encoding("minus_plus", 1), [[-0.2], [0.3]], [0, 1]),
    ],
)
def test_how_outputs_are_read(coded, y, classes):
    assert_array_equal(coded.classes(np.array(y)), classes)


@pytest.mark.parametrize("coded", [Encoding("one_hot", 3), Encoding("zero_one", 1, 0.5), Encoding("minus_plus", 1)])
def test_targets_read_back_are_the_classes(coded):
    assert_array_equal(coded.classes(coded.encode(CLASSES)), CLASSES)


def test_an_empty_part():
    assert Encoding("one_hot", 3).encode(np.empty(0, np.int64)).shape == (0, 3)
    assert Encoding("zero_one", 1).encode(np.empty(0, np.int64)).shape == (0, 1)
    assert Encoding("values", 1).encode(np.empty((0, 1))).shape == (0, 1)


@pytest.mark.parametrize(
    ("loss", "last", "outputs", "expected"),
    [
        (mse, None, 1, Encoding("minus_plus", 1, 0.0)),
        (mse, Identity(), 1, Encoding("minus_plus", 1, 0.0)),
        (mse, Tanh(), 1, Encoding("minus_plus", 1, 0.0)),
        (mse, Sigmoid(), 1, Encoding("zero_one", 1, 0.5)),
        (sigmoid, None, 1, Encoding("zero_one", 1, 0.0)),
        (sigmoid, None, 2, Encoding("one_hot", 2)),
        (softmax, Identity(), 3, Encoding("one_hot", 3)),
        (mse, Softmax(), 3, Encoding("one_hot", 3)),
        (mse, ReLU(), 2, Encoding("one_hot", 2)),
        (mse, ReLU(), 1, None),
        (mse, LeakyReLU(), 1, None),
        (mse, ELU(), 1, None),
    ],
)
def test_which_encoding_fits(loss, last, outputs, expected):
    assert encoding(loss, last, outputs, regression=False) == expected
    assert encoding(loss, last, outputs, regression=True) == Encoding("values", outputs)
