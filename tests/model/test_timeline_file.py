"""A timeline as plain values and back: the same numbers at every step, with and without the stored arrays."""

from dataclasses import replace as changed

import numpy as np
import pytest
from msgspec.structs import replace

from model.data import Data
from model.datasets import Gaussians, Plane
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Weights
from model.initializers import He
from model.interventions import ChangeBatchSize, ChangeData, ChangeOptimizer, SetParameter
from model.kept_branches import MOST_BRANCHES
from model.layers import Affine, ReLU, Tanh
from model.optimizers import Adam, Momentum
from model.timeline import Timeline
from model.timeline_file import CURRENT_SHARE, opened, saved

DATA = Data(dataset=Gaussians(samples=29), test=0.2, validation=0.1)  # 21 to train on: batches of 8, 8, 5
SMALL = Experiment(
    data=DATA,
    network=NetworkSpec(layers=(Affine(units=3), Tanh(), Affine(units=1))),
    batches=BatchesSpec(size=8),
    optimizer=Momentum(),
)
DIVERGING = replace(
    SMALL,
    data=Data(dataset=Plane(samples=29)),
    network=NetworkSpec(layers=(Affine(units=4, weights=He()), ReLU(), Affine(units=1, weights=He()))),
    optimizer=Momentum(learning_rate=100.0),
)
with_and_without_arrays = pytest.mark.parametrize("arrays", [True, False])


def trained():
    """A run with every kind of change, a branch of it, a branch of that one, and another run."""
    timeline = Timeline(SMALL)
    timeline.advance(70)
    timeline.intervene(ChangeOptimizer(step=0, optimizer=Adam()))
    timeline.advance(30)
    timeline.go_to(80)
    timeline.intervene(SetParameter(step=0, layer=0, name="weights", at=(1, 2), value=0.75))
    timeline.intervene(ChangeBatchSize(step=0, size=5))
    timeline.follow(replace(SMALL, evaluation=EvaluationSpec(every=10, unit="step")))
    timeline.advance(60)
    timeline.go_to(75)
    timeline.intervene(ChangeData(step=0, data=replace(DATA, dataset=Gaussians(samples=29, noise=0.5))))
    timeline.advance(10)
    timeline.begin(replace(SMALL, weights=Weights(seed=5)))
    timeline.advance(20)
    timeline.rename(2, "smaller batches")
    timeline.switch(2, 99)
    return timeline


def now(trainer):
    seen = trainer.snapshot()
    vectors = seen.parameters, seen.gradient, seen.update, seen.batch, trainer.rule.state
    return [vector.tobytes() for vector in vectors], seen.step, seen.epoch, seen.batch_loss, trainer.rule.count


def everything(timeline):
    """Every branch as it can be seen, at some of its steps."""
    shown, found = (timeline.branch.number, timeline.steps), []
    for branch in timeline.branches:
        timeline.switch(branch.number)
        steps = [0, 1, 63, 64, 70, 71, 75, 76, 80, 81, 99, 139, branch.steps]
        numbers = [(timeline.go_to(step), now(timeline.trainer)) for step in steps if step <= branch.steps]
        places = branch.steps, branch.parted_at, branch.name
        curves = branch.record.losses().tobytes(), branch.record.squares().tobytes(), list(branch.record.evaluations)
        found.append((branch.experiment, branch.interventions, places, curves, numbers))
    timeline.switch(*shown)
    return found


@with_and_without_arrays
def test_the_same_numbers_at_every_step(arrays):
    timeline = trained()
    again, notes = opened(saved(timeline, arrays=arrays))
    assert notes == [] and again.complete
    assert (again.branch.name, again.steps) == ("smaller batches", 99)
    assert now(again.trainer) == now(timeline.trainer)
    assert [each.parent and each.parent - 1 for each in again.branches] == [None, 0, 1, None]
    mine, stored = everything(timeline), everything(again)
    for one, other in zip(mine, stored, strict=True):
        assert one == other
    for each in (again, timeline):
        each.go_to(10**9)
        each.advance(100)
    assert now(again.trainer) == now(timeline.trainer)


@with_and_without_arrays
def test_saved_again_it_is_the_same(arrays):
    first = saved(trained(), arrays=arrays)
    second = saved(opened(first)[0], arrays=arrays)
    assert (first.current, first.position) == (second.current, second.position)
    for one, other in zip(first.branches, second.branches, strict=True):
        for name in ("name", "experiment", "interventions", "steps", "parent", "parted_at", "evaluations"):
            assert getattr(one, name) == getattr(other, name)


@with_and_without_arrays
def test_a_diverged_run_stands_where_it_stood_and_diverges_again(arrays):
    timeline = Timeline(DIVERGING)
    timeline.advance(1000)
    again, notes = opened(saved(timeline, arrays=arrays))
    assert notes == [] and again.trainer.diverged is None
    assert again.steps == timeline.steps
    again.advance(1000)
    assert again.trainer.diverged == timeline.trainer.diverged
    assert now(again.trainer) == now(timeline.trainer)


def with_final_parameters(run, parameters, *, arrays):
    """As another machine may have stored it: beside its arrays, or where these are lost."""
    branch = changed(run.branches[0], parameters=parameters)
    if not arrays:
        branch = changed(branch, losses=None, squares=None, evaluations=(), checkpoints=())
    return changed(run, branches=(branch, *run.branches[1:]))


