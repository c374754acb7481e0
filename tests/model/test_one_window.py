"""By hand, and against the layers that compute all places at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.layers import AveragePooling, Convolution, MaxPooling
from model.network import Network
from model.one_window import convolution_sum, patch_at, pooled_window


def test_a_sum_by_hand():
    x = np.arange(18.0).reshape(2, 3, 3)  # second channel: 9 ... 17
    weights = np.array([[[[1, 0], [0, -1]], [[0, 2], [0, 0]]]], float)
    made = convolution_sum(Convolution(1, 2), x, weights, np.array([0.5]), (0, 1, 1))
    assert made.patch.tolist() == [[[4, 5], [7, 8]], [[13, 14], [16, 17]]]
    assert made.products.tolist() == [[[4, 0], [0, -8]], [[0, 28], [0, 0]]]
    assert made.channel_sums.tolist() == [-4, 28]
    assert made.output == 24.5


def test_a_window_over_the_border_holds_zeros():
    patch = patch_at(np.arange(1.0, 10).reshape(1, 3, 3), 0, 2, 3, 1, padding=1)
    assert patch[0].tolist() == [[0, 0, 0], [2, 3, 0], [5, 6, 0]]


def test_the_first_of_two_equal_numbers_wins():
    made = pooled_window(MaxPooling(2, 2), np.array([[[1.0, 3, 0, 0], [3, 2, 0, 0]]]), (0, 0, 0))
    assert (made.winner, made.output) == ((0, 1), 3.0)


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 2), st.integers(0, 2**31))
def test_every_place_is_what_the_layer_computes(size, stride, padding, seed):
    random = np.random.default_rng(seed)
    spec = Convolution(2, size, stride, min(padding, size - 1))
    made = Network([spec], (3, 5, 6))
    made.parameters[:] = random.normal(size=made.parameters.size)
    x = random.normal(size=(3, 5, 6))
    y = made.outputs(x[None])[0]
    weights, bias = (made.layout.view(made.parameters, 0, name) for name in ("weights", "bias"))
    for place in np.ndindex(*y.shape):
        assert convolution_sum(spec, x, weights, bias, place).output == pytest.approx(y[place], abs=1e-12)


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
@given(size=st.integers(1, 3), stride=st.integers(1, 3), seed=st.integers(0, 2**31))
def test_every_pooled_window_is_what_the_layer_computes(kind, size, stride, seed):
    x = np.random.default_rng(seed).normal(size=(2, 6, 5))
    spec = kind(size, stride)
    y = Network([spec], x.shape).outputs(x[None])[0]
    for place in np.ndindex(*y.shape):
        assert pooled_window(spec, x, place).output == pytest.approx(y[place], abs=1e-12)
