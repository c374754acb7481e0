import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.output_views.contour import zero_segments


def pixel_centres(n):
    at = np.arange(n) + 0.5
    return np.meshgrid(at, at)


def test_a_straight_boundary_lies_where_the_line_is():
    x, _ = pixel_centres(10)
    found = zero_segments(x - 4.2)
    assert found[:, [0, 2]] == pytest.approx(np.full((len(found), 2), 4.2))
    lengths = np.abs(found[:, 3] - found[:, 1])
    assert lengths.sum() == pytest.approx(9)  # from the first centre to the last, without gaps


@given(st.floats(3.5, 6.5), st.floats(3.5, 6.5), st.floats(1.2, 2.8))
def test_a_circle_is_round_and_closed(x0, y0, radius):
    x, y = pixel_centres(10)
    found = zero_segments(np.hypot(x - x0, y - y0) - radius)
    for ends in (found[:, :2], found[:, 2:]):
        assert np.abs(np.hypot(ends[:, 0] - x0, ends[:, 1] - y0) - radius).max() < 0.35
    # Closed: every end is the end of exactly two pieces (of any even number where the line meets a corner).
    ends = np.round(found.reshape(-1, 2), 9)
    assert (np.unique(ends, axis=0, return_counts=True)[1] % 2 == 0).all()


def test_no_sign_change_no_line():
    assert zero_segments(np.ones((4, 4))).shape == (0, 4)
    assert zero_segments(np.zeros((4, 4))).shape == (0, 4)


def test_what_is_not_finite_makes_no_line():
    values = np.array([[-1.0, np.nan, 1.0], [-1.0, np.inf, 1.0], [-1.0, 1.0, np.nan]])
    assert np.isfinite(zero_segments(values)).all()
    assert zero_segments(np.full((3, 3), np.nan)).shape == (0, 4)
