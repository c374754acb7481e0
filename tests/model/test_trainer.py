"""The same experiment gives the same bits, however it is run; and a run that diverges stops where it was healthy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model.batches import Batches
from model.data import Data
from model.datasets import Gaussians, Plane, Sine
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Stop, Weights
from model.initializers import He, Normal
from model.layers import Affine, Identity, ReLU, Tanh
from model.losses import SigmoidCrossEntropy
from model.optimizers import OPTIMIZERS, SGD, Adam, Momentum
from model.trainer import Diverged, Trainer

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)

LAYERS = (Affine(units=3), Tanh(), Affine(units=1))
SMALL = Experiment(
    data=Data(dataset=Gaussians(samples=29), test=0.2, validation=0.1),  # 21 to train on: batches of 8, 8, 5
    network=NetworkSpec(layers=LAYERS),
    batches=BatchesSpec(size=8),
)


def bits(trainer):
    """All that a step depends on and all that it leaves, to the last bit."""
    snapshot = trainer.snapshot()
    vectors = snapshot.parameters, snapshot.gradient, snapshot.update, snapshot.batch, trainer.rule.state
    record = trainer.record.losses(), trainer.record.gradient_norms()
    return [v.tobytes() for v in (*vectors, *record)], trainer.steps, trainer.rule.count, [*trainer.record.evaluations]


# The same bits


@every_optimizer
@settings(max_examples=8)
@given(chops=st.lists(st.integers(0, 9), max_size=8), seed=st.integers(0, 100))
def test_the_same_bits_however_the_run_is_chopped(optimizer, chops, seed):
    experiment = replace(
        SMALL, optimizer=optimizer(), weights=Weights(seed=seed), batches=BatchesSpec(size=8, seed=seed)
    )
    chopped, whole, stepped = (Trainer(experiment) for _ in range(3))
    for steps in chops:
        chopped.advance(steps)
    whole.advance(sum(chops))
    for _ in range(sum(chops)):
        assert stepped.step()
    assert bits(chopped) == bits(whole)
    assert bits(stepped)[:3] == bits(whole)[:3]  # step() alone does not evaluate


@every_optimizer
def test_a_pause_at_any_step_changes_nothing(optimizer):
    experiment = replace(SMALL, optimizer=optimizer())
    paused, whole = Trainer(experiment), Trainer(experiment)
    answers = iter([False, False, True, False, True, True, False, False, False, False, False])
    while paused.steps < 7:
        paused.advance(7 - paused.steps, lambda: next(answers))
    whole.advance(7)
    assert bits(paused) == bits(whole)


def test_interrupted_is_asked_before_every_step():
    trainer = Trainer(SMALL)
    assert trainer.advance(5, lambda: True)
    assert trainer.steps == 0


@every_optimizer
def test_start_again_is_the_beginning(optimizer):
    experiment = replace(SMALL, optimizer=optimizer())
    again, new = Trainer(experiment), Trainer(experiment)
    fresh = bits(again)
    again.advance(10)
    again.start_again()
    assert bits(again) == fresh
    again.advance(5)
    new.advance(5)
    assert bits(again) == bits(new)


def test_evaluating_changes_no_bit_of_training():
    often = Trainer(replace(SMALL, evaluation=EvaluationSpec(every=1, unit="step")))
    seldom = Trainer(replace(SMALL, evaluation=EvaluationSpec(every=1000)))
    often.advance(10)
    seldom.advance(10)
    assert bits(often)[:3] == bits(seldom)[:3]
    assert len(often.record.evaluations) == 11
    assert len(seldom.record.evaluations) == 1


def test_looking_changes_no_bit_of_training():
    looked_at, alone = Trainer(SMALL), Trainer(SMALL)
    for _ in range(7):
        looked_at.advance(1)
        looked_at.snapshot()
        looked_at.network.outputs(looked_at.parts.train.inputs)
        looked_at.record.losses()
    alone.advance(7)
    assert bits(looked_at) == bits(alone)


def test_seeds_matter_each_for_its_own():
    def parameters(**fields):
        trainer = Trainer(replace(SMALL, **fields))
        start = trainer.network.parameters.copy()
        trainer.advance(3)
        return start, trainer.network.parameters

    start, end = parameters()
    other_start, _ = parameters(weights=Weights(seed=2))
    assert (start[:6] != other_start[:6]).all()
    same_start, other_end = parameters(batches=BatchesSpec(size=8, seed=2))
    assert_array_equal(same_start, start)
    assert (end != other_end).any()


def test_single_precision_stays_single():
    trainer = Trainer(replace(SMALL, precision="float32", optimizer=Adam()))
    trainer.advance(5)
    snapshot = trainer.snapshot()
    vectors = snapshot.parameters, snapshot.gradient, snapshot.update, trainer.rule.state
    assert {vector.dtype for vector in vectors} == {np.dtype("float32")}
    double = Trainer(replace(SMALL, optimizer=Adam()))
    double.advance(5)
    assert_allclose(snapshot.parameters, double.network.parameters, atol=1e-4)
    assert (snapshot.parameters != double.network.parameters).any()


# A step


def test_a_partial_batch_is_averaged_over_its_own_size():
    """Linear regression with one weight vector, the last step of an epoch worked out by hand."""
    experiment = replace(
        SMALL, data=Data(dataset=Plane(samples=8), test=0), network=NetworkSpec(layers=(Affine(units=1),))
    )
    trainer = Trainer(replace(experiment, batches=BatchesSpec(size=5), optimizer=SGD(learning_rate=0.5)))
    trainer.advance(1)
    w = trainer.network.parameters.copy()
    trainer.advance(1)
    indices = Batches(8, 5, seed=1).at(1)
    assert len(indices) == 3
    x, t = trainer.parts.train.inputs[indices], trainer.parts.train.targets[indices][:, 0]
    error = x @ w[:2] + w[2] - t
    gradient = np.array([(error * x[:, 0]).sum() / 3, (error * x[:, 1]).sum() / 3, error.sum() / 3])
    assert_allclose(trainer.network.parameters, w - 0.5 * gradient, rtol=1e-13)
    assert_allclose(trainer.record.losses()[1], (error**2).sum() / 6, rtol=1e-13)
    assert_allclose(trainer.record.gradient_norms()[1], [np.sqrt((gradient**2).sum())], rtol=1e-13)
    assert trainer.epoch == 1


def test_a_batch_larger_than_the_data_is_the_data():
    trainer = Trainer(replace(SMALL, batches=BatchesSpec(size=1000)))
    trainer.advance(2)
    assert trainer.epoch == 2
    assert len(trainer.snapshot().batch) == 21


def test_what_a_snapshot_shows():
    trainer = Trainer(SMALL)
    start = trainer.snapshot()
    assert (start.step, start.epoch, start.batch_loss, len(start.batch)) == (0, 0, None, 0)
    assert_array_equal(start.gradient, 0)
    assert_array_equal(start.update, 0)
    trainer.advance(3)
    before = trainer.snapshot()
    trainer.advance(1)
    after = trainer.snapshot()
    assert (after.step, after.epoch) == (4, 1)
    assert_allclose(after.update, after.parameters - before.parameters, rtol=1e-15)
    assert_allclose(after.update, -0.1 * after.gradient, rtol=1e-12, atol=1e-15)  # SGD
    assert_array_equal(after.batch, Batches(21, 8, seed=1).at(3))
    assert after.batch_loss == trainer.record.losses()[-1]
    assert len(trainer.record.losses()) == 4


def test_a_snapshot_is_a_copy_that_cannot_be_written_to():
    trainer = Trainer(SMALL)
    trainer.advance(1)
    snapshot = trainer.snapshot()
    vectors = snapshot.parameters, snapshot.gradient, snapshot.update, snapshot.batch
    before = [vector.copy() for vector in vectors]
    trainer.advance(5)
    for vector, kept in zip(vectors, before, strict=True):
        assert_array_equal(vector, kept)
        with pytest.raises(ValueError, match="read-only"):
            vector[0] = 0


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
    assert bits(trainer)[:3] == bits(whole)[:3]


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
    assert bits(retuned) == bits(whole)


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


# Divergence

DIVERGING = replace(
    SMALL,
    data=Data(dataset=Plane(samples=29)),
    network=NetworkSpec(layers=(Affine(units=4, weights=He()), ReLU(), Affine(units=1, weights=He()))),
    optimizer=Momentum(learning_rate=100.0),
)
# Adaptive rules bound the update and diverge only where rounding is coarse: ten factors of a thousand in float32.
BOUNDED = replace(
    DIVERGING,
    network=NetworkSpec(layers=(*[Affine(units=2, weights=Normal(std=1.0))] * 9, Affine(units=1))),
    precision="float32",
)


def kept(trainer):
    return trainer.network.parameters.tobytes(), trainer.rule.state.tobytes(), trainer.rule.count, trainer.steps


@every_optimizer
def test_a_diverged_run_is_the_run_stopped_at_its_last_finite_loss(optimizer):
    plain = optimizer in (SGD, Momentum)
    experiment = replace(DIVERGING if plain else BOUNDED, optimizer=optimizer(learning_rate=100.0 if plain else 1000.0))
    trainer = Trainer(experiment)
    assert not trainer.advance(1000)
    assert trainer.diverged is not None and trainer.finished
    assert not np.isfinite(trainer.diverged.loss)
    assert np.isfinite(trainer.record.losses()).all()
    assert trainer.diverged.step == len(trainer.record.losses()) + 1 >= 2

    stopped = Trainer(experiment)
    stopped.advance(trainer.diverged.step - 2)  # one step more computed the last finite loss, and went too far
    assert kept(trainer) == kept(stopped)
    assert stopped.advance(1)
    assert_array_equal(stopped.record.losses(), trainer.record.losses())

    assert not trainer.advance(10)  # it stays where it is
    assert kept(trainer)[2:] == (trainer.rule.count, trainer.diverged.step - 2)


def test_the_snapshot_of_a_diverged_run_shows_the_last_finite_loss():
    trainer, stopped = Trainer(DIVERGING), Trainer(DIVERGING)
    trainer.advance(1000)
    stopped.advance(trainer.diverged.step - 1)
    snapshot, there = trainer.snapshot(), stopped.snapshot()
    assert snapshot.step == there.step - 1
    assert_array_equal(snapshot.update, 0)
    assert_array_equal(snapshot.gradient, there.gradient)
    assert_array_equal(snapshot.batch, there.batch)
    assert snapshot.batch_loss == there.batch_loss


def test_what_it_says():
    trainer = Trainer(DIVERGING)
    trainer.advance(1000)
    step, loss = trainer.diverged.step, trainer.diverged.loss
    assert str(trainer.diverged.message) == (
        f"diverged at step {step}: the loss became {loss}; the learning rate 100.0 is the likely cause"
    )
    assert str(Diverged(1234, float("inf"), 3.0).message).startswith("diverged at step 1,234: the loss became inf; the")


def test_initial_weights_may_be_the_cause():
    layers = (*[Affine(units=3, weights=Normal(std=1000))] * 80, Affine(units=1))
    trainer = Trainer(replace(DIVERGING, network=NetworkSpec(layers=layers)))
    start = kept(trainer)
    assert not trainer.advance(5)
    assert kept(trainer) == start
    assert trainer.steps == 0 and len(trainer.record.losses()) == 0
    assert "initial weights" in str(trainer.diverged.message)
    assert "step 1:" in str(trainer.diverged.message)


def test_after_a_change_by_hand_it_may_try_again():
    trainer = Trainer(DIVERGING)
    trainer.advance(1000)
    steps, last = trainer.steps, trainer.record.losses()[-1]
    trainer.retune(Momentum(learning_rate=1e-30, momentum=0.0))
    assert trainer.diverged is None
    assert len(trainer.record.losses()) == steps
    assert all(e.step <= steps for e in trainer.record.evaluations)
    assert trainer.advance(1)
    assert trainer.record.losses()[-1] == last  # the same batch at the same parameters
    assert len(trainer.record.losses()) == trainer.steps == steps + 1


def test_another_optimizer_right_before_the_divergence():
    """The update that is undone was another optimizer's: the new one has none to forget."""
    trainer = Trainer(DIVERGING)
    with np.errstate(all="ignore"):
        probe = Trainer(DIVERGING)
        probe.advance(1000)
        for _ in range(probe.diverged.step - 1):
            trainer.step()
    trainer.retune(Adam())
    assert not trainer.advance(1)
    assert kept(trainer)[0] == kept(probe)[0]
    assert trainer.rule.count == 0 and not trainer.rule.state.any()
    trainer.retune(Adam(learning_rate=0.001))
    assert trainer.advance(1)
    assert trainer.rule.count == 1


def test_one_update_is_undone_once():
    """Diverged, set right by hand with a number that is as bad: nothing is left to undo."""
    trainer = Trainer(DIVERGING)
    trainer.advance(1000)
    steps, count = trainer.steps, trainer.rule.count
    for _ in range(3):
        trainer.set_parameter(0, 1e308)
        trainer.set_parameter(12, 1e308)
        trainer.set_parameter(16, 1e308)
        assert trainer.diverged is None
        assert not trainer.advance(1)
        assert (trainer.steps, trainer.rule.count) == (steps, count)
        assert trainer.diverged.step == steps + 1


def test_a_score_that_overflows_is_quiet():
    layers = (Affine(units=1, weights=Normal(std=1000)), Identity())
    trainer = Trainer(replace(SMALL, network=NetworkSpec(layers=layers), loss=SigmoidCrossEntropy()))
    assert trainer.advance(20)  # no warning: they are errors here
