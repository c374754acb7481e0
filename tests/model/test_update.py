"""The update of a step: a schedule, a penalty and clipping leave the gradient of the data alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.testing import assert_allclose, assert_array_equal

from model.batch_loss import BatchLoss
from model.clipping import Clipping
from model.gradient_check import compare
from model.optimizers import OPTIMIZERS, SGD, Adam, Momentum
from model.regularization import Regularization
from model.schedules import SCHEDULES, ConstantRate, Cosine, StepDecay, WarmUp
from model.trainer import Trainer
from tests.model.straight_way import PLAIN, SMALL, now

ALL = {
    "schedule": StepDecay(every=5),
    "regularization": Regularization(l1=0.01, l2=0.1),
    "clipping": Clipping(norm=0.1),
}
every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda kind: kind.__name__)


def test_where_nothing_is_asked_the_optimizer_reads_backwards_own_vector():
    trainer = Trainer(PLAIN)
    assert trainer.rule.gradient is trainer.network.gradient
    trainer.change_update(**ALL)
    assert trainer.rule.gradient is not trainer.network.gradient
    trainer.change_update(regularization=Regularization(), clipping=Clipping())
    assert trainer.rule.gradient is trainer.network.gradient


@every_optimizer
def test_a_step_taken_apart_has_the_gradient_of_the_data_and_changes_nothing(optimizer):
    watched, alone = (Trainer(replace(SMALL, optimizer=optimizer(), **ALL)) for _ in range(2))
    for _ in range(7):
        step = watched.look_inside()
        assert now(watched) == now(alone)
        watched.advance(1)
        alone.advance(1)
        assert_array_equal(step.gradient, watched.snapshot().gradient)
    assert now(watched) == now(alone)


def test_the_gradient_of_the_data_still_passes_its_check():
    trainer = Trainer(replace(PLAIN, **ALL))
    trainer.advance(20)
    step = trainer.look_inside()
    loss = BatchLoss(trainer.experiment, trainer.parts, trainer.network.parameters, step.batch, trainer.steps)
    assert_allclose(loss.gradient(), step.gradient, rtol=1e-12, atol=1e-15)
    found = compare(loss)
    assert found is not None and found.agrees


@every_optimizer
def test_a_learning_rate_on_a_schedule_is_that_of_one_who_sets_it_at_every_step(optimizer):
    schedule = Cosine(horizon=30, warm_up=5)
    scheduled, by_hand = (
        Trainer(replace(PLAIN, optimizer=optimizer(), schedule=schedule)),
        Trainer(replace(PLAIN, optimizer=optimizer())),
    )
    rate = optimizer().learning_rate
    for step in range(40):
        scheduled.step()
        by_hand.retune(optimizer(learning_rate=rate * schedule.factor(step)))
        by_hand.step()
        assert_array_equal(scheduled.network.parameters, by_hand.network.parameters)
        assert_array_equal(scheduled.rule.state, by_hand.rule.state)


def test_a_constant_schedule_again_has_the_learning_rate_in_full():
    trainer = Trainer(replace(PLAIN, optimizer=SGD(learning_rate=0.5), schedule=WarmUp(warm_up=100)))
    trainer.advance(10)
    assert trainer.rule.learning_rate == 0.5 * 10 / 100
    trainer.change_update(schedule=ConstantRate())
    assert trainer.rule.learning_rate == 0.5


def test_at_the_end_of_a_cosine_nothing_moves():
    trainer = Trainer(replace(PLAIN, schedule=Cosine(horizon=20)))
    trainer.advance(20)
    before = trainer.network.parameters.copy()
    trainer.advance(5)
    assert_array_equal(trainer.network.parameters, before)


@settings(max_examples=30, deadline=None)
@given(
    kind=st.sampled_from(OPTIMIZERS),
    schedule=st.sampled_from(SCHEDULES),
    l1=st.sampled_from([0.0, 0.01]),
    l2=st.sampled_from([0.0, 0.1]),
    longest=st.sampled_from([None, 0.05]),
    kept_at=st.integers(0, 20),
    precision=st.sampled_from(["float64", "float32"]),
)
def test_from_a_checkpoint_it_goes_on_with_the_same_bits(kind, schedule, l1, l2, longest, kept_at, precision):
    experiment = replace(
        SMALL,
        optimizer=kind(),
        schedule=schedule(),
        regularization=Regularization(l1=l1, l2=l2),
        clipping=Clipping(norm=longest),
        precision=precision,
    )
    whole, again = Trainer(experiment), Trainer(SMALL if precision == "float64" else experiment)
    whole.advance(kept_at)
    checkpoint = whole.checkpoint()
    again.restore(checkpoint)
    for trainer in (whole, again):
        trainer.advance(9)
    for one, other in (
        (whole.network.parameters, again.network.parameters),
        (whole.network.gradient, again.network.gradient),
        (whole.rule.state, again.rule.state),
    ):
        assert one.tobytes() == other.tobytes()
    assert (whole.steps, whole.rule.count, whole.experiment) == (again.steps, again.rule.count, again.experiment)


def test_other_fields_keep_what_the_optimizer_remembers():
    trainer = Trainer(replace(PLAIN, optimizer=Momentum()))
    trainer.advance(4)
    v, w, rule = trainer.rule.state.copy(), trainer.network.parameters.copy(), trainer.rule
    trainer.change_update(**ALL)
    assert trainer.rule is rule and rule.count == 4
    assert_array_equal(rule.state, v)
    assert_array_equal(trainer.network.parameters, w)
    trainer.change_update(optimizer=Adam())
    assert trainer.rule.count == 0
    assert trainer.experiment == replace(PLAIN, optimizer=Adam(), **ALL)
    assert trainer.rule.gradient is not trainer.network.gradient  # the penalty goes on


def test_an_update_is_undone_where_the_run_diverges():
    trainer = Trainer(replace(PLAIN, optimizer=SGD(learning_rate=1.0), regularization=Regularization(l2=10.0)))
    trainer.advance(2000)  # every step multiplies the weights by 1 - 10
    assert trainer.diverged is not None
    assert trainer.diverged.learning_rate == 1.0
    assert np.isfinite(trainer.network.parameters).all()


def test_a_divergence_names_the_learning_rate_in_force():
    experiment = replace(
        PLAIN,
        optimizer=SGD(learning_rate=1.0),
        regularization=Regularization(l2=10.0),
        schedule=WarmUp(warm_up=10_000),
    )
    trainer = Trainer(experiment)
    trainer.advance(5000)
    assert trainer.diverged is not None
    assert trainer.diverged.learning_rate == (trainer.diverged.step - 1) / 10_000
