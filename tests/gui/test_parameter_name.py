"""Numbers of the parameter vector in words and as in files."""

import pytest

from gui.parameter_name import ParameterNames, name_in_files
from model.fitting import input_shape
from model.network import Network
from model.starters import starter


@pytest.fixture
def named(qapp):
    """named(starter, layer, array, place) -> what it is called in words."""

    def name(which: str, layer: int, array: str, *place: int) -> str:
        experiment = starter(which)
        layout = Network(experiment.network.layers, input_shape(experiment), "float64").layout
        return ParameterNames(experiment).parameter(layout.entry(layer, array), place)

    return name


def test_weights_and_biases_are_named_as_in_the_diagram(named) -> None:
    assert named("spiral", 0, "weights", 1, 4) == "weight x2→5 of Hidden 1"
    assert named("spiral", 2, "weights", 0, 7) == "weight 1→8 of Hidden 2"
    assert named("spiral", 6, "weights", 2, 0) == "weight 3→1 of Output"
    assert named("spiral", 2, "bias", 7) == "bias of Hidden 2, neuron 8"
    assert named("digits", 1, "weights", 9, 0) == "weight [1, 1]→1 of Hidden 1"


def test_arrays_and_layers(qapp) -> None:
    experiment = starter("spiral")
    layout = Network(experiment.network.layers, input_shape(experiment), "float64").layout
    names = ParameterNames(experiment)
    assert names.array(layout.entry(2, "weights")) == "weights of Hidden 2"
    assert names.array(layout.entry(6, "bias")) == "biases of Output"
    assert name_in_files(layout.entry(2, "weights"), (1, 2)) == "layers[2].weights[1, 2]"
    assert names.layer(1) == "Tanh"  # no column of its own
