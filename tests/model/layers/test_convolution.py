import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import model.layers.unfolding
from model.initializers import He, Xavier
from model.layers import Convolution, ShapeError


def by_hand(x, weights, bias, stride, padding):
    """The sum in the formula, number by number."""
    batch, _, height, width = x.shape
    filters, _, size, _ = weights.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, columns = ((n + 2 * padding - size) // stride + 1 for n in (height, width))
    y = np.zeros((batch, filters, rows, columns))
    for n, f, r, q in np.ndindex(y.shape):
        window = x[n, :, r * stride : r * stride + size, q * stride : q * stride + size]
        y[n, f, r, q] = bias[f] + (weights[f] * window).sum()
    return y


convolutions = st.builds(
    lambda filters, size, stride, padding: Convolution(
        filters=filters, size=size, stride=stride, padding=padding % size
    ),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(0, 2),
)
images = st.tuples(st.integers(1, 3), st.integers(3, 6), st.integers(3, 6))


@settings(max_examples=40, deadline=None)
@given(spec=convolutions, shape=images, batch=st.integers(1, 3), most=st.sampled_from([1, 2**26]))
def test_it_is_the_sum_in_the_formula(spec, shape, batch, most, bench):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model.layers.unfolding, "MOST_BYTES", most)  # one sample at a time, or all at once
        made = bench(spec, shape, batch, seed=1)
    made.forward()
    split = made.parameters.size - spec.filters
    weights = made.parameters[:split].reshape(spec.filters, shape[0], spec.size, spec.size)
    expected = by_hand(made.x.values, weights, made.parameters[split:], spec.stride, spec.padding)
    assert_allclose(made.y.values, expected, rtol=1e-12, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(spec=convolutions, shape=images, batch=st.integers(1, 3), most=st.sampled_from([1, 2**26]))
def test_backward_is_the_slope_of_forward(spec, shape, batch, most, backward_agrees):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model.layers.unfolding, "MOST_BYTES", most)
        backward_agrees(spec, shape, batch, 1)


def test_a_filter_finds_its_pattern(bench):
    made = bench(Convolution(filters=1, size=2), (1, 3, 3), 1, seed=1)
    made.x.values[0, 0] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    made.parameters[:] = [1, 0, 0, 1, 0.5]  # a diagonal
    made.forward()
    assert_array_equal(made.y.values[0, 0], [[2.5, 0.5], [0.5, 2.5]])


def test_the_memory_of_the_unfolding_is_bounded(bench):
    spec, shape = Convolution(filters=2, size=3, padding=1), (3, 8, 8)
    bound = 200_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model.layers.unfolding, "MOST_BYTES", bound)
        made = bench(spec, shape, 64, seed=1)
    pieces = made.layer.pieces
    assert 1 < len(pieces) < 64 and sum(piece.x.shape[-1] for piece in pieces) == 64
    names = "framed", "unfolded", "product", "d_framed", "d_unfolded", "d_row"
    assert sum(getattr(pieces[0], name).nbytes for name in names) <= bound
    assert all(np.shares_memory(pieces[0].unfolded, piece.unfolded) for piece in pieces)


def test_doing_it_again_gives_the_same(bench):
    made = bench(Convolution(filters=2, size=3, padding=1), (2, 5, 5), 3, seed=1)
    made.forward()
    made.backward()
    first = made.y.values.copy(), made.gradient.copy(), made.x.gradient.copy()
    made.backward()
    made.forward()
    made.backward()
    for one, other in zip(first, (made.y.values, made.gradient, made.x.gradient), strict=True):
        assert_array_equal(one, other)


def test_initial_weights_by_fan_in_and_fan_out():
    random = np.random.default_rng(1)
    he = dict(Convolution(filters=400, size=5, weights=He()).initial((3, 9, 9), random))["weights"]
    assert he.shape == (400, 3, 5, 5)
    assert_allclose(he.std(), np.sqrt(2 / (3 * 25)), rtol=0.02)
    xavier = dict(Convolution(filters=400, size=5, weights=Xavier()).initial((3, 9, 9), random))["weights"]
    assert_allclose(xavier.std(), np.sqrt(2 / (3 * 25 + 400 * 25)), rtol=0.02)


def test_one_more_filter_leaves_the_others_alone():
    few, more = (
        dict(Convolution(filters=n, size=2).initial((2, 4, 4), np.random.default_rng(1)))["weights"] for n in (2, 3)
    )
    assert_array_equal(few, more[:2])


def test_shapes():
    assert Convolution(filters=16, size=5).output_shape((1, 28, 28)) == (16, 24, 24)
    assert Convolution(filters=4, size=3, padding=1).output_shape((2, 7, 5)) == (4, 7, 5)
    assert Convolution(filters=4, size=3, stride=2).output_shape((2, 8, 7)) == (4, 3, 3)
    assert Convolution(filters=4, size=3).parameter_shapes((2, 8, 7)) == {"weights": (4, 2, 3, 3), "bias": (4,)}


@pytest.mark.parametrize(
    ("spec", "shape", "sentence"),
    [
        (Convolution(filters=1), (64,), "takes images, not a row of 64 numbers; put it before"),
        (
            Convolution(filters=1, size=9),
            (1, 8, 12),
            "window of 9x9 does not fit into an image of 8x12 with a padding of 0",
        ),
        (Convolution(filters=1, size=2, padding=2), (1, 8, 8), "padding of 2 puts a window of 2x2 beside"),
    ],
)
def test_what_does_not_fit_is_said(spec, shape, sentence):
    with pytest.raises(ShapeError, match=sentence):
        spec.output_shape(shape)
