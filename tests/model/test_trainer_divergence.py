"""A run that diverges stops by itself, where it was healthy for the last time, and says so."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.testing import assert_array_equal

from model.data import Data
from model.datasets import Gaussians, Plane
from model.experiment import BatchesSpec, Experiment, NetworkSpec
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


def test_a_change_right_before_the_divergence_is_not_taken_back():
    """The run stands where the change was made: it belongs to that step, and would be gone one step before."""
    trainer, probe = Trainer(DIVERGING), Trainer(DIVERGING)
    probe.advance(1000)
    with np.errstate(all="ignore"):
        for _ in range(probe.diverged.step - 1):
            trainer.step()
    before = trainer.network.parameters.copy()
    trainer.retune(Adam())
    assert not trainer.advance(1)
    assert trainer.diverged.step == probe.diverged.step == trainer.steps + 1
    assert_array_equal(trainer.network.parameters, before)
    assert trainer.rule.count == 0 and not trainer.rule.state.any()
    assert trainer.snapshot().batch_loss == trainer.record.losses()[-1]


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
