from hypothesis import given
from hypothesis import strategies as st

from gui.plot_range import fitted

number = st.floats(-1e6, 1e6)


def test_the_first_range_is_the_data_with_its_margin():
    assert fitted(None, 0, 10, 0) == (0, 10)
    assert fitted(None, 0, 10, 0.05) == (-0.5, 10.5)


def test_a_range_that_holds_the_data_and_is_half_full_is_left():
    assert fitted((0, 10), 0, 10, 0.05) is None
    assert fitted((0, 10), 2, 7, 0.05) is None


def test_data_that_leaves_gets_headroom_where_it_left():
    assert fitted((0, 10), 0, 12, 0) == (0, 12 + 0.45 * 12)
    assert fitted((0, 10), -2, 10, 0) == (-2 - 0.45 * 12, 10)


def test_data_that_fills_less_than_half_is_drawn_larger():
    assert fitted((0, 10), 0, 4, 0) == (0, 4)


def test_one_value_alone_has_a_scale_and_does_not_move():
    first = fitted(None, 0.5, 0.5, 0.05)
    assert first is not None and first[0] < 0.5 < first[1]
    assert fitted(first, 0.5, 0.5, 0.05) is None


def test_a_curve_that_grows_tenfold_sets_the_range_seven_times():
    shown, sets = (0.0, 100.0), 0
    for step in range(100, 1001):
        wanted = fitted(shown, 0, step, 0)
        if wanted is not None:
            shown, sets = wanted, sets + 1
    assert sets == 7


@given(st.lists(st.tuples(number, number), min_size=1, max_size=20), st.sampled_from([0.0, 0.05]))
def test_the_data_is_always_inside_and_fitting_twice_changes_nothing(extents, margin):
    shown = None
    for a, b in extents:
        low, high = min(a, b), max(a, b)
        shown = fitted(shown, low, high, margin) or shown
        assert shown is not None and shown[0] <= low and high <= shown[1]
        assert fitted(shown, low, high, margin) is None
