import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from model.layers import AveragePooling, MaxPooling, ShapeError

IMAGE = [[1.0, 2, 5, 6], [4, 3, 8, 7], [-1, -2, 0, 0], [-3, -4, 0, 0]]


@pytest.fixture
def pooled(bench):
    def work(spec, image=IMAGE):
        image = np.array(image)
        made = bench(spec, (1, *image.shape), 1, seed=1)
        made.x.values[0, 0] = image
        made.weights = np.arange(1.0, made.y.values.size + 1).reshape(made.y.values.shape)  # dL/dy: 1, 2, 3, ...
        made.forward()
        made.backward()
        return made.y.values[0, 0], made.x.gradient[0, 0]

    return work


def test_the_largest_of_each_window(pooled):
    y, dx = pooled(MaxPooling())
    assert_array_equal(y, [[4, 8], [-1, 0]])
    assert_array_equal(dx, [[0, 0, 0, 0], [1, 0, 2, 0], [3, 0, 4, 0], [0, 0, 0, 0]])  # of four zeros the first


def test_the_mean_of_each_window(pooled):
    y, dx = pooled(AveragePooling())
    assert_array_equal(y, [[2.5, 6.5], [-2.5, 0]])
    assert_array_equal(dx * 4, np.kron([[1, 2], [3, 4]], np.ones((2, 2))))


def test_windows_that_overlap_add_up(pooled):
    y, dx = pooled(MaxPooling(size=2, stride=1), [[1, 9, 2], [0, 3, 4]])
    assert_array_equal(y, [[9, 9]])
    assert_array_equal(dx, [[0, 1 + 2, 0], [0, 0, 0]])


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
def test_pixels_that_no_window_sees_have_no_gradient(kind, pooled):
    y, dx = pooled(kind(size=2, stride=3), np.ones((6, 6)))
    assert y.shape == (2, 2) and not dx[2].any() and not dx[:, 5].any()
    y, dx = pooled(kind(), np.ones((5, 5)))
    assert y.shape == (2, 2) and not dx[4].any() and dx.sum() == pytest.approx(10)


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from([MaxPooling, AveragePooling]),
    size=st.integers(1, 3),
    stride=st.integers(1, 4),
    shape=st.tuples(st.integers(1, 2), st.integers(3, 6), st.integers(3, 6)),
    batch=st.integers(1, 3),
)
def test_backward_is_the_slope_of_forward(kind, size, stride, shape, batch, backward_agrees):
    backward_agrees(kind(size=size, stride=stride), shape, batch, 1)


def test_every_channel_and_sample_by_itself(bench):
    made = bench(MaxPooling(size=3, stride=2), (2, 7, 5), 4, seed=1)
    made.forward()
    x = made.x.values
    for n, c, r, q in np.ndindex(made.y.values.shape):
        assert made.y.values[n, c, r, q] == x[n, c, 2 * r : 2 * r + 3, 2 * q : 2 * q + 3].max()


def test_what_is_not_a_number_stays_so(pooled):
    for kind in (MaxPooling, AveragePooling):
        assert np.isnan(pooled(kind(), [[1, np.nan], [2, 3]])[0]).all()


def test_the_largest_window(bench):
    made = bench(MaxPooling(size=16, stride=16), (1, 16, 16), 2, seed=1)  # 256 pixels: as many as a byte counts
    made.x.values[0, 0, 15, 15] = made.x.values[1, 0, 0, 0] = 1e3
    made.weights[...] = 1
    made.forward()
    made.backward()
    assert_allclose(made.x.gradient.sum(axis=(1, 2, 3)), 1)
    assert made.x.gradient[0, 0, 15, 15] == made.x.gradient[1, 0, 0, 0] == 1


def test_shapes():
    assert MaxPooling().output_shape((3, 24, 25)) == (3, 12, 12)
    with pytest.raises(ShapeError, match="window of 2x2 does not fit into an image of 1x8"):
        MaxPooling().output_shape((3, 1, 8))
