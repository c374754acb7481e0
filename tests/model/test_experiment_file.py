"""Files of experiments: what is written can be read again, and a schema describes it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.clipping import Clipping
from model.data import Data, load
from model.datasets import DATASETS, Spiral
from model.experiment import BatchesSpec, EvaluationSpec, Experiment, NetworkSpec, Stop, Weights
from model.experiment_file import ExperimentError, changed, checked, from_json, from_plain, schema, to_json
from model.features import FEATURES
from model.hyperparameter import hyperparameters
from model.initializers import INITIALIZERS
from model.layers import ACTIVATIONS, Affine, Flatten, Tanh
from model.losses import MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy
from model.optimizers import OPTIMIZERS, Adam
from model.regularization import Regularization
from model.schedules import SCHEDULES
from model.trainer import Trainer

LEAST = {
    "format": "downhill-experiment",
    "version": 1,
    "data": {"dataset": {"type": "spiral"}},
    "network": {"layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
}


def numbers(kind, **given_fields):
    """Specs of one kind with any value that their declarations allow."""
    fields = dict(given_fields)
    for p in hyperparameters(kind):
        if p.name in fields:
            continue
        if p.kind is float:
            low, high = p.minimum, p.maximum
            value = st.floats(low, high, exclude_min=p.minimum_excluded, exclude_max=p.maximum_excluded)
        elif p.kind is int:
            value = st.integers(p.minimum, p.maximum)
        elif p.choices:
            value = st.sampled_from(p.choices)
        else:
            value = st.booleans()
        fields[p.name] = st.none() | value if p.optional else value
    return st.builds(kind, **fields)


def any_of(kinds):
    return st.sampled_from(kinds).flatmap(numbers)


@st.composite
def experiments(draw):
    """Valid experiments of every kind of part, with networks of moderate size."""
    dataset = draw(any_of(DATASETS))
    features = draw(st.lists(st.sampled_from(list(FEATURES)), min_size=1, unique=True).map(tuple))
    share = st.floats(0, 0.499)
    data = draw(numbers(Data, dataset=st.just(dataset), features=st.just(features), validation=share, test=share))
    watched = data.validation > 0 and len(load(data).validation.inputs)  # by early stopping
    initial = any_of(INITIALIZERS)
    hidden = draw(
        st.lists(st.tuples(st.builds(Affine, units=st.integers(1, 60), weights=initial), any_of(ACTIVATIONS)))
    )
    layers = [Flatten(), *(layer for pair in hidden for layer in pair)]
    classes = len(dataset.class_names)
    losses = [MeanSquaredError(), *([SoftmaxCrossEntropy(), SigmoidCrossEntropy()] if classes else [])]
    layers.append(Affine(units=classes or 1, weights=draw(initial), name=draw(st.text(max_size=5))))
    return Experiment(
        data=data,
        network=NetworkSpec(layers=tuple(layers)),
        loss=draw(st.sampled_from(losses)),
        optimizer=draw(any_of(OPTIMIZERS)),
        schedule=draw(any_of(SCHEDULES)),
        regularization=draw(numbers(Regularization)),
        clipping=draw(numbers(Clipping)),
        weights=draw(numbers(Weights)),
        batches=draw(numbers(BatchesSpec)),
        evaluation=draw(numbers(EvaluationSpec)),
        stop=draw(numbers(Stop, **({} if watched else {"patience": st.none()}))),
        precision=draw(st.sampled_from(["float64", "float32"])),
    )


# What is written can be read


@settings(max_examples=40)
@given(experiment=experiments())
def test_round_trip(experiment):
    assert from_json(to_json(experiment)) == experiment
    assert from_plain(json.loads(to_json(experiment))) == experiment
    assert checked(experiment) == experiment


def test_the_file_by_hand():
    written = json.loads(to_json(from_plain(LEAST)))
    rest = {"weights": {"type": "xavier"}, "name": ""}
    assert written == {
        "format": "downhill-experiment",
        "version": 1,
        "data": {
            "dataset": {"type": "spiral", "samples": 400, "noise": 0.1, "version": 1},
            "features": ["x1", "x2"],
            "standardize": False,
            "validation": 0.0,
            "test": 0.2,
            "seed": 1,
        },
        "network": {
            "layers": [
                {"type": "affine", "units": 4, **rest},
                {"type": "tanh"},
                {"type": "affine", "units": 1, **rest},
            ]
        },
        "loss": {"type": "mean_squared_error"},
        "optimizer": {"type": "sgd", "learning_rate": 0.1},
        "schedule": {"type": "constant"},
        "regularization": {"l1": 0.0, "l2": 0.0},
        "clipping": {"norm": None},
        "weights": {"seed": 1},
        "batches": {"size": 10, "seed": 1},
        "evaluation": {"every": 1, "unit": "epoch"},
        "stop": {"step": None, "loss": None, "patience": None},
        "precision": "float64",
    }
    assert to_json(from_plain(LEAST)).endswith(b"}\n")


def test_what_has_a_default_may_be_absent():
    layers = (Affine(units=4), Tanh(), Affine(units=1))
    expected = Experiment(data=Data(dataset=Spiral()), network=NetworkSpec(layers=layers))
    assert from_json(json.dumps(LEAST)) == expected
    assert from_json(json.dumps({key: LEAST[key] for key in ("data", "network")})) == expected


def test_a_text_or_bytes_with_or_without_a_byte_order_mark():
    text = json.dumps(LEAST)
    assert from_json(text) == from_json(text.encode()) == from_json(b"\xef\xbb\xbf" + text.encode())


def test_what_is_read_can_be_run():
    trainer = Trainer(from_json(json.dumps(LEAST)))
    assert trainer.advance(3)


def test_changed():
    experiment = from_plain(LEAST)
    assert changed(experiment, optimizer=Adam()).optimizer == Adam()
    with pytest.raises(ExperimentError, match=r"\$.batches.size: must be a whole number, at least 1"):
        changed(experiment, batches=BatchesSpec(size=0))
    with pytest.raises(ExperimentError, match=r"\$.optimizer.learning_rate: .*, not NaN"):
        changed(experiment, optimizer=Adam(learning_rate=float("nan")))
    with pytest.raises(ExperimentError, match=r"\$.network.layers\[0\].units: spiral has 2 classes"):
        changed(experiment, network=NetworkSpec(layers=(Affine(units=7),)))


# The schema


def test_the_schema_knows_every_field_and_kind():
    made = schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    definitions = made["$defs"]
    assert set(definitions["Experiment"]["properties"]) == set(json.loads(to_json(from_plain(LEAST))))
    assert set(definitions["Experiment"]["required"]) >= {"data", "network"}
    for kind in (*DATASETS, *ACTIVATIONS, *OPTIMIZERS, *SCHEDULES, *INITIALIZERS, Affine):
        assert definitions[kind.__name__]["additionalProperties"] is False
        assert "type" in definitions[kind.__name__]["properties"]
    units = definitions["Affine"]["properties"]["units"]
    assert (units["title"], units["minimum"], units["maximum"]) == ("units", 1, 4096)
    assert definitions["Adam"]["properties"]["learning_rate"]["exclusiveMinimum"] == 0
    assert definitions["Experiment"]["properties"]["weights"]["default"] == {"seed": 1}
    assert json.dumps(made)


def test_every_reference_of_the_schema_leads_somewhere():
    made = schema()

    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            node = list(node.values())
        for child in node if isinstance(node, list) else ():
            yield from references(child)

    names = {f"#/$defs/{name}" for name in made["$defs"]}
    assert set(references(made)) == names
