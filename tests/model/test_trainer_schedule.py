"""When a run is measured and where it stops, and what may be changed on its way."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model.data import Data
from model.datasets import Gaussians, Sine
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Stop, Weights
from model.layers import Affine, Tanh
from model.optimizers import Adam, Momentum
from model.timeline import Timeline
from model.trainer import Trainer

LAYERS = (Affine(units=3), Tanh(), Affine(units=1))
SMALL = Experiment(
    data=Data(dataset=Gaussians(samples=29), test=0.2, validation=0.1),  # 21 to train on: batches of 8, 8, 5
    network=NetworkSpec(layers=LAYERS),
    batches=BatchesSpec(size=8),
)


# Evaluation and stop conditions


@pytest.mark.parametrize(
    ("every", "unit", "steps"), [(1, "epoch", [0, 3, 6, 9]), (2, "epoch", [0, 6]), (4, "step", [0, 4, 8])]
)
def test_when_the_parts_are_measured(every, unit, steps):
    trainer = Trainer(replace(SMALL, evaluation=EvaluationSpec(every=every, unit=unit)))
    trainer.advance(10)
    assert [e.step for e in trainer.record.evaluations] == steps
    last = trainer.record.evaluations[-1]
    assert None not in (last.train_accuracy, last.validation_loss, last.test_loss)


def test_a_measurement_is_the_mean_over_the_part():
    trainer = Trainer(SMALL)
    trainer.advance(3)
    measured = trainer.record.evaluations[-1]
    y = trainer.network.outputs(trainer.parts.test.inputs)
    t = trainer.encoding.encode(trainer.parts.test.targets)
    assert_allclose(measured.test_loss, ((y - t) ** 2).mean() / 2, rtol=1e-13)
    assert_allclose(measured.test_accuracy, ((y > 0) == (t > 0)).mean(), rtol=1e-13)


def test_a_regression_has_no_accuracy_and_an_empty_part_no_loss():
    experiment = replace(SMALL, data=Data(dataset=Sine(samples=20), test=0))
    [first] = Trainer(experiment).record.evaluations
    assert (first.validation_loss, first.test_loss, first.train_accuracy, first.test_accuracy) == (None,) * 4
    assert first.train_loss > 0


def test_a_step_is_measured_once():
    trainer = Trainer(SMALL)
    assert trainer.evaluate() is trainer.evaluate()
    trainer.advance(2)
    trainer.evaluate()
    trainer.advance(1)
    assert [e.step for e in trainer.record.evaluations] == [0, 2, 3]


def test_stop_at_a_step_once_and_go_on_when_asked():
    trainer = Trainer(replace(SMALL, stop=Stop(step=5)))
    assert not trainer.advance(100)
    assert trainer.steps == 5 and trainer.finished
    assert trainer.record.evaluations[-1].step == 5
    assert trainer.advance(4)
    assert trainer.steps == 9
    whole = Trainer(SMALL)
    whole.advance(9)
    assert_array_equal(trainer.network.parameters, whole.network.parameters)


def test_stop_below_a_loss():
    free = Trainer(SMALL)
    free.advance(60)
    losses = [e.train_loss for e in free.record.evaluations]
    limit = (losses[4] + losses[5]) / 2  # falls below this between the fourth and the fifth epoch
    assert losses[4] > limit > losses[5] and min(losses[:5]) > limit
    trainer = Trainer(replace(SMALL, stop=Stop(loss=limit)))
    assert not trainer.advance(60)
    assert trainer.steps == 15
    assert trainer.advance(1)


OVERFITTING = Experiment(
    data=Data(dataset=Gaussians(samples=60, noise=0.5), validation=0.4, seed=4),
    network=NetworkSpec(layers=(Affine(units=8), Tanh(), Affine(units=1))),
    optimizer=Adam(learning_rate=0.03),
    evaluation=EvaluationSpec(every=20, unit="step"),
    stop=Stop(patience=5),
)


def test_early_stopping_ends_a_run_that_learns_by_heart():
    trainer = Trainer(OVERFITTING)
    assert not trainer.advance(5000)
    losses = [e.validation_loss for e in trainer.record.evaluations]
    lowest = int(np.argmin(losses))
    assert lowest == len(losses) - 1 - 5 and trainer.steps == 20 * (lowest + 5)
    assert f"lowest at step {20 * lowest:,}" in str(trainer.stop_reason)
    assert trainer.advance(10)  # it goes on past it
    assert trainer.stop_reason is None


def test_a_run_that_is_rewound_stops_early_at_the_same_step():
    timeline = Timeline(OVERFITTING)
    timeline.advance(5000)
    stopped, reason = timeline.steps, timeline.trainer.stop_reason
    timeline.advance(100)
    for begin in (0, stopped - 130, stopped - 1):
        assert timeline.go_to(begin)
        assert timeline.trainer.stop_reason is None
        assert not timeline.advance(5000)
        assert (timeline.steps, timeline.trainer.stop_reason) == (stopped, reason)
    timeline.part_from(1, stopped - 50)
    timeline.advance(5000)
    assert (timeline.steps, timeline.trainer.stop_reason) == (stopped, reason)


def test_other_evaluations_and_stops_are_taken_over_on_the_way():
    trainer = Trainer(SMALL)
    trainer.advance(2)
    other = replace(SMALL, evaluation=EvaluationSpec(every=2, unit="step"), stop=Stop(step=6), weights=Weights(seed=9))
    trainer.follow(other)
    trainer.advance(100)
    assert trainer.steps == 6
    assert [e.step for e in trainer.record.evaluations] == [0, 4, 6]
    assert trainer.experiment.weights == SMALL.weights  # a number of the run: not taken over


# Changes on the way


def test_new_hyperparameters_keep_what_is_remembered():
    trainer = Trainer(replace(SMALL, optimizer=Momentum(learning_rate=0.1)))
    trainer.advance(4)
    v, w = trainer.rule.state.copy(), trainer.network.parameters.copy()
    trainer.retune(Momentum(learning_rate=0.02, momentum=0.5))
    assert_array_equal(trainer.rule.state, v)
    assert trainer.rule.count == 4
    trainer.advance(1)
    assert_allclose(trainer.network.parameters, w + 0.5 * v - 0.02 * trainer.network.gradient, rtol=1e-13)
    assert trainer.experiment.optimizer.learning_rate == 0.02


def test_the_same_hyperparameters_change_no_bit():
    retuned, whole = (Trainer(replace(SMALL, optimizer=Adam())) for _ in range(2))
    retuned.advance(4)
    retuned.retune(Adam())
    retuned.advance(4)
    whole.advance(8)
    assert_array_equal(retuned.network.parameters, whole.network.parameters)
    assert_array_equal(retuned.rule.state, whole.rule.state)


def test_another_optimizer_starts_afresh_and_the_run_goes_on():
    trainer = Trainer(replace(SMALL, optimizer=Momentum()))
    trainer.advance(4)
    w = trainer.network.parameters.copy()
    trainer.retune(Adam(learning_rate=0.01))
    assert_array_equal(trainer.network.parameters, w)
    assert (trainer.rule.count, trainer.steps) == (0, 4)
    assert_array_equal(trainer.rule.state, np.zeros(2 * len(w)))
    trainer.advance(1)  # Adam's first update is the learning rate against the sign of each gradient, but for epsilon
    g = trainer.network.gradient
    assert_allclose(trainer.network.parameters, w - 0.01 * g / (np.abs(g) + 1e-7), rtol=0, atol=1e-12)


def test_a_parameter_set_by_hand():
    trainer = Trainer(SMALL)
    trainer.advance(2)
    update = trainer.snapshot().update
    trainer.set_parameter(4, 2.5)
    snapshot = trainer.snapshot()
    assert snapshot.parameters[4] == 2.5
    assert snapshot.update[4] == 0  # no step made it
    assert_array_equal(np.delete(snapshot.update, 4), np.delete(update, 4))
