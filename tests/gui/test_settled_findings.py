import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.settled_findings import COMES, GOES, SettledFindings
from model.diagnosis import KINDS, Finding
from model.message import Message


def finding(kind, number=1.0):
    return Finding(kind, number, Message("it is {number}", {"number": number}), Message("change it"), "loss")


HIGH, PLATEAU = finding("learning rate too high"), finding("plateau")


def test_a_finding_comes_when_it_was_made_twice_in_a_row():
    settled = SettledFindings()
    for found in ((HIGH,), (), (HIGH,)):
        assert settled.take(found, at_rest=False) == ()
    assert settled.take((HIGH,), at_rest=False) == (HIGH,)


def test_it_goes_when_it_was_missed_for_good():
    settled = SettledFindings()
    settled.take((HIGH,), at_rest=True)
    for _ in range(GOES - 1):
        assert settled.take((), at_rest=False) == (HIGH,)
    assert settled.take((HIGH,), at_rest=False) == (HIGH,)  # and from there it is missed anew
    for _ in range(GOES - 1):
        assert settled.take((), at_rest=False) == (HIGH,)
    assert settled.take((), at_rest=False) == ()


def test_one_that_hovers_about_its_threshold_does_not_flicker():
    settled = SettledFindings()
    settled.take((PLATEAU,), at_rest=True)
    assert all(settled.take((PLATEAU,) * (i % 3 == 0), at_rest=False) for i in range(50))


def test_the_numbers_are_the_newest():
    settled = SettledFindings()
    settled.take((HIGH,), at_rest=True)
    newer = finding(HIGH.kind, 7.0)
    assert settled.take((newer,), at_rest=False) == (newer,)


def test_at_rest_it_is_shown_as_it_is_found():
    settled = SettledFindings()
    assert settled.take((HIGH, PLATEAU), at_rest=True) == (HIGH, PLATEAU)
    assert settled.take((PLATEAU,), at_rest=True) == (PLATEAU,)
    assert settled.take((), at_rest=True) == ()
    settled.take((HIGH,), at_rest=True)
    settled.clear()
    assert settled.shown == ()


@pytest.mark.parametrize("at_rest", [False, True])
@settings(max_examples=40, deadline=None)
@given(found=st.lists(st.sets(st.sampled_from(KINDS), max_size=4), max_size=12))
def test_the_most_serious_stands_first_and_nothing_is_invented(at_rest, found):
    settled, ever = SettledFindings(), set()
    for kinds in found:
        ever |= kinds
        newest = tuple(sorted(map(finding, kinds), key=lambda each: each.rank))
        shown = settled.take(newest, at_rest=at_rest)
        assert [each.rank for each in shown] == sorted({each.rank for each in shown})
        assert {each.kind for each in shown} <= ever
    if len(found) >= COMES:
        assert set.intersection(*found[-COMES:]) <= {each.kind for each in settled.shown}
