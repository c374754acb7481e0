"""Runs side by side: each has the numbers that it has alone, however it was interrupted, and they grow together."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from model.compared_runs import PIECE, ComparedRuns
from model.data import Data
from model.datasets import Gaussians
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Stop
from model.layers import Affine, BatchNorm, Dropout, Tanh
from model.optimizers import SGD, Adam
from model.timeline import Timeline
from model.trainer import Trainer

BASE = Experiment(
    data=Data(dataset=Gaussians(samples=60), validation=0.3, test=0.2),
    network=NetworkSpec(layers=(Affine(units=3), Tanh(), Affine(units=1))),
    batches=BatchesSpec(size=8),
    evaluation=EvaluationSpec(every=7, unit="step"),
    stop=Stop(step=45),
)
NOISY = replace(
    BASE,
    network=NetworkSpec(layers=(Affine(units=4), BatchNorm(), Tanh(), Dropout(rate=0.5), Affine(units=1))),
    optimizer=Adam(),
)
LONGER = replace(BASE, batches=BatchesSpec(size=5))
EARLY = replace(BASE, optimizer=SGD(learning_rate=0.5), stop=Stop(step=45, patience=1))
BAD = replace(BASE, optimizer=SGD(learning_rate=1e200))
ALL = {"base": BASE, "noisy": NOISY, "early": EARLY, "bad": BAD}


def alone(experiment):
    """The same run in one go."""
    trainer = Trainer(experiment)
    trainer.advance(45)
    return trainer


def bits(trainer):
    record = trainer.record
    return trainer.snapshot().numbers.tobytes(), record.losses().tobytes(), [*record.evaluations], trainer.steps


def test_each_has_the_bits_that_it_has_alone() -> None:
    runs = ComparedRuns(ALL)
    found = runs.advance()
    assert runs.finished
    for name, experiment in ALL.items():
        assert bits(runs.trainers[name]) == bits(alone(experiment))
        assert found[name].losses().tobytes() == alone(experiment).record.losses().tobytes()


def test_each_has_the_bits_of_the_run_in_the_window() -> None:
    timeline = Timeline(NOISY)
    timeline.advance(45)
    runs = ComparedRuns(ALL)
    runs.advance()
    assert bits(runs.trainers["noisy"])[:2] == bits(timeline.trainer)[:2]


@settings(max_examples=30, deadline=None)
@given(answers=st.lists(st.integers(0, 25), max_size=12))
def test_interrupted_anywhere_and_called_again_it_comes_to_the_same(answers) -> None:
    """Also in the midst of an evaluation: it is made up for."""
    runs = ComparedRuns(ALL)
    for patience in answers:
        left = itertools.chain(itertools.repeat(False, patience), itertools.repeat(True))
        runs.advance(lambda left=left: next(left))
    runs.advance()
    for name, experiment in ALL.items():
        assert bits(runs.trainers[name]) == bits(alone(experiment))


def test_they_grow_together() -> None:
    heard = []
    ComparedRuns({"a": BASE, "b": NOISY}).advance(tell=heard.append)
    assert [[run.steps for run in so_far.values()] for so_far in heard] == [
        [0, 0],
        [PIECE, PIECE],
        [20, 20],
        [30, 30],
        [40, 40],
        [45, 45],
    ]


def test_up_to_a_step_and_on() -> None:
    runs = ComparedRuns({"a": BASE, "b": NOISY})
    assert [run.steps for run in runs.advance(up_to=13).values()] == [13, 13]
    assert [run.steps for run in runs.advance(up_to=13).values()] == [13, 13]
    assert [run.steps for run in runs.advance(up_to=14).values()] == [14, 14]
    assert not runs.finished


def test_why_each_has_ended() -> None:
    found = ComparedRuns(ALL).advance()
    assert str(found["base"].stop_reason) == "step 45 is reached"
    assert found["bad"].diverged is not None and found["bad"].stop_reason is None
    assert "early stopping" in str(found["early"].stop_reason) and found["early"].steps < 45
    assert all(run.ended for run in found.values())


def test_interrupted_before_anything_was_done_nothing_was_measured() -> None:
    found = ComparedRuns(ALL).advance(lambda: True)
    assert [(run.steps, run.evaluations, len(run.losses())) for run in found.values()] == [(0, (), 0)] * 4


def test_what_was_told_stays_as_it_was() -> None:
    runs, heard = ComparedRuns({"a": BASE}), []
    runs.advance(tell=heard.append)
    third = heard[2]["a"]
    assert third.steps == 20 and [each.step for each in third.evaluations] == [0, 7, 14]
    assert third.losses().tobytes() == alone(BASE).record.losses(0, 20).tobytes()
    assert third.losses(15).tobytes() == alone(BASE).record.losses(15, 20).tobytes()


def test_it_asks_before_every_step_and_every_piece_of_an_evaluation() -> None:
    """45 steps; 8 evaluations (0, 7, ... 42, 45) of 3 parts; one question more before each of the 6 pieces."""
    asked = []
    ComparedRuns({"a": BASE}).advance(lambda: bool(asked.append(1)))
    assert len(asked) == 45 + 8 * 3 + 6


def test_no_runs() -> None:
    runs = ComparedRuns({})
    assert runs.advance() == {} and runs.finished


@pytest.mark.parametrize("steps", [2000])
def test_little_memory_goes_to_paths_that_nobody_looks_at(steps) -> None:
    runs = ComparedRuns({"a": replace(BASE, stop=Stop())})
    runs.advance(up_to=steps)
    assert len(runs.trainers["a"].history.kept) <= 2


def test_other_runs_begin_and_catch_up_and_the_same_ones_go_on() -> None:
    runs = ComparedRuns({"a": BASE, "b": NOISY})
    runs.advance(up_to=20)
    kept, heard = runs.trainers["a"], []
    runs.take({"a": BASE, "b": LONGER, "c": NOISY})
    assert [run.steps for run in runs.so_far().values()] == [20, 0, 0]
    runs.advance(tell=heard.append, up_to=30)
    assert [[run.steps for run in so_far.values()] for so_far in heard][:3] == [[20, 0, 0], [20, 10, 10], [20, 20, 20]]
    found = runs.advance()
    assert runs.trainers["a"] is kept and found["a"].parts is kept.parts
    for name, experiment in {"a": BASE, "b": LONGER, "c": NOISY}.items():
        assert bits(runs.trainers[name]) == bits(alone(experiment))


def test_what_has_ended_begins_again_only_as_another_experiment() -> None:
    runs = ComparedRuns({"a": BASE})
    runs.advance()
    runs.take({"a": BASE})
    assert runs.finished
    runs.take({"a": EARLY})
    assert not runs.finished and runs.so_far()["a"].evaluations == ()
    runs.take({})
    assert runs.finished
