import pytest

from gui import layer_edits
from gui.network_edits import obstacle
from model.experiment_file import from_plain
from model.initializers import He
from model.layers import (
    Affine,
    AveragePooling,
    BatchNorm,
    Convolution,
    Dropout,
    Flatten,
    Maxout,
    MaxPooling,
    ReLU,
    Tanh,
)
from model.starters import starter
from model.trainer import Trainer


def kinds_of(experiment):
    return [type(layer) for layer in experiment.network.layers]


POINTS = from_plain(
    {
        "data": {"dataset": {"type": "moons"}},
        "network": {
            "layers": [
                {"type": "affine", "units": 3, "weights": {"type": "he"}},
                {"type": "tanh"},
                {"type": "affine", "units": 1},
            ]
        },
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)
DIGITS = starter("digits")


def test_an_affine_layer_becomes_a_maxout_and_back():
    edited = layer_edits.choose_kind(POINTS, 0, Maxout)
    assert kinds_of(edited) == [Maxout, Affine]  # it bends by itself
    assert edited.network.layers[0] == Maxout(units=3, weights=He(), name="layers[0]")
    back = layer_edits.choose_kind(edited, 0, Affine)
    assert kinds_of(back) == kinds_of(POINTS) and back.network.layers[0].weights == He()
    assert layer_edits.choose_kind(POINTS, 0, Affine) is POINTS


def test_an_output_of_maxout_keeps_its_activation():
    edited = layer_edits.choose_kind(POINTS, 1, Maxout)
    assert kinds_of(edited) == [Affine, Tanh, Maxout] and obstacle(edited) is None


def test_batch_normalization_in_front_of_the_activation_and_dropout_behind():
    edited = layer_edits.add_part(layer_edits.add_part(POINTS, 0, Dropout()), 0, BatchNorm())
    assert kinds_of(edited) == [Affine, BatchNorm, Tanh, Dropout, Affine]
    assert edited.network.layers[3].name  # its dice stay when layers come and go
    assert obstacle(edited) is None
    place = layer_edits.part(edited, 0, BatchNorm)
    assert place == 1 and layer_edits.part(edited, 1, BatchNorm) is None
    assert kinds_of(layer_edits.remove_part(edited, place)) == [Affine, Tanh, Dropout, Affine]


def test_dropout_of_the_output_is_refused_in_words():
    assert "dropout behind the last layer" in str(obstacle(layer_edits.add_part(POINTS, 1, Dropout())))


def test_initial_weights_stay_with_their_layer():
    edited = layer_edits.add_part(POINTS, 0, BatchNorm())
    one, other = (Trainer(each).network for each in (POINTS, edited))
    assert (one.layout.view(one.parameters, 2, "weights") == other.layout.view(other.parameters, 3, "weights")).all()


def test_a_network_of_digits_becomes_convolutional():
    assert layer_edits.image_before(DIGITS, 0) == 0 and layer_edits.image_before(DIGITS, 1) is None
    assert layer_edits.image_before(POINTS, 0) is None
    edited = layer_edits.insert_before(DIGITS, 0, MaxPooling)
    edited = layer_edits.insert_before(edited, 0, Convolution)
    assert kinds_of(edited) == [Convolution, ReLU, MaxPooling, Flatten, Affine, ReLU, Affine]
    assert obstacle(edited) is None
    assert layer_edits.kinds(edited, 0) == layer_edits.kinds(edited, 1) == (Convolution, MaxPooling, AveragePooling)
    assert layer_edits.kinds(edited, 2) == (Affine, Maxout)
    pooled = layer_edits.choose_kind(edited, 0, AveragePooling)
    assert kinds_of(pooled)[:3] == [AveragePooling, MaxPooling, Flatten] and obstacle(pooled) is None
    filters = layer_edits.choose_kind(edited, 1, Convolution)
    assert kinds_of(filters)[:5] == [Convolution, ReLU, Convolution, ReLU, Flatten] and obstacle(filters) is None
    assert len({layer.name for layer in filters.network.layers if isinstance(layer, Convolution)}) == 2


@pytest.mark.parametrize("size", [3, 9])
def test_other_hyperparameters(size):
    edited = layer_edits.insert_before(DIGITS, 0, Convolution)
    changed = layer_edits.replace(edited, 0, Convolution(filters=2, size=size))
    assert changed.network.layers[0].size == size
    assert (obstacle(changed) is None) == (size == 3)
