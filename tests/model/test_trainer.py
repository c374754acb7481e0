"""The same experiment gives the same bits, however it is run; and what a step does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model.batches import Batches
from model.data import Data
from model.datasets import Gaussians, Plane
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Weights
from model.layers import Affine, Tanh
from model.optimizers import OPTIMIZERS, SGD, Adam
from model.trainer import Trainer

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
