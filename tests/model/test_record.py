import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from model.parameters import Layout
from model.record import BLOCK, Evaluation, Record

LAYOUT = Layout([{"weights": (2,)}, {}, {"weights": (1, 2), "bias": (1,)}])


def filled(steps, gradient=None):
    vector = np.zeros(5)
    record = Record(LAYOUT, vector)
    for step in range(1, steps + 1):
        vector[:] = (3 * step, 4 * step, 0, 0, step) if gradient is None else gradient
        record.add(step / 4)
    return record


def test_norms_by_hand():
    record = filled(1, gradient=[3, -4, 2, 3, 6])
    assert record.layers == (0, 2)
    assert_array_equal(record.gradient_norms(), [[5, 7]])  # of layer 0 and layer 2


@pytest.mark.parametrize("steps", [1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 3])
def test_every_step_is_kept_across_blocks(steps):
    record = filled(steps)
    numbers = np.arange(1, steps + 1)
    assert record.steps == steps
    assert_array_equal(record.losses(), numbers / 4)
    assert_allclose(record.gradient_norms(), np.column_stack([5 * numbers, numbers]), rtol=1e-15)
    for start in {0, 1, steps - 1, steps, min(steps, BLOCK), min(steps, BLOCK + 1)}:
        assert_array_equal(record.losses(start), numbers[start:] / 4)
        assert record.gradient_norms(start).shape == (steps - start, 2)


def test_nothing_yet():
    record = filled(0)
    assert record.losses().shape == (0,)
    assert record.gradient_norms().shape == (0, 2)


@pytest.mark.parametrize("kept", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 10])
def test_cut_and_grow_again(kept):
    record = filled(BLOCK + 10)
    record.evaluations = [Evaluation(step, 1.0, None, None) for step in (0, 1, BLOCK, BLOCK + 10)]
    record.cut(kept)
    assert record.steps == kept
    assert_array_equal(record.losses(), np.arange(1, kept + 1) / 4)
    assert [e.step for e in record.evaluations] == [s for s in (0, 1, BLOCK, BLOCK + 10) if s <= kept]
    record.add(-1.0)
    assert_array_equal(record.losses(), [*np.arange(1, kept + 1) / 4, -1])


def test_reading_gives_copies():
    record = filled(3)
    record.losses()[:] = 9
    assert_array_equal(record.losses(), [0.25, 0.5, 0.75])


def bytes_of(record):
    return record.losses().tobytes(), record.squares().tobytes(), list(record.evaluations)


@pytest.mark.parametrize("parted", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK])
@pytest.mark.parametrize("first", ["parent", "branch"])
def test_a_branch_and_its_parent_never_write_into_each_other(parted, first):
    parent = filled(parted + 10)
    parent.evaluations = [Evaluation(step, 1.0, None, None) for step in range(0, parted + 10, 7)]
    branch = parent.branched(parted)
    gradient = np.zeros(5)
    branch.bind(gradient)
    assert branch.steps == parted
    assert branch.losses().tobytes() == parent.losses(0, parted).tobytes()
    assert [e.step for e in branch.evaluations] == [s for s in range(0, parted + 10, 7) if s <= parted]
    if first == "parent":  # goes back first, as far as both go together
        parent.cut(parted)
    before = bytes_of(parent)
    branch.add(-1.0)
    branch.evaluations.append(Evaluation(parted + 1, 2.0, None, None))
    assert bytes_of(parent) == before
    before = bytes_of(branch)
    parent.cut(max(0, parted - 3))
    for _ in range(10):
        parent.add(-2.0)
    assert bytes_of(branch) == before
    branch.cut(max(0, parted - 2))
    before = bytes_of(parent)
    branch.add(-3.0)
    assert bytes_of(parent) == before


def test_a_branch_of_more_than_there_is_has_all():
    assert filled(3).branched(10).steps == 3


def test_cut_behind_the_end_changes_nothing():
    record = filled(3)
    record.cut(10)
    assert record.steps == 3
    record.add(1.0)
    assert_array_equal(record.losses(), [0.25, 0.5, 0.75, 1.0])


@pytest.mark.parametrize("steps", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1])
def test_what_was_written_down_before_is_taken_over(steps):
    first, second = filled(steps), filled(0)
    second.fill(first.losses(), first.squares(), [Evaluation(0, 1.0, None, None)])
    assert second.steps == steps
    assert_array_equal(second.losses(), first.losses())
    assert_array_equal(second.gradient_norms(), first.gradient_norms())
    for record in (first, second):
        record.add(7.0)
    assert_array_equal(second.losses(), first.losses())
    assert second.evaluation_at(0) == 0 and second.evaluation_at(1) is None
