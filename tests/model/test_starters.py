"""What each starter experiment promises, on three seeds of three: data, weights and batches drawn anew (the large ones
on one)."""

import time
from functools import cache

import numpy as np
import pytest
from msgspec import structs

from model.experiment import EvaluationSpec, Experiment, NetworkSpec, Stop
from model.experiment_file import changed, to_json
from model.initial_weights import starting_from
from model.initializers import He, HeUniform, Xavier, XavierUniform
from model.layers import Affine, Convolution, Flatten, MaxPooling, ReLU, Sigmoid
from model.remedies import DropUnits, MoreData, NormalizeBatches, Remedy
from model.starters import FOLDER, STARTERS, starter
from model.trainer import Trainer

SEEDS = (1, 2, 3)
ONE_SEED = SEEDS[:1]  # where a run takes a second or more: the suite has to stay short
MOST_SECONDS = 10.0


def seeded(experiment: Experiment, seed: int) -> Experiment:
    return changed(
        experiment,
        data=structs.replace(experiment.data, seed=seed),
        weights=structs.replace(experiment.weights, seed=seed),
        batches=structs.replace(experiment.batches, seed=seed),
    )


@cache
def run(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment)
    began = time.process_time()
    trainer.advance(1_000_000)
    assert time.process_time() - began < MOST_SECONDS
    assert trainer.finished
    return trainer


def accuracy_at_the_end(trainer: Trainer) -> float:
    accuracy = trainer.record.evaluations[-1].test_accuracy
    assert accuracy is not None
    assert trainer.record.evaluations[-1].step == trainer.steps == trainer.experiment.stop.step
    return accuracy


def hidden_layers(experiment: Experiment) -> int:
    return sum(isinstance(layer, Affine) for layer in experiment.network.layers) - 1


def test_every_file_in_the_folder_is_a_starter() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(each.path for each in STARTERS.values())
    assert all(each.path.stem == name for name, each in STARTERS.items())


@pytest.mark.parametrize("name", STARTERS)
def test_a_file_spells_out_every_field_so_that_a_new_default_changes_no_starter(name: str) -> None:
    assert STARTERS[name].path.read_bytes() == to_json(starter(name))


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_stops_by_itself_and_keeps_samples_for_the_test(name: str) -> None:
    experiment = starter(name)
    assert experiment.stop.step is not None
    assert experiment.data.test > 0
    assert (experiment.data.validation > 0) == (name == "overfit")  # which is judged by samples of its own


@pytest.mark.parametrize("seed", SEEDS)
def test_linear_needs_no_hidden_layer(seed: int) -> None:
    experiment = seeded(starter("linear"), seed)
    assert hidden_layers(experiment) == 0
    assert accuracy_at_the_end(run(experiment)) >= 0.98


@pytest.mark.parametrize("seed", SEEDS)
def test_xor_needs_its_hidden_layer(seed: int) -> None:
    experiment = seeded(starter("xor"), seed)
    assert hidden_layers(experiment) == 1
    assert accuracy_at_the_end(run(experiment)) >= 0.97
    output = experiment.network.layers[-1:]
    without = changed(experiment, network=structs.replace(experiment.network, layers=output))
    assert accuracy_at_the_end(run(without)) <= 0.7


@pytest.mark.parametrize("seed", SEEDS)
def test_spiral(seed: int) -> None:
    experiment = seeded(starter("spiral"), seed)
    assert experiment.data.dataset.noise == 0.2  # pyright: ignore[reportAttributeAccessIssue]
    assert accuracy_at_the_end(run(experiment)) >= 0.96


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_vanishes_in_a_deep_sigmoid_network(seed: int) -> None:
    experiment = seeded(starter("vanishing"), seed)
    assert hidden_layers(experiment) >= 5
    assert {type(layer) for layer in experiment.network.layers} == {Affine, Sigmoid}
    norms = run(experiment).record.gradient_norms()
    # A mini-batch may by chance ask nothing of the last layer either: hence not literally at every step.
    assert np.mean(norms[:, 0] < norms[:, -1] / 1000) > 0.999
    assert norms[:, 0].mean() < norms[:, -1].mean() / 1000


@pytest.mark.parametrize("seed", SEEDS)
def test_diverging_stops_by_itself_and_says_why(seed: int) -> None:
    experiment = seeded(starter("diverging"), seed)
    assert experiment.data.dataset.task == "regression"
    assert any(isinstance(layer, ReLU) for layer in experiment.network.layers)
    trainer = run(experiment)
    assert trainer.diverged is not None
    assert experiment.stop.step is not None
    assert trainer.diverged.step < experiment.stop.step
    assert str(trainer.diverged.message) == (
        f"diverged at step {trainer.diverged.step}: the loss became inf; the learning rate 0.1 is the likely cause"
    )
    assert np.isfinite(trainer.network.parameters).all()


