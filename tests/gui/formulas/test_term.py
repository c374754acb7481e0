import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.formulas.term import bracketed, number, number_text, plain_text, shown_places, sign, sum_of, symbol


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.31274, "0.3127"),
        (-0.5, "−0.5"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.25e-5, "1.25·10⁻⁵"),
        (-1e-7, "−10⁻⁷"),
        (2e12, "2·10¹²"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_as_they_are_printed(value, text):
    assert number_text(value) == text


@given(st.integers(1, 500), st.lists(st.integers(0, 499), max_size=3))
def test_a_long_sum_has_its_first_and_last_term_and_says_what_is_left_out(count, keep):
    keep = [place for place in keep if place < count]
    places = shown_places(count, keep)
    shown = [place for place in places if place is not None]
    assert shown == sorted(set(shown))
    assert shown[0] == 0 and shown[-1] == count - 1
    assert len(shown) == count or None in places
    for before, after in itertools.pairwise(places):
        if before is not None and after is not None:
            assert after == before + 1  # a gap is never silent
    if count > 6:
        assert set(keep[:2]) <= set(shown)


def test_a_sum_by_hand():
    values = [-1.0, 2.0, -3.0]
    assert plain_text(sum_of(3, lambda k: [bracketed(number(values[k]))])) == "−1 + 2 + (−3)"
    long = sum_of(9, lambda k: [number(k)])
    assert plain_text(long) == "0 + 1 + 2 + 3 + … + 8"


def test_a_row_in_plain_characters():
    assert plain_text((symbol("z_{2} =", name="z[2]"), sign(" 1.5·"), number(-2.0))) == "z[2] = 1.5·−2"
