"""The sentences that a learner reads: where, what is allowed, what stands there."""

import copy

import pytest

from model.experiment_file import ExperimentError, from_plain

FILE = {
    "data": {"dataset": {"type": "spiral"}},
    "network": {"layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
    "optimizer": {"type": "adam"},
    "stop": {},
}
LAYERS = (
    '"affine", "maxout", "convolution", "identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softmax", '
    '"flatten", "max_pooling", "average_pooling", "batch_norm", "dropout"'
)
OPTIMIZERS = '"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"'
GONE = object()


def said_of(value, *path):
    """What is said of the file with `value` at `path`."""
    damaged = copy.deepcopy(FILE)
    at = damaged
    for key in path[:-1]:
        at = at[key]
    if value is GONE:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    with pytest.raises(ExperimentError) as caught:
        from_plain(damaged)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        (0, "0"),
        (-3, "-3"),
        (5000, "5000"),
        (10**30, "1" + 30 * "0"),
        (4.5, "4.5"),
        ("a", '"a"'),
        (True, "true"),
        (None, "null"),
        ({"a": 1}, "an object"),
        ([1, 2], "a list of 2"),
        ("x" * 500, '"' + "x" * 39 + "…"),
    ],
)
def test_a_number_that_cannot_be(value, quoted):
    assert said_of(value, "network", "layers", 2, "units") == (
        f"$.network.layers[2].units: must be a whole number, at least 1 and at most 4096, not {quoted}"
    )


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("optimizer", "learning_rate"), 0, "must be a number, above 0 and at most 1000, not 0"),
        (("optimizer", "beta1"), 1, "must be a number, at least 0 and below 1, not 1"),
        (("stop", "loss"), -1, "must be a number, above 0 and at most 1000000000, or null, not -1"),
        (("stop", "step"), "a", 'must be a whole number, at least 1 and at most 1000000000, or null, not "a"'),
        (("precision",), "float16", 'must be one of "float32", "float64", not "float16"'),
        (("data", "standardize"), 1, "must be true or false, not 1"),
        (("data", "dataset", "version"), 2, "must be 1, not 2"),
        (("network", "layers"), [], "must be a list, at least 1 long and at most 200 long, not a list of 0"),
        (("network", "layers"), {}, "must be a list, at least 1 long and at most 200 long, not an object"),
        (("version",), "1", 'must be a whole number, not "1"'),
        (("format",), "x", 'must be "downhill-experiment", not "x"'),
        (("optimizer",), [], f'must be an object whose "type" is one of {OPTIMIZERS}, not a list of 0'),
        (("optimizer",), None, f'must be an object whose "type" is one of {OPTIMIZERS}, not null'),
        (("stop",), 3, 'must be an object with "step", "loss", "patience", not 3'),
    ],
)
def test_what_is_allowed(path, value, sentence):
    assert said_of(value, *path) == f"$.{'.'.join(path)}: {sentence}"


def test_places_in_lists():
    assert said_of(["x1", "x9"], "data", "features").startswith('$.data.features[1]: must be one of "')
    assert said_of(3, "network", "layers", 0, "name") == "$.network.layers[0].name: must be a text, not 3"
    bad = {"type": "normal", "std": -1}
    assert said_of(bad, "network", "layers", 0, "weights") == (
        "$.network.layers[0].weights.std: must be a number, at least 0 and at most 1000, not -1"
    )


def test_an_unknown_kind_lists_the_known_ones():
    assert said_of("tahn", "network", "layers", 1, "type") == (
        f'$.network.layers[1].type: must be one of {LAYERS}, not "tahn"'
    )
    assert said_of(3, "network", "layers", 1, "type") == f"$.network.layers[1].type: must be one of {LAYERS}, not 3"


def test_an_unknown_field_lists_those_of_its_kind():
    assert said_of(1, "network", "layers", 2, "unitz") == (
        '$.network.layers[2].unitz: is not known here: allowed are "type", "units", "weights", "name"'
    )
    assert (
        said_of(1, "network", "layers", 1, "units")
        == '$.network.layers[1].units: is not known here: allowed are "type"'
    )
    assert said_of(1, "stop", "epoch") == '$.stop.epoch: is not known here: allowed are "step", "loss", "patience"'
    assert said_of(1, "colour").startswith("$.colour: is not known here: allowed are ")


@pytest.mark.parametrize("name", ["a b", "", "a`b", "a - at `$.b`", "{gap}", "line\nbreak", "1", "ä"])
def test_strange_names(name):
    said = said_of(1, "stop", name)
    assert said.endswith(': is not known here: allowed are "step", "loss", "patience"')
    assert said.startswith("$.stop")
    assert "\n" not in said


def test_what_is_missing():
    assert said_of(GONE, "network", "layers", 2, "units") == (
        "$.network.layers[2].units: is missing: it must be a whole number, at least 1 and at most 4096"
    )
    assert said_of(GONE, "network", "layers", 1, "type") == (
        f"$.network.layers[1].type: is missing: it must be one of {LAYERS}"
    )
    assert said_of(GONE, "data").startswith('$.data: is missing: it must be an object with "dataset", ')


@pytest.mark.parametrize(("whole", "quoted"), [([], "a list of 0"), (None, "null"), (3, "3"), ("x", '"x"')])
def test_no_object_at_all(whole, quoted):
    with pytest.raises(ExperimentError) as caught:
        from_plain(whole)
    assert str(caught.value).startswith('$: must be an object with "format", "version", "data", ')
    assert str(caught.value).endswith(f", not {quoted}")
