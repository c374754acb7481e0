"""Any step of any branch again, to the last bit; undo, redo, and branches that come and go."""

import pytest
from msgspec.structs import replace

from model.data import Data
from model.datasets import Plane
from model.experiment import EvaluationSpec, Stop
from model.interventions import (
    ChangeBatchSize,
    ChangeData,
    ChangeOptimizer,
    ChangeRegularization,
    ChangeSchedule,
    SetParameter,
)
from model.kept_branches import MOST_BRANCHES
from model.optimizers import SGD, Adam
from model.record import BLOCK
from model.regularization import Regularization
from model.schedules import StepDecay
from model.timeline import Timeline
from tests.model.straight_way import DATA, PLAIN, SMALL, check, check_others, now, straight, written


def test_the_session_of_five_thousand_steps():
    """A learning rate changed at 2,000, a weight set at 3,000; back to four steps, then Adam from 2,500 on."""
    timeline = Timeline(PLAIN)
    timeline.advance(2000)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=SGD(learning_rate=0.02)))
    timeline.advance(1000)
    timeline.intervene(SetParameter(step=0, layer=0, name="weights", at=(1, 2), value=0.75))
    timeline.advance(2000)
    first = timeline.branch
    assert [each.step for each in first.interventions] == [2000, 3000]
    curve, there = written(first.record), straight(first)
    expected = {step: now(there.to(step)) for step in (0, 1999, 2001, 5000)}
    for step in (1999, 2001, 0, 5000):
        assert timeline.go_to(step)
        assert now(timeline.trainer) == expected[step]
    assert written(first.record) == curve == written(there.trainer.record)

    timeline.go_to(2500)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=Adam()))
    timeline.advance(300)
    check(timeline)
    branch = timeline.branch
    assert (branch.parent, branch.parted_at, branch.steps) == (first.number, 2500, 2800)
    assert str(branch.view().parted_by) == "optimizer: SGD → Adam"
    assert branch.record.losses(0, 2500).tobytes() == first.record.losses(0, 2500).tobytes()
    assert written(first.record) == curve
    assert timeline.switch(first.number, 5000)
    check(timeline)
    assert timeline.switch(branch.number)
    assert timeline.steps == 2800
    check(timeline)


def test_a_branch_parts_at_the_block_size_of_the_record():
    timeline = Timeline(PLAIN)
    timeline.advance(BLOCK + 5)
    first = timeline.branch
    curve = written(first.record)
    timeline.go_to(BLOCK)
    timeline.intervene(ChangeBatchSize(step=0, size=3))
    timeline.advance(4)
    assert written(first.record) == curve
    check(timeline)
    timeline.switch(first.number, BLOCK + 5)
    timeline.advance(3)
    check(timeline)
    check_others(timeline)


# Undo, redo, branches


def test_undo_and_redo_of_changes_on_the_way():
    timeline = Timeline(PLAIN)
    deeds = []
    for size in (3, 4, 5):
        timeline.advance(50)
        deeds.append(timeline.intervene(ChangeBatchSize(step=0, size=size)))
    timeline.advance(50)
    whole = timeline.branch
    for kept, deed in zip((2, 1, 0), reversed(deeds), strict=True):
        timeline.withdraw(deed)
        assert timeline.steps == 50 * (kept + 1)
        assert timeline.branch.interventions == whole.interventions[:kept]
        check(timeline)
    assert len(timeline.branches) == 2  # what nothing was trained on is gone
    for done, deed in enumerate(deeds, start=1):
        timeline.repeat(deed)
        assert timeline.steps == 50 * done
        check(timeline)
    assert timeline.branch is whole and whole.steps == 200
    assert timeline.branches == [whole]


def test_a_dragged_slider_is_one_deed():
    timeline = Timeline(PLAIN)
    timeline.advance(80)
    timeline.go_to(60)
    old = timeline.branch
    deed = None
    for rate in (0.2, 0.3, 0.4):
        later = timeline.intervene(ChangeOptimizer(step=0, optimizer=SGD(learning_rate=rate)))
        deed = deed.joined(later) if deed else later
    assert timeline.branch.interventions == (ChangeOptimizer(step=60, optimizer=SGD(learning_rate=0.4)),)
    timeline.advance(10)
    timeline.withdraw(deed)
    assert timeline.branch is old and timeline.steps == 60
    timeline.repeat(deed)
    assert timeline.trainer.experiment.optimizer.learning_rate == 0.4
    check(timeline)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (SetParameter(step=0, layer=1, name="weights", at=(0, 0), value=1.0), KeyError),
        (SetParameter(step=0, layer=0, name="weights", at=(2, 0), value=1.0), ValueError),
        (SetParameter(step=0, layer=0, name="weights", at=(0,), value=1.0), ValueError),
        (ChangeData(step=0, data=Data(dataset=Plane())), ValueError),
        (ChangeData(step=0, data=replace(DATA, features=("x1",))), ValueError),
    ],
)
def test_a_change_that_the_network_cannot_live_with_changes_nothing(change, error):
    timeline = Timeline(PLAIN)
    timeline.advance(10)
    timeline.go_to(5)
    with pytest.raises(error):
        timeline.intervene(change)
    assert len(timeline.branches) == 1 and timeline.branch.interventions == ()
    assert timeline.branch.steps == 10
    check(timeline)


