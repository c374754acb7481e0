"""Each finding on a record written by hand, at its threshold: on one side it is made, on the other it is not."""

import numpy as np
import pytest
from msgspec.structs import replace

from model.clipping import Clipping
from model.diagnosis import Evidence, SampledNetwork, diagnose, evidence_of
from model.diagnosis.gradient_flow import exploding, vanishing
from model.diagnosis.learning_rate import too_high, too_low
from model.diagnosis.overfitting import overfitting
from model.diagnosis.plateau import plateau
from model.experiment import Experiment
from model.record import Evaluation
from model.schedules import StepDecay
from model.trainer import Trainer
from tests.model.diagnosis.experiments import affine, experiment, stack

TWO_LAYERS = experiment("xor", stack(1, 4, "tanh"), data={"validation": 0.2})
CHANCE = np.log(2)


def evidence(losses, norms=None, evaluations=(), of: Experiment = TWO_LAYERS) -> Evidence:
    """What would be known of a run with these mini-batch losses, gradient norms (steps, layers) and evaluations."""
    trainer = Trainer(of)
    losses = np.asarray(losses, float)
    norms = np.ones((len(losses), len(trainer.record.layers))) if norms is None else np.asarray(norms, float)
    start = trainer.record.evaluations[0]
    trainer.record.fill(losses, norms**2, list(evaluations) or [start])
    trainer.steps = len(losses)
    return evidence_of(trainer)


def start_of(of: Experiment = TWO_LAYERS) -> float:
    return Trainer(of).record.evaluations[0].train_loss


@pytest.mark.parametrize(("times", "found"), [(1.9, False), (2.1, True)])
@pytest.mark.parametrize("steps", [3, 60])
def test_the_learning_rate_is_too_high_above_twice_the_loss_at_the_start(times, found, steps):
    assert bool(list(too_high(evidence([times * start_of()] * steps)))) is found


def test_a_wild_batch_now_and_then_is_no_alarm():
    losses = np.full(100, 0.5)
    losses[::5] = 50.0  # one in five; one in four would be
    assert not list(too_high(evidence(losses)))
    assert not list(too_high(evidence([99.0, 99.0])))  # and two steps are too few


@pytest.mark.parametrize(("ratio", "found"), [(1 / 900, False), (1 / 1100, True), (0.0, True), (1.0, False)])
def test_the_gradient_vanishes_below_a_thousandth(ratio, found):
    made = list(vanishing(evidence(np.full(30, CHANCE), np.tile([ratio, 1.0], (30, 1)))))
    assert bool(made) is found
    if found:
        assert made[0].number == pytest.approx(ratio)


def test_it_does_not_vanish_where_it_was_needed_no_more_or_where_too_little_is_known():
    assert not list(vanishing(evidence(np.full(30, 0.1 * CHANCE), np.tile([1e-9, 1.0], (30, 1)))))
    assert not list(vanishing(evidence(np.full(19, CHANCE), np.tile([1e-9, 1.0], (19, 1)))))
    one = experiment("xor", [affine(1)])
    assert not list(vanishing(evidence(np.full(30, CHANCE), np.full((30, 1), 1e-9), of=one)))


def test_a_gradient_that_vanishes_in_a_few_batches_only_is_no_alarm():
    norms = np.tile([1.0, 1.0], (50, 1))
    norms[::3, 0] = 1e-9
    assert not list(vanishing(evidence(np.full(50, CHANCE), norms)))


@pytest.mark.parametrize(("norms", "found"), [((900, 1), False), ((1100, 1), True), ((1e-3, 1e-7), True)])
def test_the_gradient_explodes_above_a_thousand(norms, found):
    small = np.asarray(norms) / 1000  # so that its size is no sign
    assert bool(list(exploding(evidence(np.full(30, CHANCE), np.tile(small, (30, 1)))))) is found


def test_the_gradient_explodes_where_it_is_ten_times_as_long_as_the_parameters():
    length = float(np.linalg.norm(Trainer(TWO_LAYERS).network.parameters))
    share = np.sqrt(0.5) * max(1, length)
    for times, found in ((9.9, False), (10.1, True)):
        seen = evidence(np.full(5, CHANCE), np.full((5, 2), times * share))
        assert bool(list(exploding(seen))) is found
    clipped = replace(TWO_LAYERS, clipping=Clipping(norm=1.0))
    assert not list(exploding(evidence(np.full(5, CHANCE), np.full((5, 2), 1e6), of=clipped)))


