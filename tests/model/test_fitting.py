"""Every rule about what goes with what, each with its place in the file and its sentence."""

import pytest

from model.data import Data
from model.datasets import Digits, Gaussians, Iris, Plane, Sine, Spiral
from model.experiment import Experiment, NetworkSpec, Stop
from model.fitting import MOST_PARAMETERS, input_shape, last_activation, problems, problems_alone
from model.layers import (
    ELU,
    Affine,
    AveragePooling,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    Identity,
    LeakyReLU,
    Maxout,
    MaxPooling,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from model.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy

MSE, SOFTMAX, SIGMOID = MeanSquaredError(), SoftmaxCrossEntropy(), SigmoidCrossEntropy()


def found(dataset, *layers, loss=MSE, **data):
    experiment = Experiment(data=Data(dataset=dataset, **data), network=NetworkSpec(layers=layers), loss=loss)
    return [(place, str(message)) for place, message in problems(experiment)]


def of(units):
    return Affine(units=units)


@pytest.mark.parametrize(
    ("dataset", "layers", "loss"),
    [
        (Spiral(), (of(1),), MSE),
        (Spiral(), (of(4), Tanh(), of(1), Tanh()), MSE),
        (Spiral(), (of(4), ReLU(), of(1), Sigmoid()), MSE),
        (Spiral(), (of(4), ReLU(), of(1), Sigmoid(), Identity()), MSE),
        (Spiral(), (of(2), Softmax()), MSE),
        (Spiral(), (of(2), ReLU()), MSE),
        (Spiral(), (of(1),), SIGMOID),
        (Spiral(), (of(2),), SIGMOID),
        (Spiral(), (of(2), Identity()), SOFTMAX),
        (Iris(), (of(3),), SOFTMAX),
        (Iris(), (of(3),), SIGMOID),
        (Iris(), (of(3), Softmax()), MSE),
        (Digits(), (Flatten(), of(10)), SOFTMAX),
        (Digits(), (Tanh(), Flatten(), of(10)), SOFTMAX),
        (Sine(), (of(4), Tanh(), of(1)), MSE),
        (Plane(), (of(1), ReLU()), MSE),
    ],
)
def test_what_fits(dataset, layers, loss):
    assert found(dataset, *layers, loss=loss) == []


@pytest.mark.parametrize("loss", [SOFTMAX, SIGMOID])
@pytest.mark.parametrize("activation", [Sigmoid(), Tanh(), ReLU(), LeakyReLU(), ELU()])
@pytest.mark.parametrize("behind", [(), (Identity(),), (Flatten(), Identity())])
def test_cross_entropies_take_scores(loss, activation, behind):
    [(place, sentence)] = found(Spiral(), of(4), Tanh(), of(2), activation, *behind, loss=loss)
    assert place == "$.network.layers[3]"
    assert sentence == f"{loss.label} takes scores: the last activation must be identity, not {activation.label}"


@pytest.mark.parametrize(
    ("layers", "loss", "place"),
    [
        ((of(2), Softmax()), SOFTMAX, 1),
        ((of(2), Softmax()), SIGMOID, 1),
        ((of(2), Softmax(), of(2)), MSE, 1),
        ((of(2), Softmax(), Identity()), MSE, 1),
    ],
)
def test_softmax_goes_last_and_with_mean_squared_error_only(layers, loss, place):
    assert found(Spiral(), *layers, loss=loss) == [
        (
            f"$.network.layers[{place}]",
            "softmax as a layer goes last and with mean squared error; softmax cross entropy has its own",
        )
    ]


def test_softmax_needs_something_to_compare():
    [(place, sentence)] = found(Spiral(), of(1), Softmax())
    assert place == "$.network.layers[1]"
    assert "at least 2" in sentence


@pytest.mark.parametrize(
    ("dataset", "units", "loss", "sentence"),
    [
        (Spiral(), 3, MSE, "spiral has 2 classes: the last layer needs 1 or 2 units here, it has 3"),
        (Spiral(), 1, SOFTMAX, "spiral has 2 classes: the last layer needs 2 units here, it has 1"),
        (Iris(), 1, MSE, "iris has 3 classes: the last layer needs 3 units here, it has 1"),
        (Iris(), 4, SIGMOID, "iris has 3 classes: the last layer needs 3 units here, it has 4"),
        (Sine(), 2, MSE, "sine curve has 1 value to predict; the last layer has 2 units"),
    ],
)
def test_an_output_for_each_class(dataset, units, loss, sentence):
    assert found(dataset, of(5), Tanh(), of(units), Identity(), loss=loss) == [("$.network.layers[2].units", sentence)]


@pytest.mark.parametrize("activation", [ReLU(), LeakyReLU(), ELU()])
@pytest.mark.parametrize("behind", [(), (Identity(),)])
def test_one_output_must_have_two_sides(activation, behind):
    [(place, sentence)] = found(Gaussians(), of(1), activation, *behind)
    assert place == "$.network.layers[1]"
    assert sentence.endswith(f"must be identity, tanh or sigmoid: {activation.label} has no two sides")


@pytest.mark.parametrize("loss", [SOFTMAX, SIGMOID])
def test_cross_entropies_are_for_classes(loss):
    (place, sentence), *_ = found(Sine(), of(1), loss=loss)
    assert place == "$.loss"
    assert sentence == f"{loss.label} is for classes; sine curve has values: take mean squared error"


def test_an_image_needs_a_flatten_layer():
    [(place, sentence)] = found(Digits(), Tanh(), of(10))
    assert place == "$.network.layers[1]"
    assert 'not an image of 1x8x8; put a "flatten" layer before it' in sentence


def test_something_must_learn():
    (place, sentence), *_ = found(Spiral(), Tanh())
    assert (place, sentence) == ("$.network.layers", "the network has nothing to learn; add an affine layer")
    assert found(Digits(), Tanh())[0][0] == "$.network.layers"


def test_an_impossible_size():
    [(place, sentence)] = found(Spiral(), of(4096), Tanh(), of(4096), Tanh(), of(1))
    assert place == "$.network.layers"
    parameters = 3 * 4096 + 4097 * 4096 + 4097
    assert sentence == f"the network has {parameters:,} parameters; at most {MOST_PARAMETERS:,} are allowed"


def test_names_are_for_one_layer_each():
    named = Affine(units=3, name="a")
    [(place, sentence)] = found(Spiral(), named, Tanh(), named, of(1))
    assert place == "$.network.layers[2].name"
    assert '"a"' in sentence
    assert found(Spiral(), Affine(units=3, name="a"), Tanh(), Affine(units=1, name="b")) == []


def test_a_name_may_not_be_the_place_of_a_layer_without_one():
    """Both would draw from the same stream: the same weights twice."""
    [(place, _)] = found(Spiral(), of(2), Tanh(), Affine(units=1, name="layers[0]"))
    assert place == "$.network.layers[2].name"
    assert found(Spiral(), of(2), Tanh(), Affine(units=1, name="layers[1]")) == []  # a tanh draws nothing


def test_problems_of_the_data_come_first():
    [(place, sentence)] = found(Spiral(), Tanh(), validation=0.5, test=0.5)
    assert place == "$.data.test"
    assert "below 1" in sentence
    assert found(Spiral(), of(1), features=())[0][0] == "$.data.features"


def test_the_shape_that_the_network_sees():
    def shape(dataset, **data):
        network = NetworkSpec(layers=(of(1),))
        return input_shape(Experiment(data=Data(dataset=dataset, **data), network=network))

    assert shape(Spiral()) == (2,)
    assert shape(Spiral(), features=("x1", "x2", "x1 x2")) == (3,)
    assert shape(Iris(), features=("x1",)) == (4,)
    assert shape(Sine()) == (1,)
    assert shape(Digits()) == (1, 8, 8)


@pytest.mark.parametrize(
    ("layers", "last"),
    [
        ((of(1),), None),
        ((of(1), Identity()), None),
        ((Tanh(), of(1)), None),
        ((of(1), Tanh()), Tanh()),
        ((of(1), Tanh(), Identity(), Flatten()), Tanh()),
        ((of(1), Tanh(), ReLU()), ReLU()),
    ],
)
def test_the_last_activation(layers, last):
    assert last_activation(layers) == last


def patient(dataset, **data):
    experiment = Experiment(
        data=Data(dataset=dataset, **data), network=NetworkSpec(layers=(of(1),)), stop=Stop(patience=3)
    )
    return [[(place, str(message)) for place, message in check(experiment)] for check in (problems, problems_alone)]


def test_early_stopping_needs_a_validation_part():
    assert patient(Spiral(), validation=0.1) == [[], []]
    for found_by in patient(Spiral()):
        [(place, sentence)] = found_by
        assert place == "$.stop.patience"
        assert "there is no validation part" in sentence


def test_early_stopping_needs_a_sample_in_it_but_a_run_is_not_lost_for_that():
    in_a_run, [(place, sentence)] = patient(Gaussians(samples=10), validation=0.01)
    assert in_a_run == []
    assert place == "$.stop.patience"
    assert "less than one sample" in sentence


def test_networks_of_every_layer_fit():
    cnn = (
        Convolution(filters=4, padding=1),
        BatchNorm(),
        ReLU(),
        MaxPooling(),
        Dropout(),
        Flatten(),
        Maxout(units=5),
        of(10),
    )
    assert found(Digits(), *cnn, loss=SOFTMAX) == []
    assert (
        found(Digits(), Convolution(filters=10, size=8), AveragePooling(size=1, stride=1), Flatten(), loss=SOFTMAX)
        == []
    )
    assert found(Spiral(), BatchNorm(), Dropout(), Maxout(units=1), loss=SIGMOID) == []


@pytest.mark.parametrize(
    ("layers", "place", "sentence"),
    [
        ((Flatten(), Convolution(filters=2), of(10)), "$.network.layers[1]", "takes images, not a row of 64 numbers"),
        (
            (Convolution(filters=2, size=9), Flatten(), of(10)),
            "$.network.layers[0]",
            "9x9 does not fit into an image of 8x8",
        ),
        ((Convolution(filters=2), Maxout(units=10)), "$.network.layers[1]", "not an image of 2x6x6; put a"),
        ((Flatten(), of(10), Dropout()), "$.network.layers[2]", "dropout behind the last layer with weights"),
        ((Flatten(), of(10), Tanh(), MaxPooling()), "$.network.layers[3]", "takes images, not a row of 10"),
        ((Convolution(filters=2), Tanh(), Flatten()), "$.network.layers[1]", "takes scores: the last activation must"),
        ((Convolution(filters=3, size=8), Flatten()), "$.network.layers[0].filters", "needs 10 units here, it has 3"),
        ((Convolution(filters=512, padding=2, size=5), Convolution(filters=512, size=1), Flatten()), None, ""),
        (
            (Convolution(filters=512, size=16, padding=15), Flatten(), of(10)),
            "$.network.layers[0]",
            "a sample becomes 270,848",
        ),
    ],
)
def test_what_of_the_image_layers_does_not_fit_is_said(layers, place, sentence):
    [(at, said)] = found(Digits(), *layers, loss=SOFTMAX)
    assert place is None or (at == place and sentence in said)


def test_layers_that_throw_dice_have_names_of_their_own_too():
    layers = (Affine(units=2, name="a"), Dropout(name="a"), of(1))
    assert found(Spiral(), *layers) == [
        ("$.network.layers[1].name", 'two layers are called "a"; give each a name of its own')
    ]


def test_behind_batch_normalization_numbers_may_be_any():
    assert last_activation((of(2), Tanh(), BatchNorm())) is None
    assert isinstance(last_activation((Convolution(filters=1), Sigmoid(), MaxPooling(), Flatten())), Sigmoid)
