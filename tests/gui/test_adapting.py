from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from gui.adapting import adapted, replacement, with_loss
from model.data import Data
from model.datasets import DATASETS
from model.datasets.digits import Digits
from model.datasets.iris import Iris
from model.datasets.moons import Moons
from model.datasets.sine import Sine
from model.datasets.spiral import Spiral
from model.experiment import Experiment, NetworkSpec
from model.experiment_file import ExperimentError, checked
from model.layers import (
    ACTIVATIONS,
    Affine,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    Identity,
    Maxout,
    MaxPooling,
    ReLU,
    Softmax,
    Tanh,
)
from model.losses import LOSSES, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from model.optimizers import Adam

HIDDEN = (Affine(units=8, name="a"), Tanh(), Affine(units=5, name="b"), ReLU())


def experiment(dataset, *layers, loss, **fields):
    return Experiment(data=Data(dataset=dataset), network=NetworkSpec(layers=layers), loss=loss, **fields)


def test_moons_with_one_tanh_output_become_spiral_and_only_the_data_changes():
    before = experiment(Moons(), *HIDDEN, Affine(units=1), Tanh(), loss=MeanSquaredError())
    after = adapted(before, Spiral())
    assert after == structs.replace(before, data=Data(dataset=Spiral()))


def test_two_classes_become_a_curve_with_squared_error_and_a_bare_output():
    before = experiment(Moons(), *HIDDEN, Affine(units=2), ReLU(), loss=MeanSquaredError(), optimizer=Adam())
    after = adapted(before, Sine())
    assert after.network.layers == (*HIDDEN, Affine(units=1), Identity())
    assert after.loss == MeanSquaredError()
    assert after.optimizer == Adam()


def test_two_classes_become_images_with_a_flatten_layer_and_ten_scores():
    before = experiment(Moons(), *HIDDEN, Affine(units=1, name="out"), Tanh(), loss=MeanSquaredError())
    after = adapted(before, Digits())
    assert after.network.layers == (Flatten(), *HIDDEN, Affine(units=10, name="out"), Identity())
    assert after.loss == SoftmaxCrossEntropy()


def test_images_become_points_without_a_flatten_layer():
    before = experiment(Digits(), Flatten(), *HIDDEN, Affine(units=10), loss=SoftmaxCrossEntropy())
    after = adapted(before, Spiral())
    assert after.network.layers == (*HIDDEN, Affine(units=2))
    assert after.loss == SoftmaxCrossEntropy()


def test_ten_sigmoid_outputs_become_one_for_two_classes():
    before = experiment(Digits(), Flatten(), Affine(units=10), loss=SigmoidCrossEntropy())
    after = adapted(before, Moons())
    assert after.network.layers == (Affine(units=1),)
    assert after.loss == SigmoidCrossEntropy()


def test_the_softmax_layer_stays_with_the_squared_error():
    before = experiment(Iris(), *HIDDEN, Affine(units=3), Softmax(), loss=MeanSquaredError())
    after = adapted(before, Digits())
    assert after.network.layers == (Flatten(), *HIDDEN, Affine(units=10), Softmax())
    assert after.loss == MeanSquaredError()


def test_samples_and_noise_go_along_between_formulas_only():
    assert replacement(Moons(samples=70, noise=0.3), Spiral) == Spiral(samples=70, noise=0.3)
    assert replacement(Moons(samples=70, noise=0.3), Iris) == Iris()
    assert replacement(Iris(), Spiral) == Spiral()


activations = st.sampled_from(ACTIVATIONS).map(lambda kind: kind())
tails = st.lists(st.one_of(activations, st.just(Softmax()), st.just(Flatten())), max_size=2)
hidden = st.lists(
    st.one_of(activations, st.just(Flatten()), st.integers(1, 9).map(lambda n: Affine(units=n))), max_size=5
)


@st.composite
def experiments(draw):
    """Experiments that pass every check, on any data set."""
    dataset = draw(st.sampled_from(DATASETS))()
    flatten = [Flatten()] if len(dataset.shape) > 1 else []
    output = Affine(units=draw(st.sampled_from([1, 2, max(1, len(dataset.class_names))])))
    layers = (*flatten, *draw(hidden), output, *draw(tails))
    made = experiment(dataset, *layers, loss=draw(st.sampled_from(LOSSES))())
    try:
        return checked(made)
    except ExperimentError:
        # Not every draw fits; the data set's own answer does.
        return checked(experiment(dataset, *flatten, *draw(hidden), *_answer(dataset)[0], loss=_answer(dataset)[1]))


