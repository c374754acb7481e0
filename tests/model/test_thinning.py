import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.thinning import Follower, Thinned

MOST = 8


def numbered(values):
    values = np.asarray(values, dtype=float).reshape(len(values), -1)
    return np.arange(1.0, len(values) + 1), values


def thinned(values, most=MOST):
    x, y = numbered(values)
    made = Thinned(y.shape[1], most)
    made.extend(x, y)
    return made


def pairs(points, curve=0):
    x, y = points
    return list(zip(x[curve].tolist(), y[curve].tolist(), strict=True))


class Growing:
    """A source that a test can lengthen, shorten and ask how much of it was read."""

    def __init__(self, values=()):
        self.values = list(values)
        self.curves = 1
        self.read_points = 0

    def read(self, start, stop=None):
        y = np.array(self.values[start:stop], dtype=float).reshape(-1, 1)
        self.read_points += len(y)
        return np.arange(start + 1, start + 1 + len(y), dtype=float), y

    def index(self, x):
        return max(0, int(np.ceil(x)) - 1)


def test_a_short_curve_is_drawn_point_by_point():
    assert pairs(thinned([3, 1, 2]).points()) == [(1, 3), (2, 1), (3, 2)]


def test_a_long_curve_keeps_the_extremes_of_each_block_where_they_are_and_its_end():
    made = thinned([5, 1, 2, 9, 4, 4, 0, 3, 7, 6], most=4)  # ten points in blocks of four
    assert made.block == 4
    assert pairs(made.points()) == [(2, 1), (4, 9), (5, 4), (7, 0), (9, 7), (10, 6), (10, 6)]


def test_a_single_spike_in_a_million_is_seen():
    values = np.zeros(1_000_000)
    values[123_456] = 1
    x, y = thinned(values, most=512).points()
    assert x.shape == (1, 2 * 489 + 1)
    assert x[0, y[0].argmax()] == 123_457 and y.max() == 1


def test_what_is_not_finite_is_left_out_and_a_block_of_nothing_else_is_a_gap():
    x, y = thinned([1, np.inf, 2, np.nan, -np.inf, np.nan], most=4).points()
    nan = np.nan
    np.testing.assert_array_equal(x, [[1, 1, 3, 3, 5, 5, 6]])
    np.testing.assert_array_equal(y, [[1, 1, 2, 2, nan, nan, nan]])


def test_curves_are_thinned_each_on_its_own():
    made = thinned([[0, 5], [9, 6], [1, 4], [2, 7]], most=2)
    assert pairs(made.points(), 0) == [(1, 0), (2, 9), (3, 1), (4, 2), (4, 2)]
    assert pairs(made.points(), 1) == [(1, 5), (2, 6), (3, 4), (4, 7), (4, 7)]


@pytest.mark.parametrize("most", [0, 1, 7])
def test_an_odd_number_of_blocks_is_refused(most):
    with pytest.raises(ValueError, match="not an even number"):
        Thinned(1, most)


values = st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf])


@given(st.lists(values, min_size=1, max_size=120), st.lists(st.integers(1, 40), max_size=8))
def test_taken_in_by_pieces_it_is_the_same_as_at_once(numbers, sizes):
    x, y = numbered(numbers)
    by_pieces, place = Thinned(1, MOST), 0
    for size in [*sizes, len(x)]:
        by_pieces.extend(x[place : place + size], y[place : place + size])
        place += size
    at_once = thinned(numbers)
    assert by_pieces.block == at_once.block
    np.testing.assert_array_equal(by_pieces.points(), at_once.points())


@given(st.lists(values, min_size=1, max_size=200))
def test_every_drawn_point_is_one_of_the_data_and_the_extremes_are_among_them(numbers):
    made = thinned(numbers)
    (x,), (y,) = made.points()
    assert len(x) <= 2 * MOST + 1 and np.all(np.diff(x) >= 0) and x[-1] == len(numbers)
    drawn = np.isfinite(y)
    np.testing.assert_array_equal(y[drawn], np.array(numbers)[x[drawn].astype(int) - 1])
    finite = [number for number in numbers if np.isfinite(number)]
    if finite:
        assert (y[drawn].min(), y[drawn].max()) == (min(finite), max(finite))


def test_a_follower_reads_each_new_point_once():
    source = Growing(range(100))
    follower = Follower(source, MOST)
    follower.points()
    assert source.read_points == 100
    source.values += [1000, 7]
    assert pairs(follower.points())[-1] == (102, 7)
    assert source.read_points == 103  # and the last one again, to see that it is still the same
    np.testing.assert_array_equal(follower.points(), thinned(source.values).points())


def test_a_follower_of_an_empty_source_waits():
    source = Growing()
    follower = Follower(source, MOST)
    assert pairs(follower.points()) == []
    source.values.append(5)
    assert pairs(follower.points()) == [(1, 5)]


@pytest.mark.parametrize("after", [[0, 1], [0, 1, 2, 8], [0, 1, 2, 8, 9, 10], []])
def test_a_run_that_went_back_is_followed_on_its_new_way(after):
    source = Growing([0, 1, 2, 3])
    follower = Follower(source, MOST)
    follower.points()
    source.values = after
    assert pairs(follower.points()) == [(i + 1, value) for i, value in enumerate(after)]


def test_a_part_is_shown_in_more_detail():
    source = Growing(np.arange(1000) % 7)
    follower = Follower(source, MOST)
    follower.look_at((500.5, 504))
    # One point beyond either edge, so that the line does not end inside the picture.
    assert pairs(follower.points()) == [(x, (x - 1) % 7) for x in range(500, 505)]
    follower.look_at(None)
    np.testing.assert_array_equal(follower.points(), thinned(source.values).points())


def test_a_part_long_past_costs_one_point_a_look_however_long_the_run_has_become():
    source = Growing(range(1000))
    follower = Follower(source, MOST)
    follower.look_at((3, 6))
    before = follower.points()
    assert source.read_points == 5
    source.values += range(1000)
    np.testing.assert_array_equal(follower.points(), before)
    assert source.read_points == 6


def test_a_part_that_reaches_beyond_the_end_grows_to_its_edge():
    source = Growing([0, 1, 2, 3])
    follower = Follower(source, MOST)
    follower.look_at((3, 6))
    assert pairs(follower.points()) == [(2, 1), (3, 2), (4, 3)]
    source.values += [4, 5, 6, 7, 8]
    assert pairs(follower.points()) == [(2, 1), (3, 2), (4, 3), (5, 4), (6, 5)]
    source.values[1] = 9  # read long ago: nothing to see it by
    assert pairs(follower.points())[-1] == (6, 5)
