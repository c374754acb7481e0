"""The pure part; the rows at work are tested with the data panel."""

import pytest

from gui.experiment_rows import has_field, value_at, with_value
from model.data import Data
from model.datasets.iris import Iris
from model.datasets.moons import Moons
from model.experiment import Experiment, NetworkSpec
from model.layers import Affine

MOONS = Experiment(data=Data(dataset=Moons(noise=0.3)), network=NetworkSpec(layers=(Affine(units=1),)))
IRIS = Experiment(data=Data(dataset=Iris()), network=NetworkSpec(layers=(Affine(units=3),)))


def test_values_are_found_by_their_path():
    assert value_at(MOONS, ("data", "dataset", "noise")) == 0.3
    assert value_at(MOONS, ("precision",)) == "float64"


def test_a_field_that_the_data_set_lacks():
    assert has_field(MOONS, ("data", "dataset", "noise"))
    assert not has_field(IRIS, ("data", "dataset", "noise"))


@pytest.mark.parametrize(("path", "value"), [(("data", "dataset", "noise"), 0.5), (("precision",), "float32")])
def test_another_value_makes_another_experiment_and_leaves_the_rest(path, value):
    after = with_value(MOONS, path, value)
    assert value_at(after, path) == value
    assert with_value(after, path, value_at(MOONS, path)) == MOONS
