from gui.selection import INPUTS, Unit
from gui.unit_name import unit_name


def test_neurons_are_counted_from_one():
    assert unit_name(Unit(1, 4), 3, ("x1", "x2")) == "Hidden 2, neuron 5"
    assert unit_name(Unit(2, 0), 3, ("x1", "x2")) == "Output, neuron 1"


def test_an_input_goes_by_its_name():
    assert unit_name(Unit(INPUTS, 1), 3, ("x1", "x2")) == "Input x2"