def test_diverging_learns_at_a_tenth_of_its_learning_rate() -> None:
    experiment = starter("diverging")
    slower = changed(experiment, optimizer=structs.replace(experiment.optimizer, learning_rate=0.01))
    evaluations = run(slower).record.evaluations
    assert evaluations[-1].train_loss < evaluations[0].train_loss / 10


@pytest.mark.parametrize("seed", SEEDS)
def test_curve(seed: int) -> None:
    trainer = run(seeded(starter("curve"), seed))
    targets = trainer.parts.test.targets
    predicted = trainer.network.outputs(trainer.parts.test.inputs)
    assert 1 - np.square(predicted - targets).sum() / np.square(targets - targets.mean()).sum() >= 0.98


@pytest.mark.parametrize("seed", SEEDS)
def test_iris(seed: int) -> None:
    trainer = run(seeded(starter("iris"), seed))
    assert trainer.parts.input_shape == (4,)
    assert accuracy_at_the_end(trainer) >= 0.93


@pytest.mark.parametrize("seed", ONE_SEED)
def test_init_learns_nothing_from_its_weights_and_everything_from_better_ones(seed: int) -> None:
    experiment = seeded(starter("init"), seed)
    assert hidden_layers(experiment) == 5
    trainer = run(experiment)
    assert trainer.record.evaluations[-1].train_loss == pytest.approx(np.log(10), abs=0.01)
    assert accuracy_at_the_end(trainer) < 0.2
    shorter = changed(experiment, stop=Stop(step=300))  # is enough for the others
    for rule in (Xavier(), He(), XavierUniform(), HeUniform()):
        assert accuracy_at_the_end(run(starting_from(shorter, rule, seed))) >= 0.94


@pytest.mark.parametrize("seed", SEEDS)
def test_digits(seed: int) -> None:
    experiment = seeded(starter("digits"), seed)
    assert isinstance(experiment.network.layers[0], Flatten)
    assert accuracy_at_the_end(run(experiment)) >= 0.95


@pytest.mark.parametrize("seed", ONE_SEED)
def test_overfit_and_what_its_card_says_of_the_remedies(seed: int) -> None:
    """All digits are known by heart. Dropout narrows the gap, more data close most of it, batch norm widens it."""
    experiment = seeded(starter("overfit"), seed)
    assert hidden_layers(experiment) == 6 and experiment.data.training_samples == 100
    # Only the end is looked at: measuring takes as long as learning, and changes nothing in what is learnt.
    seldom = changed(experiment, evaluation=EvaluationSpec(every=1000, unit="step"))

    def end(remedy: Remedy | None = None) -> tuple[float, float]:
        last = run(seldom if remedy is None else remedy.applied(seldom)).record.evaluations[-1]
        assert last.train_accuracy is not None and last.validation_accuracy is not None
        return last.train_accuracy, last.train_accuracy - last.validation_accuracy

    train, gap = end()
    assert train == 1 and gap > 0.1
    assert end(DropUnits())[1] < gap - 0.02
    assert end(MoreData())[1] < gap / 2
    assert end(NormalizeBatches())[1] > gap + 0.02


@pytest.mark.parametrize("seed", SEEDS)
def test_filters_for_digits(seed: int) -> None:
    experiment = seeded(starter("cnn-digits"), seed)
    learnt = accuracy_at_the_end(run(experiment))
    assert learnt >= 0.97
    convolution, *behind = experiment.network.layers
    assert isinstance(convolution, Convolution)
    one = changed(experiment, network=NetworkSpec((structs.replace(convolution, filters=1), *behind)))
    assert accuracy_at_the_end(run(one)) <= learnt - 0.03


@pytest.mark.parametrize("seed", ONE_SEED)
def test_mnist_by_convolution(seed: int) -> None:
    experiment = seeded(starter("cnn-mnist"), seed)
    layers = experiment.network.layers
    assert layers[:3] == (Convolution(filters=16, size=5), ReLU(), MaxPooling())
    assert [layer.units for layer in layers if isinstance(layer, Affine)] == [100, 10]
    trainer = run(experiment)
    assert (len(trainer.parts.train.inputs), len(trainer.parts.test.inputs)) == (4000, 1000)
    assert experiment.precision == "float32"
    assert accuracy_at_the_end(trainer) >= 0.95


def test_mnist_without_its_filters() -> None:
    experiment = starter("cnn-mnist")
    plain = changed(experiment, network=NetworkSpec(experiment.network.layers[3:]))
    assert accuracy_at_the_end(run(plain)) <= accuracy_at_the_end(run(experiment)) - 0.025