def test_another_run_and_what_stays_of_the_one_before():
    timeline = Timeline(PLAIN)
    timeline.begin(SMALL)  # nothing was trained
    assert len(timeline.branches) == 1
    timeline.advance(5)
    timeline.begin(SMALL)  # the same again
    assert [each.steps for each in timeline.branches] == [5, 0] and timeline.steps == 0
    timeline.begin(SMALL)  # nothing was trained
    assert [each.steps for each in timeline.branches] == [5, 0]
    timeline.intervene(ChangeBatchSize(step=0, size=2))
    timeline.begin(PLAIN)  # it would not come back by itself
    assert [each.number for each in timeline.branches] == [2, 4, 5]
    timeline.begin(PLAIN, keep=True)
    assert [each.number for each in timeline.branches] == [2, 4, 5, 6]
    assert not timeline.switch(1)
    for branch in list(timeline.branches):
        timeline.switch(branch.number)
        check(timeline)


def test_only_so_many_branches_are_kept_and_never_the_one_that_is_shown():
    timeline = Timeline(PLAIN)
    timeline.advance(2)
    for _ in range(MOST_BRANCHES):
        timeline.begin(PLAIN, keep=True)
    assert [each.number for each in timeline.branches] == [1, *range(3, MOST_BRANCHES + 2)]
    timeline.switch(3)
    timeline.begin(SMALL, keep=True)  # the oldest of those without a step is the one that is left
    assert len(timeline.branches) == MOST_BRANCHES and timeline.find(3) is None
    check(timeline)


def test_a_branch_with_a_name_is_forgotten_last_and_the_least_trained_first():
    timeline = Timeline(PLAIN)
    timeline.rename(1, "mine")
    for steps in range(1, MOST_BRANCHES + 2):
        timeline.begin(PLAIN)
        timeline.advance(1 if steps == 30 else 3)
    gone = set(range(1, MOST_BRANCHES + 3)) - {each.number for each in timeline.branches}
    assert gone == {2, 31}
    for branch in timeline.branches:
        timeline.rename(branch.number, "mine too")
    timeline.begin(PLAIN)
    assert timeline.find(1) is None  # untrained


def test_what_a_file_would_refuse_is_no_change():
    timeline = Timeline(PLAIN)
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="no finite number"):
            timeline.intervene(SetParameter(step=0, layer=0, name="weights", at=(0, 0), value=value))
    assert timeline.branch.interventions == ()


def test_a_grandchild_of_a_forgotten_branch():
    timeline = Timeline(PLAIN)
    timeline.advance(50)
    for step, size in ((40, 3), (30, 4), (35, 5)):
        timeline.go_to(step)
        timeline.intervene(ChangeBatchSize(step=0, size=size))
        timeline.advance(20)
    assert [(each.parent, each.parted_at) for each in timeline.branches] == [(None, 0), (1, 40), (2, 30), (3, 35)]
    assert timeline.remove(3)
    assert [(each.parent, each.parted_at) for each in timeline.branches] == [(None, 0), (1, 40), (2, 30)]
    assert timeline.remove(1)
    assert [(each.parent, each.parted_at) for each in timeline.branches] == [(None, 0), (2, 30)]
    assert not timeline.remove(4) and not timeline.remove(1)
    check(timeline)


def test_views_are_the_same_objects_until_something_is_another():
    timeline = Timeline(PLAIN)
    timeline.advance(10)
    before = timeline.views()
    timeline.advance(10)
    assert timeline.views()[0] is before[0]
    timeline.rename(1, "first")
    assert timeline.views()[0].name == "first"
    timeline.go_to(5)
    timeline.intervene(ChangeBatchSize(step=0, size=3))
    first, second = timeline.views()
    assert first is timeline.views()[0]
    assert (second.parent, second.parted_at, str(second.parted_by)) == (1, 5, "batch size: 8 → 3")


def test_another_optimizer_before_anything_was_trained_is_no_change_on_the_way():
    timeline = Timeline(PLAIN)
    timeline.amend(replace(PLAIN, optimizer=Adam()))
    assert timeline.branch.interventions == () and timeline.branch.experiment.optimizer == Adam()
    timeline.advance(70)
    check(timeline)
    timeline.go_to(0)
    check(timeline)
    timeline.amend(replace(PLAIN, optimizer=SGD()))
    assert len(timeline.branches) == 2
    check(timeline)


def test_a_penalty_and_a_schedule_before_anything_was_trained_are_no_change_on_the_way():
    timeline = Timeline(PLAIN)
    other = replace(PLAIN, regularization=Regularization(l2=0.1), schedule=StepDecay(every=9))
    timeline.amend(other)
    assert timeline.branch.interventions == () and timeline.branch.experiment == other
    timeline.advance(30)
    check(timeline)
    timeline.amend(PLAIN)  # too late for that
    assert [type(each) for each in timeline.branch.interventions] == [ChangeSchedule, ChangeRegularization]
    timeline.advance(30)
    check(timeline)


def test_what_is_amended_takes_along_when_to_measure_and_to_stop():
    timeline = Timeline(PLAIN)
    other = replace(PLAIN, optimizer=Adam(), stop=Stop(step=9), evaluation=EvaluationSpec(every=4, unit="step"))
    timeline.amend(other)
    assert timeline.branch.experiment == other == timeline.trainer.experiment
    assert not timeline.advance(30) and timeline.trainer.steps == 9


def test_when_to_measure_and_to_stop_is_the_branchs_own():
    timeline = Timeline(PLAIN)
    timeline.advance(9)
    other = replace(PLAIN, evaluation=EvaluationSpec(every=2, unit="step"), stop=Stop(step=14))
    timeline.follow(other)
    assert not timeline.advance(100)
    assert timeline.steps == 14
    assert [each.step for each in timeline.branch.record.evaluations] == [0, 3, 6, 9, 10, 12, 14]
    timeline.go_to(4)
    assert not timeline.advance(100)
    assert timeline.steps == 14
    assert [each.step for each in timeline.branch.record.evaluations] == [0, 3, 6, 9, 10, 12, 14]
    assert timeline.branch.experiment == other
