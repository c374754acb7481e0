import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.search_views.found import MEASURE
from gui.search_views.scale import Scale, scale_of


def test_powers_of_ten_stand_at_equal_distances():
    scale = Scale(1e-4, 1.0, log=True)
    assert [text for _, text in scale.ticks(8)] == ["0.0001", "0.001", "0.01", "0.1", "1"]
    assert [share for share, _ in scale.ticks(8)] == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert [text for _, text in scale.ticks(2)] == ["0.0001", "0.01", "1"]


def test_a_short_logarithmic_axis_has_numbers_between_the_powers():
    assert [text for _, text in Scale(0.1, 1.0, log=True).ticks(8)] == ["0.1", "0.2", "0.5", "1"]


def test_round_steps_on_a_linear_axis():
    assert [text for _, text in Scale(0.0, 1.0).ticks(5)] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]


def test_kinds_stand_in_the_middle_of_their_share():
    assert Scale(options=("he", "xavier")).ticks(9) == [(0.25, "He"), (0.75, "Xavier")]


@given(low=st.floats(-1e3, 1e3), width=st.floats(1e-3, 1e4), most=st.integers(2, 12))
def test_linear_ticks_lie_on_the_axis(low, width, most):
    shares = [share for share, _ in Scale(low, low + width).ticks(most)]
    assert all(-1e-6 <= share <= 1 + 1e-6 for share in shares) and len(shares) <= most + 1


def test_axes_of_a_search(found):
    rate, rule, units = (scale_of(found, path) for path in found.paths)
    assert rate.log and (rate.share(1e-3), rate.share(10)) == (0, 1)
    assert rule.share("xavier") == 0.75 and 0 < units.share(2) < units.share(8) < 1
    measure = scale_of(found, MEASURE)
    assert measure.low < 50 and measure.high > 100
