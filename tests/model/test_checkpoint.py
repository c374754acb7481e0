"""Checkpoints thin out with age, within their budget, and the first and the last are always there."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.checkpoint import BUDGET, CLOSE, DENSITY, THIN_EVERY, Checkpoint, Checkpoints, held, share_out

MEGABYTE = 2**20


def of_size(numbers):
    """Makes checkpoints that share one vector; only its size counts here."""
    vector = np.zeros(numbers)
    return lambda step: Checkpoint(step, None, vector, vector[:0], step)


def filled(steps, numbers=2, budget=BUDGET, every=CLOSE):
    checkpoints, at = Checkpoints(budget), of_size(numbers)
    for step in range(0, steps + 1, every):
        checkpoints.add(at(step))
    return checkpoints


def gaps(checkpoints):
    """(gap, age of its older end) of neighbours."""
    newest = checkpoints.kept[-1].step
    return [(new.step - old.step, newest - old.step) for old, new in pairwise(checkpoints.kept)]


@pytest.mark.parametrize("steps", [CLOSE, 10 * CLOSE, 8192, 100_032, 300_032])
def test_a_gap_is_at_most_its_share_of_its_age(steps):
    checkpoints = filled(steps)
    assert checkpoints.kept[0].step == 0
    assert checkpoints.kept[-1].step == steps
    assert all(gap <= max(CLOSE, age / DENSITY) for gap, age in gaps(checkpoints))


def test_a_million_steps_of_a_small_network_take_little():
    """2-8-8-8-1 has 24 + 72 + 72 + 9 = 177 parameters; Adam remembers two numbers of each."""
    checkpoints = filled(1_000_000, numbers=3 * 177)
    # DENSITY ln(n / (CLOSE DENSITY)) beyond the DENSITY close ones; greedy thinning leaves at most twice that.
    assert len(checkpoints) < 2 * DENSITY * (1 + math.log(1_000_000 / (CLOSE * DENSITY))) + THIN_EVERY
    assert checkpoints.bytes == len(checkpoints) * 3 * 177 * 8 < 8 * MEGABYTE
    assert max(gap for gap, _ in gaps(checkpoints)) <= 1_000_000 / DENSITY


@pytest.mark.parametrize("numbers", [100_000, 1_000_000, 20_000_000])
def test_large_networks_keep_to_the_budget(numbers):
    checkpoints, at = Checkpoints(), of_size(numbers)
    for step in range(0, 60_000, CLOSE):
        checkpoints.add(at(step))
        assert checkpoints.bytes <= BUDGET or len(checkpoints) == 2
    assert checkpoints.kept[0].step == 0
    assert checkpoints.kept[-1].step == step
    assert len(checkpoints) >= min(BUDGET // (8 * numbers) // 4, 50)  # and they use a good part of it


@settings(max_examples=40, deadline=None)
@given(
    strides=st.lists(st.integers(1, 1000), min_size=1, max_size=300),
    budget=st.integers(2, 80),
)
def test_any_steps_within_any_budget(strides, budget):
    checkpoints, at = Checkpoints(budget * 16), of_size(2)
    step = 0
    for stride in [0, *strides]:
        step += stride
        checkpoints.add(at(step))
        steps = [each.step for each in checkpoints.kept]
        assert steps[0] == 0 and steps[-1] == step
        assert steps == sorted(set(steps))
        assert checkpoints.bytes <= budget * 16


def test_the_last_one_before_a_step():
    checkpoints = filled(4 * CLOSE)
    assert checkpoints.before(0).step == 0
    assert checkpoints.before(CLOSE - 1).step == 0
    assert checkpoints.before(CLOSE).step == CLOSE
    assert checkpoints.before(10**9).step == 4 * CLOSE
    assert checkpoints.at(CLOSE).step == CLOSE
    assert checkpoints.at(CLOSE + 1) is None and checkpoints.at(-1) is None
    assert checkpoints.next_step(-1) == 0
    assert checkpoints.next_step(CLOSE) == 2 * CLOSE
    assert checkpoints.next_step(4 * CLOSE) is None
    with pytest.raises(LookupError):
        Checkpoints().before(5)


def test_an_earlier_step_is_there_already():
    checkpoints = filled(2 * CLOSE)
    before = list(checkpoints.kept)
    checkpoints.add(of_size(2)(CLOSE + 3))
    checkpoints.add(of_size(2)(2 * CLOSE))
    assert checkpoints.kept == before


def test_a_branch_shares_what_it_has_and_goes_its_own_way():
    checkpoints = filled(4 * CLOSE)
    branch = checkpoints.up_to(2 * CLOSE)
    assert branch.kept == checkpoints.kept[:3]
    branch.add(of_size(2)(3 * CLOSE))
    checkpoints.cut(CLOSE)
    assert [each.step for each in branch.kept] == [0, CLOSE, 2 * CLOSE, 3 * CLOSE]
    assert [each.step for each in checkpoints.kept] == [0, CLOSE]


def test_a_smaller_share_of_the_memory_and_a_larger_one_again():
    checkpoints, at = filled(100 * CLOSE, numbers=1000), of_size(1000)
    checkpoints.share(20 * 8000)
    assert 2 < len(checkpoints) <= 20
    assert (checkpoints.kept[0].step, checkpoints.kept[-1].step) == (0, 100 * CLOSE)
    checkpoints.share(BUDGET)
    for step in range(101 * CLOSE, 150 * CLOSE, CLOSE):
        checkpoints.add(at(step))
    assert [gap for gap, _ in gaps(checkpoints)][-40:] == [CLOSE] * 40


def test_one_budget_for_all_branches_by_need():
    small, large, shown = filled(2 * CLOSE), filled(100 * CLOSE, numbers=1000), filled(200 * CLOSE, numbers=1000)
    budget = 80 * 8000
    share_out(shown, [large, small], budget)
    assert len(small) == 3
    assert 20 < len(large) <= 40
    assert len(shown) >= 40 // 2
    assert held([small, large, shown]) <= budget
    everything = [filled(3 * CLOSE, numbers=10), filled(3 * CLOSE, numbers=10)]
    share_out(everything[0], everything[1:], BUDGET)
    assert [len(each) for each in everything] == [4, 4]


def test_beyond_the_budget_the_oldest_keep_only_their_start():
    hidden = [filled(5 * CLOSE, numbers=1000) for _ in range(4)]
    shown = filled(5 * CLOSE, numbers=1000)
    share_out(shown, hidden, 12 * 8000)
    # One vector for all checkpoints of a branch, but they count one by one: six have room.
    assert [len(each) for each in hidden] == [1, 1, 2, 2]
    assert [each.kept[-1].step for each in hidden] == [0, 0, 5 * CLOSE, 5 * CLOSE]
    assert 2 <= len(shown) <= 6


def test_what_branches_have_in_common_takes_its_memory_once():
    one = filled(4 * CLOSE, numbers=1000)
    assert held([one, one.up_to(2 * CLOSE)]) == one.bytes
