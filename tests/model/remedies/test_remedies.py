"""What each remedy does to an experiment: one thing, and everything else stays, down to the initial weights."""

import numpy as np
import pytest
from msgspec import structs

from model.data import Data, load
from model.datasets import Digits, Gaussians, Iris, Sine
from model.experiment import Experiment, NetworkSpec, Stop
from model.experiment_file import checked
from model.hyperparameter import hyperparameters
from model.layers import Affine, BatchNorm, Convolution, Dropout, Flatten, Maxout, MaxPooling, ReLU, Tanh
from model.losses import SoftmaxCrossEntropy
from model.regularization import Regularization
from model.remedies import REMEDIES, DropUnits, EarlyStopping, MoreData, NormalizeBatches, WeightDecay
from model.trainer import Trainer

BASE = Experiment(
    data=Data(dataset=Gaussians(samples=100), validation=0.2, test=0.2),
    network=NetworkSpec(layers=(Affine(units=3), Tanh(), Affine(units=4), ReLU(), Affine(units=1))),
)
IMAGES = Experiment(
    data=Data(dataset=Digits(), validation=0.2, training_samples=50),
    network=NetworkSpec(
        layers=(Convolution(filters=2, padding=1), ReLU(), MaxPooling(), Flatten(), Maxout(units=6), Affine(units=10))
    ),
    loss=SoftmaxCrossEntropy(),
)
NO_HIDDEN = structs.replace(BASE, network=NetworkSpec(layers=(Affine(units=1),)))


def kinds(experiment):
    return [type(layer).__name__ for layer in experiment.network.layers]


@pytest.mark.parametrize("kind", REMEDIES, ids=lambda kind: kind.__name__)
def test_each_has_one_number_a_label_a_meaning_and_a_name_for_sentences(kind) -> None:
    assert len(hyperparameters(kind)) == 1
    assert kind.label and kind.meaning and kind.called


@pytest.mark.parametrize("kind", REMEDIES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("base", [BASE, IMAGES], ids=["points", "images"])
def test_every_weight_begins_as_without_it_and_it_can_run(kind, base) -> None:
    remedy = kind()
    assert remedy.obstacle(base) is None
    after = checked(remedy.applied(base))
    assert after != base

    def weights(experiment):
        trainer = Trainer(experiment)
        views = trainer.network.layout.views(trainer.network.parameters)
        return [view.copy() for entry, view in views if entry.name == "weights"]

    for one, other in zip(weights(base), weights(after), strict=True):
        np.testing.assert_array_equal(one, other)


def test_weight_decay_changes_l2_alone() -> None:
    base = structs.replace(BASE, regularization=Regularization(l1=0.01, l2=0.5))
    after = WeightDecay(rate=0.2).applied(base)
    assert after.regularization == Regularization(l1=0.01, l2=0.2)
    assert structs.replace(after, regularization=base.regularization) == base


def test_dropout_stands_behind_every_hidden_activation() -> None:
    after = DropUnits(rate=0.25).applied(BASE)
    assert kinds(after) == ["Affine", "Tanh", "Dropout", "Affine", "ReLU", "Dropout", "Affine"]
    drops = [layer for layer in after.network.layers if isinstance(layer, Dropout)]
    assert [layer.rate for layer in drops] == [0.25, 0.25] and len({layer.name for layer in drops}) == 2


def test_dropout_that_is_there_takes_the_rate() -> None:
    once = DropUnits(rate=0.25).applied(BASE)
    twice = DropUnits(rate=0.5).applied(once)
    assert kinds(twice) == kinds(once)
    assert {layer.rate for layer in twice.network.layers if isinstance(layer, Dropout)} == {0.5}


def test_batch_norm_stands_before_every_hidden_activation() -> None:
    after = NormalizeBatches(momentum=0.8).applied(BASE)
    assert kinds(after) == ["Affine", "BatchNorm", "Tanh", "Affine", "BatchNorm", "ReLU", "Affine"]
    assert all(layer.momentum == 0.8 for layer in after.network.layers if isinstance(layer, BatchNorm))
    assert str(NormalizeBatches().obstacle(after)) == "Every hidden layer has batch normalization already."


def test_of_images_the_pooling_is_left_alone() -> None:
    assert kinds(NormalizeBatches().applied(IMAGES)) == [
        "Convolution", "BatchNorm", "ReLU", "MaxPooling", "Flatten", "Maxout", "BatchNorm", "Affine"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [DropUnits, NormalizeBatches])
def test_without_a_hidden_layer_there_is_nothing_to_act_on(kind) -> None:
    assert str(kind().obstacle(NO_HIDDEN)) == "The network has no hidden layer that it could act on."


def test_early_stopping_changes_the_patience_alone() -> None:
    base = structs.replace(BASE, stop=Stop(step=7, loss=0.1))
    assert EarlyStopping(patience=3).applied(base).stop == Stop(step=7, loss=0.1, patience=3)


# More data


def test_a_limit_is_raised_and_the_same_validation_samples_judge() -> None:
    after = MoreData(samples=500).applied(IMAGES)
    before, more = load(IMAGES.data), load(after.data)
    assert (len(before.train.inputs), len(more.train.inputs)) == (50, 500)
    assert before.validation.inputs.tobytes() == more.validation.inputs.tobytes()
    known = {image.tobytes() for image in more.train.inputs}
    assert all(image.tobytes() in known for image in before.train.inputs)  # the same ones and some besides


def test_of_synthetic_data_more_are_drawn() -> None:
    after = MoreData(samples=300).applied(BASE)
    assert len(load(BASE.data).train.inputs) == 60 and len(load(after.data).train.inputs) == 300


@pytest.mark.parametrize(
    ("base", "samples", "sentence"),
    [
        (BASE, 60, "The network learns from 60 samples already: take a larger number."),
        (IMAGES, 50, "The network learns from 50 samples already: take a larger number."),
    ],
)
def test_fewer_are_no_remedy(base, samples, sentence) -> None:
    assert str(MoreData(samples=samples).obstacle(base)) == sentence
    assert MoreData(samples=samples + 1).obstacle(base) is None


@pytest.mark.parametrize("dataset", [Iris(), Digits()])
def test_of_real_data_without_a_limit_there_are_no_more(dataset) -> None:
    base = structs.replace(IMAGES, data=Data(dataset=dataset))
    assert "limit its training samples first" in str(MoreData().obstacle(base))


def test_synthetic_data_end_at_the_largest_number_there_is() -> None:
    base = structs.replace(BASE, data=Data(dataset=Sine(samples=100), validation=0.4, test=0.4))
    assert MoreData(samples=100_000).applied(base).data.dataset.samples == 100_000  # pyright: ignore
