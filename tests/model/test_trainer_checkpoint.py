"""A trainer goes back to a checkpoint, and takes changes on its way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model.batches import Batches
from model.datasets import Gaussians
from model.experiment import BatchesSpec
from model.optimizers import OPTIMIZERS, Adam
from model.trainer import Trainer
from tests.model.straight_way import PLAIN as SMALL
from tests.model.straight_way import now, written

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)


def bits(trainer):
    return now(trainer), written(trainer.record)


@every_optimizer
@settings(max_examples=6)
@given(kept_at=st.integers(0, 12), further=st.integers(0, 9), more=st.integers(0, 9))
def test_a_step_done_again_from_a_checkpoint_has_the_same_bits(optimizer, kept_at, further, more):
    trainer, whole = (Trainer(replace(SMALL, optimizer=optimizer())) for _ in range(2))
    trainer.advance(kept_at)
    checkpoint = trainer.checkpoint()
    trainer.advance(further)
    trainer.restore(checkpoint)
    seen = trainer.snapshot()
    assert (seen.step, len(seen.batch)) == (kept_at, 0)
    assert not seen.gradient.any() and not seen.update.any()  # of the step before nothing is known
    trainer.replay(further)
    trainer.advance(more + 1)
    whole.advance(kept_at + further + more + 1)
    assert bits(trainer) == bits(whole)


def test_a_checkpoint_is_a_copy():
    trainer = Trainer(replace(SMALL, optimizer=Adam()))
    trainer.advance(3)
    checkpoint = trainer.checkpoint()
    before = checkpoint.parameters.tobytes(), checkpoint.state.tobytes()
    trainer.advance(3)
    trainer.restore(checkpoint)
    trainer.advance(3)
    assert (checkpoint.parameters.tobytes(), checkpoint.state.tobytes()) == before
    with pytest.raises(ValueError, match="read-only"):
        checkpoint.parameters[0] = 1


def test_back_before_changes_of_every_kind():
    trainer, whole = Trainer(SMALL), Trainer(SMALL)
    trainer.advance(4)
    checkpoint = trainer.checkpoint()
    trainer.retune(Adam())
    trainer.resize_batches(5)
    trainer.take_data(replace(SMALL.data, dataset=Gaussians(samples=40, noise=0.7)))
    trainer.set_parameter(2, 0.5)
    trainer.restore(checkpoint)
    trainer.advance(7)
    whole.advance(11)
    assert bits(trainer) == bits(whole)
    assert trainer.experiment == SMALL


def test_another_batch_size_ends_the_epoch():
    trainer = Trainer(SMALL)
    trainer.advance(4)  # one step into the second epoch
    trainer.resize_batches(10)  # of 21: three steps an epoch
    assert trainer.epoch == 2
    assert [e.step for e in trainer.record.evaluations] == [0, 3]
    trainer.advance(3)
    assert trainer.epoch == 3
    assert [e.step for e in trainer.record.evaluations] == [0, 3, 7]
    assert_array_equal(trainer.snapshot().batch, Batches(21, 10, seed=1).at(2 * 3 + 2))
    assert trainer.experiment.batches == BatchesSpec(size=10)


def test_other_data_are_learnt_from_and_measured():
    data = replace(SMALL.data, dataset=Gaussians(samples=40, noise=0.7))
    trainer, other = Trainer(SMALL), Trainer(replace(SMALL, data=data))
    trainer.advance(3)
    trainer.take_data(data)
    assert trainer.parts.train.inputs.tobytes() == other.parts.train.inputs.tobytes()
    trainer.network.parameters[:] = other.network.parameters
    trainer.advance(other.batches.per_epoch)
    other.advance(2 * other.batches.per_epoch)  # the epoch is the second of both, the weights are not
    assert trainer.snapshot().batch.tobytes() == other.snapshot().batch.tobytes()
    measured = trainer.record.evaluations[-1]
    assert measured.step == trainer.steps
    y, t = trainer.network.outputs(trainer.parts.test.inputs), trainer.encoding.encode(trainer.parts.test.targets)
    assert_allclose(measured.test_loss, ((y - t) ** 2).mean() / 2, rtol=1e-13)


def test_a_run_that_went_back_writes_only_what_is_new():
    trainer, whole = Trainer(SMALL), Trainer(SMALL)
    start = trainer.checkpoint()
    trainer.advance(10)
    for steps in (4, 10, 13):
        trainer.restore(start)
        trainer.advance(steps)
    whole.advance(13)
    assert bits(trainer) == bits(whole)