def test_a_learning_rate_that_its_schedule_has_lowered_is_not_too_low():
    slow = experiment("xor", stack(1, 8, "tanh"), optimizer={"type": "sgd", "learning_rate": 1e-5})
    for each, found in ((slow, True), (replace(slow, schedule=StepDecay(every=50, decay=0.4)), False)):
        trainer = Trainer(each)
        trainer.advance(99)
        assert not list(too_low(evidence_of(trainer)))
        trainer.advance(1)
        assert bool(list(too_low(evidence_of(trainer)))) is found


@pytest.mark.parametrize(("fall", "found"), [(0.0, True), (0.003, True), (0.008, False), (0.5, False)])
def test_a_plateau_is_a_loss_that_falls_by_less_than_half_a_percent(fall, found):
    losses = np.full(1200, CHANCE)
    losses[900:] *= 1 - fall
    assert bool(list(plateau(evidence(losses)))) is found


def test_a_plateau_takes_a_thousand_steps_and_is_none_where_all_is_learnt():
    assert not list(plateau(evidence(np.full(999, CHANCE))))
    assert not list(plateau(evidence(np.full(1200, 0.4 * CHANCE))))


def measured(train, validation, accuracies=(None, None)) -> Evaluation:
    return Evaluation(0, train, validation, None, accuracies[0], accuracies[1])


def falling_then(validation: float, *, accuracies=(None, None)) -> Evidence:
    """The validation loss falls to 0.3, with the training loss, and ends at `validation` beside 0.05."""
    first = [measured(0.3, 0.3) for _ in range(8)]
    return evidence([0.1] * 20, None, [*first, *(measured(0.05, validation, accuracies) for _ in range(8))])


@pytest.mark.parametrize(
    ("validation", "found"), [(0.3, False), (0.35, False), (0.39, False), (0.41, True), (2.0, True)]
)
def test_overfitting_shows_in_a_loss_that_rises_far_above_that_of_the_training_samples(validation, found):
    made = list(overfitting(falling_then(validation)))  # half of the chance level is 0.347: it lies above 0.397
    assert bool(made) is found
    if found:
        assert str(made[0].sentence).startswith(f"the validation loss has risen from 0.3 to {validation:.3g}")


def test_a_network_that_knows_nothing_has_learnt_nothing_by_heart():
    """A learning rate that is too high throws both losses about."""
    every = [measured(0.3, 0.3)] * 8 + [measured(4.1, 5.3)] * 8
    assert not list(overfitting(evidence([4.0] * 20, None, every)))


@pytest.mark.parametrize(("unseen", "found"), [(0.95, False), (0.91, False), (0.86, True)])
def test_overfitting_shows_in_the_accuracies(unseen, found):
    every = [measured(0.05, 0.1, (1.0, unseen)) for _ in range(10)]
    made = list(overfitting(evidence([0.1] * 20, None, every)))
    assert bool(made) is found
    if found:
        assert "100 % of the training samples" in str(made[0].sentence) and "86 %" in str(made[0].sentence)


def test_a_gap_that_chance_explains_is_none():
    """Of 8 samples the share of right ones deviates by 0.15: half of them wrong is no proof."""
    few = experiment({"type": "xor", "samples": 40}, stack(1, 4, "tanh"), data={"validation": 0.2})
    every = [measured(0.05, 0.1, (1.0, 0.6)) for _ in range(10)]
    assert not list(overfitting(evidence([0.1] * 20, None, every, of=few)))


def test_without_held_out_samples_nothing_is_said():
    none = experiment("xor", stack(1, 4, "tanh"), data={"validation": 0.0, "test": 0.0})
    every = [Evaluation(0, 0.05, None, None, 1.0) for _ in range(10)]
    assert not list(overfitting(evidence([0.1] * 20, None, every, of=none)))


def test_a_rewound_run_is_judged_by_its_past():
    """What its record holds of later steps does not count."""
    trainer = Trainer(TWO_LAYERS)
    trainer.record.fill(np.full(60, 100.0), np.ones((60, 2)), trainer.record.evaluations)
    trainer.steps = 60
    assert "learning rate too high" in [each.kind for each in diagnose(evidence_of(trainer))]
    trainer.steps = 0
    assert diagnose(evidence_of(trainer)) == ()


def test_the_network_that_learns_is_left_alone():
    trainer = Trainer(TWO_LAYERS)
    trainer.advance(20)
    before = trainer.network.numbers.tobytes(), trainer.network.gradient.tobytes()
    sampled = SampledNetwork(TWO_LAYERS, trainer.parts)
    diagnose(evidence_of(trainer, sampled))
    sampled.losses_along(trainer.network.numbers, trainer.snapshot().update, (0, 1, 100))
    assert (trainer.network.numbers.tobytes(), trainer.network.gradient.tobytes()) == before