@with_and_without_arrays
@pytest.mark.parametrize("place", [0, -1])
def test_stored_numbers_that_differ_by_one_bit_win(arrays, place):
    timeline = Timeline(replace(SMALL, optimizer=Adam()))
    timeline.advance(100)
    run, right = saved(timeline, arrays=True), timeline.trainer.snapshot().parameters
    stored = right.copy()
    stored[place] = np.nextafter(stored[place], 9)
    assert opened(with_final_parameters(run, right, arrays=arrays))[1] == []

    again, [note] = opened(with_final_parameters(run, stored, arrays=arrays))
    assert str(note) == (
        "this machine computes step 100 a little differently from the one that saved it: the saved numbers are shown"
    )
    assert again.steps == 100
    assert again.trainer.snapshot().parameters.tobytes() == stored.tobytes()
    again.advance(30)
    after = now(again.trainer)
    for step in (99, 100):  # whichever way it comes there
        again.go_to(step)
        again.advance(100 - step)
        assert again.trainer.snapshot().parameters.tobytes() == stored.tobytes()
    again.advance(30)
    assert now(again.trainer) == after


def test_a_checkpoint_that_differs_by_one_bit_is_noted_too():
    timeline = trained()
    run = saved(timeline, arrays=True)
    *kept, last = run.branches[run.current].checkpoints
    stored = last.parameters.copy()
    stored[3] = np.nextafter(stored[3], 9)
    branches = list(run.branches)
    branches[run.current] = changed(branches[run.current], checkpoints=(*kept, changed(last, parameters=stored)))
    again, notes = opened(changed(run, branches=tuple(branches)))
    assert len(notes) == 1
    assert again.steps == 99  # where it stood
    again.go_to(last.step)
    assert again.trainer.snapshot().parameters.tobytes() == stored.tobytes()


def test_what_was_lost_of_the_arrays_is_made_again():
    timeline = trained()
    run = saved(timeline, arrays=True)
    first = run.branches[0]
    for part in ({"losses": None}, {"squares": None}, {"evaluations": ()}, {"checkpoints": ()}):
        again, notes = opened(changed(run, branches=(changed(first, **part), *run.branches[1:])))
        assert notes == []
        assert everything(again) == everything(timeline)
    again, notes = opened(changed(run, branches=(changed(first, checkpoints=first.checkpoints[1:]), *run.branches[1:])))
    assert notes == []
    assert everything(again) == everything(timeline)


def test_what_is_heard_on_the_way_and_an_end_before_the_end():
    run = saved(trained(), arrays=False)
    heard = []
    opened(run, told=lambda done, total: heard.append((done, total)))
    total = 100 + (140 - 80) + (85 - 75) + 20
    assert heard[-1] == (total, total)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)

    asked = iter(range(10**6))
    again, notes = opened(run, interrupted=lambda: next(asked) > 60)
    assert [str(each) for each in notes] == [
        "branch 1 came to step 60 of 100",
        "branch 2 came to step 60 of 140",
        "branch 3 came to step 60 of 85",
        "further branches that were not done to their end: 1",
    ]
    assert not again.complete and len(again.branches) == 4
    for branch in again.branches:
        assert branch.steps <= 61
        assert branch.parted_at <= branch.steps
        assert all(each.step <= branch.steps for each in branch.interventions)
    opened(saved(again, arrays=False))


def test_more_branches_than_are_kept_and_untrained_ones():
    one = saved(trained(), arrays=False).branches[-1]
    branches = (one, *[changed(one, parent=0, parted_at=20, name=str(i)) for i in range(MOST_BRANCHES + 5)])
    run = changed(saved(trained(), arrays=False), branches=branches, current=3, position=7)
    again, _ = opened(run)
    assert [each.name for each in again.branches] == [each.name for each in branches]
    assert (again.branch.name, again.steps) == ("2", 7)


def test_a_branch_that_says_it_left_a_parent_of_other_steps_is_done_from_its_own_recipe():
    run = saved(trained(), arrays=False)
    change = ChangeBatchSize(step=10, size=2)
    other = changed(run.branches[1], interventions=(change,))
    again, _ = opened(changed(run, branches=(run.branches[0], other), current=1, position=30))
    alone = Timeline(other.experiment)
    alone.advance(10)
    alone.intervene(change)
    alone.advance(20)
    assert now(again.trainer) == now(alone.trainer)


def test_not_more_checkpoints_than_are_worth_their_place():
    timeline = Timeline(SMALL)
    timeline.advance(64 * (CURRENT_SHARE // 8))
    [branch] = saved(timeline, arrays=True).branches
    kept = timeline.branch.checkpoints.kept
    assert branch.checkpoints == tuple(kept)
    timeline.branch.checkpoints.kept = kept * 16  # the numbers do not matter here
    [branch] = saved(timeline, arrays=True).branches
    assert CURRENT_SHARE // 2 <= len(branch.checkpoints) <= CURRENT_SHARE + 1
    assert branch.checkpoints[0] is kept[0] and branch.checkpoints[-1] is kept[-1]
