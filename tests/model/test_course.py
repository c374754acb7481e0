"""One branch at work: replayed from its checkpoints, interrupted, and with numbers from elsewhere."""

from dataclasses import replace as changed

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import model.recent_parts
from model.branch import Branch
from model.checkpoint import CLOSE
from model.clipping import Clipping
from model.course import Course
from model.data import load
from model.experiment import Stop
from model.interventions import (
    ChangeBatchSize,
    ChangeClipping,
    ChangeData,
    ChangeOptimizer,
    ChangeRegularization,
    ChangeSchedule,
    SetParameter,
)
from model.optimizers import OPTIMIZERS, Adam
from model.regularization import Regularization
from model.schedules import Cosine
from model.trainer import Trainer
from tests.model.straight_way import DATA, PLAIN, SMALL, Straight, now, straight, written

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)
CHANGES = (
    SetParameter(step=20, layer=0, name="bias", at=(1,), value=0.5),
    ChangeBatchSize(step=20, size=6),
    ChangeRegularization(step=20, regularization=Regularization(l1=0.01, l2=0.1)),
    ChangeSchedule(step=40, schedule=Cosine(horizon=170)),
    ChangeOptimizer(step=CLOSE, optimizer=Adam()),
    ChangeClipping(step=100, clipping=Clipping(norm=0.05)),
    ChangeBatchSize(step=150, size=9),
)


def course_of(experiment, interventions=()):
    trainer = Trainer(experiment)
    branch = Branch(1, experiment, trainer.record, trainer.history, trainer.network.layout)
    branch.checkpoints.add(trainer.checkpoint())
    branch.interventions = tuple(interventions)
    return Course(trainer, branch)


@every_optimizer
@settings(max_examples=5, deadline=None)
@given(steps=st.lists(st.integers(0, 200), min_size=1, max_size=10))
def test_any_step_in_any_order(optimizer, steps):
    course = course_of(replace(SMALL, optimizer=optimizer()), CHANGES)
    course.advance(200)
    curve = written(course.branch.record)
    for step in steps:
        course.go_to(step)
        assert now(course.trainer) == now(straight(course.branch).to(step))
    assert written(course.branch.record) == curve == written(straight(course.branch).to(200).record)


def test_interventions_ahead_are_made_on_the_way():
    course = course_of(PLAIN, CHANGES)
    course.advance(19)
    assert course.trainer.experiment == PLAIN
    course.advance(1)
    assert course.trainer.experiment.batches.size == 6
    course.advance(180)
    assert now(course.trainer) == now(straight(course.branch).to(200))


def test_computed_again_a_checkpoint_is_what_was_kept():
    """`go_to` takes the numbers of a checkpoint that it comes by; here they are computed, and compared."""
    course = course_of(SMALL, CHANGES)
    course.advance(200)
    for kept in course.branch.checkpoints.kept:
        found = course.bare(kept.step)
        for name in ("parameters", "state"):
            assert getattr(found, name).tobytes() == getattr(kept, name).tobytes()
        fields = "step", "experiment", "count", "epoch_begun", "epoch_first"
        assert [getattr(found, name) for name in fields] == [getattr(kept, name) for name in fields]
        assert now(course.trainer) == now(straight(course.branch).to(kept.step))


def test_numbers_from_elsewhere_hold():
    course = course_of(PLAIN)
    course.advance(200)
    kept = course.branch.checkpoints.kept
    strange = kept[1].parameters + 0.001
    kept[1] = changed(kept[1], parameters=strange)
    course.go_to(kept[1].step)
    assert course.trainer.snapshot().parameters.tobytes() == strange.tobytes()
    course.go_to(kept[1].step - 1)
    course.advance(5)
    there = now(course.trainer)
    course.go_to(0)
    course.go_to(kept[1].step + 4)
    assert now(course.trainer) == there


def test_of_several_data_sets_at_one_step_only_the_last_is_loaded(monkeypatch):
    noisy = [replace(DATA, dataset=replace(DATA.dataset, noise=each / 10, samples=20 + each)) for each in range(1, 6)]
    sizes = [3, 4, 5, 6, 7]
    pairs = zip(noisy, sizes, strict=True)
    at_one_step = [
        c for data, size in pairs for c in (ChangeData(step=70, data=data), ChangeBatchSize(step=70, size=size))
    ]
    course = course_of(PLAIN, at_one_step)
    loaded = []
    monkeypatch.setattr(model.recent_parts, "load", lambda data: loaded.append(data) or load(data))
    course.advance(90)
    for step in (90, 75, 70, 30, 80):
        course.go_to(step)
        assert now(course.trainer) == now(straight(course.branch).to(step))
    assert loaded == noisy[-1:]


