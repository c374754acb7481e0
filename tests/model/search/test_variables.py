import pytest
from msgspec import structs

from model.search.search_spec import SearchSpec, problems
from model.search.space import Choice, Range
from model.search.variables import default_axes, find, label_of, variables
from model.starters import STARTERS, starter


@pytest.mark.parametrize("name", STARTERS)
def test_whatever_is_offered_can_be_searched(name):
    experiment = starter(name)
    experiment = structs.replace(experiment, data=structs.replace(experiment.data, validation=0.2))
    axes = tuple(each.axis for each in variables(experiment))
    assert list(problems(SearchSpec(experiment=experiment, axes=axes))) == []
    assert {axis.path for axis in default_axes(experiment)} == {"optimizer.learning_rate", "regularization.l2"}


def test_ranges_and_scales_come_from_the_declarations():
    found = {each.axis.path: each.axis for each in variables(starter("digits"))}
    rate = found["optimizer.learning_rate"]
    assert (rate.low, rate.high, rate.scale) == (0.0003, 3.0, "log")
    momentum = found["optimizer.momentum"]
    assert (momentum.low, momentum.high, momentum.scale) == (0.0, 0.99, "linear")
    batch = found["batches.size"]
    assert (batch.low, batch.high, batch.whole) == (5, 80, True)
    assert isinstance(found["network.layers[*].weights"], Choice)


def test_the_output_layer_keeps_its_units():
    found = [each.axis.path for each in variables(starter("digits"))]
    assert "network.layers[1].units" in found and "network.layers[3].units" not in found
    assert not any("seed" in path or "epsilon" in path for path in found)


def test_a_name_alone_is_enough_where_it_is_the_only_one():
    experiment = starter("vanishing")
    assert find(experiment, "learning_rate").axis.path == "optimizer.learning_rate"
    assert find(experiment, "optimizer.learning_rate") is not None
    assert find(experiment, "units") is None and find(experiment, "rate") is None
    assert isinstance(find(experiment, "l2").axis, Range)


def test_a_layer_is_named_by_its_column():
    assert str(label_of(starter("digits"), "network.layers[1].units")) == "layer 1: units"
    assert str(label_of(starter("digits"), "somewhere.else")) == "somewhere.else"
