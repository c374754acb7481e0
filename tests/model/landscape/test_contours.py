import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.landscape import Bowl
from model.landscape.contours import contour_lines, crossings, triangles


def test_a_plane_is_crossed_in_a_straight_line():
    x, y = np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0])
    pieces = crossings(*triangles(np.tile(x, (2, 1)), x, y), 0.25)  # f(x, y) = x
    np.testing.assert_allclose(pieces[..., 0], 0.25)
    assert (pieces[..., 1].min(), pieces[..., 1].max()) == (0, 1)


def test_by_hand_on_one_square():
    # Heights 0 0 below and 0 4 above: the line of height 1 cuts off the corner (1, 1).
    x = np.array([0.0, 1.0])
    pieces = crossings(*triangles(np.array([[0.0, 0.0], [0.0, 4.0]]), x, x), 1.0)
    ends = {tuple(end) for end in pieces.reshape(-1, 2).tolist()}
    assert ends == {(1.0, 0.25), (0.25, 1.0), (0.25, 0.25)}  # two edges, and the diagonal where both pieces meet


@given(st.floats(0.05, 4.0))
def test_the_contours_of_the_bowl_are_its_ellipses(level):
    x, y = np.linspace(-10, 10, 161), np.linspace(-5, 5, 81)
    pieces = contour_lines(Bowl(), x, y, [level])
    # On an edge of length d the straight line errs by at most d^2 / 8 times the curvature: 2 across, 1/10 along.
    np.testing.assert_allclose(pieces[..., 0] ** 2 / 20 + pieces[..., 1] ** 2, level, atol=0.125**2 / 8 * 2.1)
    # A closed line: every end is the end of two pieces.
    ends, counts = np.unique(np.round(pieces.reshape(-1, 2), 9), axis=0, return_counts=True)
    length = np.linalg.norm(pieces[:, 1] - pieces[:, 0], axis=1)
    assert (counts % 2 == 0).all() or (length < 1e-6).any()
    assert len(ends) <= 2 * len(pieces)


@pytest.mark.parametrize("level", [-1.0, 100.0])
def test_no_line_where_the_surface_has_no_such_height(level):
    x = np.linspace(-1, 1, 5)
    assert contour_lines(Bowl(), x, x, [level]).shape == (0, 2, 2)


def test_what_is_not_finite_is_left_out():
    x = np.array([0.0, 1.0, 2.0])
    values = np.array([[0.0, 1.0, np.nan], [0.0, 1.0, np.inf]])
    pieces = crossings(*triangles(values, x, x[:2]), 0.5)
    assert len(pieces) == 2 and np.isfinite(pieces).all()