def _answer(dataset):
    if dataset.task == "regression":
        return (Affine(units=1),), MeanSquaredError()
    return (Affine(units=len(dataset.class_names)),), SoftmaxCrossEntropy()


@given(experiments(), st.sampled_from(DATASETS))
def test_every_adapted_experiment_passes_every_check_and_keeps_its_hidden_layers(before, kind):
    after = adapted(before, kind())
    assert checked(after) == after
    assert isinstance(after.data.dataset, kind)
    kept = [layer for layer in after.network.layers if not isinstance(layer, Flatten)]
    layers = [layer for layer in before.network.layers if not isinstance(layer, Flatten)]
    last = max(i for i, layer in enumerate(layers) if isinstance(layer, Affine))
    assert kept[:last] == layers[:last]
    assert after == structs.replace(before, data=after.data, network=after.network, loss=after.loss)


@given(experiments())
def test_the_same_data_set_again_changes_no_number(before):
    after = adapted(before, before.data.dataset)
    assert [layer for layer in after.network.layers if not isinstance(layer, Flatten)] == [
        layer for layer in before.network.layers if not isinstance(layer, Flatten)
    ]
    assert after.loss == before.loss


@pytest.mark.parametrize(("first", "second"), list(product(DATASETS, DATASETS)))
@pytest.mark.parametrize("layers", [(), HIDDEN], ids=["no hidden layer", "two hidden layers"])
def test_from_every_data_set_to_every_other_and_back(first, second, layers):
    flatten = (Flatten(),) if len(first().shape) > 1 else ()
    output, loss = _answer(first())
    before = checked(experiment(first(), *flatten, *layers, *output, loss=loss))
    there = checked(adapted(before, second()))
    checked(adapted(there, first()))


@given(experiments(), st.sampled_from(LOSSES))
def test_every_loss_fits_classes_and_a_regression_takes_none_but_its_own(before, kind):
    after = with_loss(before, kind())
    assert after == structs.replace(before, network=after.network, loss=kind())
    if before.data.dataset.task == "regression" and kind is not MeanSquaredError:
        with pytest.raises(ExperimentError) as refusal:
            checked(after)
        assert refusal.value.place == "$.loss"
    else:
        assert checked(after) == after
        layers = before.network.layers
        last = max(i for i, layer in enumerate(layers) if isinstance(layer, Affine))
        assert after.network.layers[:last] == layers[:last]


def test_a_softmax_output_becomes_scores_and_one_output_becomes_one_per_class():
    before = experiment(Moons(), *HIDDEN, Affine(units=1, name="out"), Tanh(), loss=MeanSquaredError())
    after = with_loss(before, SoftmaxCrossEntropy())
    assert after.network.layers == (*HIDDEN, Affine(units=2, name="out"), Identity())
    assert with_loss(before, SigmoidCrossEntropy()).network.layers[-2:] == (Affine(units=1, name="out"), Identity())
    assert with_loss(after, MeanSquaredError()).network == after.network


FILTERS = (Convolution(filters=4, size=3), BatchNorm(), ReLU(), MaxPooling(), Dropout(), Flatten())


def test_a_network_of_filters_stays_for_images_and_loses_them_for_points():
    rest = (Maxout(units=6), Dropout(), Affine(units=10, name="out"))
    before = experiment(Digits(), *FILTERS, *rest, loss=SoftmaxCrossEntropy())
    assert adapted(before, Digits()).network.layers == before.network.layers
    after = checked(adapted(before, Iris()))
    assert after.network.layers == (*rest[:2], Affine(units=3, name="out"))
    back = checked(adapted(after, Digits()))
    assert back.network.layers == (Flatten(), *rest)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("last", [(Affine(units=10),), (Convolution(filters=10, size=3), Flatten())])
def test_networks_of_filters_fit_any_data(dataset, last):
    first = FILTERS if isinstance(last[0], Affine) else FILTERS[:-1]
    before = checked(experiment(Digits(), *first, *last, loss=SoftmaxCrossEntropy()))
    assert checked(adapted(before, dataset()))
    for loss in LOSSES:
        assert with_loss(before, loss())