@pytest.mark.parametrize("done", [0, 1, 20, 40])
def test_a_way_that_is_interrupted_ends_where_the_recipe_was_then(done):
    course = course_of(PLAIN, CHANGES)
    course.advance(60)
    answers = iter([False] * done)
    course.go_to(0)
    assert not course.go_to(55, lambda: next(answers, True))
    assert course.steps == done
    # At step 0 and where it was ended at once nothing was done, so nothing of a step can be seen.
    assert now(course.trainer) == now(straight(course.branch).to(done))
    assert course.go_to(55)
    assert now(course.trainer) == now(straight(course.branch).to(55))
    course.advance(100)
    assert written(course.branch.record) == written(straight(course.branch).to(155).record)


def test_training_that_is_interrupted_goes_on():
    course = course_of(PLAIN, CHANGES)
    for done in (0, 13, 7, 63, 64, 65):
        answers = iter([False] * done)
        course.advance(1000, lambda answers=answers: next(answers, True))
    assert course.steps == course.branch.steps == 212
    assert now(course.trainer) == now(straight(course.branch).to(212))
    assert [each.step for each in course.branch.checkpoints.kept] == [0, CLOSE, 2 * CLOSE, 3 * CLOSE]


def test_steps_outside_are_the_ends():
    course = course_of(PLAIN)
    course.advance(30)
    assert course.go_to(-5) and course.steps == 0
    assert course.go_to(10**9) and course.steps == 30
    course.restore(10**9)
    assert course.steps == 30
    assert course.advance(0)


def test_it_stops_where_a_trainer_stops():
    for stop in (Stop(step=CLOSE), Stop(step=70), Stop(loss=0.2)):
        course, alone = course_of(replace(PLAIN, stop=stop)), Trainer(replace(PLAIN, stop=stop))
        assert course.advance(500) == alone.advance(500)
        assert now(course.trainer) == now(alone)
        assert course.advance(0) == alone.advance(0)
        assert course.advance(10) == alone.advance(10)  # a condition is met once
        assert now(course.trainer) == now(alone)
        assert written(course.branch.record) == written(alone.record)


def test_the_last_step_is_kept_before_it_is_left():
    course = course_of(PLAIN)
    course.advance(70)
    course.go_to(3)
    assert [each.step for each in course.branch.checkpoints.kept] == [0, CLOSE, 70]
    course.mark_tip()  # it does not stand there
    assert len(course.branch.checkpoints) == 3


def test_single_precision():
    course = course_of(replace(PLAIN, precision="float32", optimizer=Adam()))
    course.advance(100)
    course.branch.interventions = (SetParameter(step=100, layer=0, name="bias", at=(0,), value=1e300),)
    course.restore()
    assert np.isinf(course.trainer.network.parameters).sum() == 1
    course.go_to(77)
    assert now(course.trainer) == now(Straight(course.branch.experiment, ()).to(77))


def failing_at(trainer, step, error, *, whole):
    """The step that leads to `step` raises an error: before it is counted, or after (an evaluation)."""
    do = type(trainer).step

    def stepped():
        if trainer.steps == step - 1:
            if whole:
                do(trainer)
            trainer.network.parameters += 1.0  # half an update
            raise error
        return do(trainer)

    trainer.step = stepped


@pytest.mark.parametrize("error", [RuntimeError(), MemoryError()])
@pytest.mark.parametrize("whole", [False, True])
def test_after_an_error_in_a_step_those_before_it_are_known(error, whole):
    course = course_of(PLAIN, CHANGES)
    failing_at(course.trainer, 100, error, whole=whole)
    with pytest.raises(type(error)):
        course.advance(1000)
    reached = 99 + whole
    assert course.steps == course.branch.steps == reached
    course.mark_tip()  # which half a step is not
    assert course.branch.checkpoints.kept[-1].step == CLOSE
    del course.trainer.step
    assert course.go_to(reached)
    assert now(course.trainer) == now(straight(course.branch).to(reached))
    failing_at(course.trainer, 110, error, whole=whole)
    with pytest.raises(type(error)):
        course.advance(1000)
    del course.trainer.step
    course.advance(200 - course.steps)
    assert now(course.trainer) == now(straight(course.branch).to(200))
    losses, squares, _ = written(course.branch.record)
    assert (losses, squares) == written(straight(course.branch).to(200).record)[:2]


@pytest.mark.parametrize("done", [0, 1, 20, 40])
def test_to_restore_and_to_do_a_step_again_can_be_interrupted(done):
    course = course_of(PLAIN, CHANGES)
    course.advance(60)
    for way in (course.restore, course.bare):
        answers = iter([False] * done)
        assert not way(55, lambda answers=answers: next(answers, True))
        assert course.steps == done
        assert now(course.trainer) == now(straight(course.branch).to(done))
    assert course.restore(55)
    assert now(course.trainer) == now(straight(course.branch).to(55))
