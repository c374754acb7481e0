import json
import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data import Data, load, problems
from model.datasets.points import MOST_POINTS, Points
from model.experiment import Experiment, NetworkSpec
from model.experiment_differences import differences
from model.experiment_file import ExperimentError, checked, from_json, schema, to_json
from model.interventions import ChangeData, in_words
from model.layers import Affine
from model.losses import SoftmaxCrossEntropy
from model.trainer import Trainer

coordinates = st.floats(-1000, 1000)
points = st.lists(st.tuples(coordinates, coordinates, st.integers(0, 7)), min_size=1, max_size=40).map(tuple)


def experiment(dataset: Points) -> Experiment:
    layers = (Affine(units=len(dataset.class_names)),)
    return Experiment(data=Data(dataset=dataset), network=NetworkSpec(layers=layers), loss=SoftmaxCrossEntropy())


def test_samples_are_the_points_in_their_order() -> None:
    drawn = Points(points=((1.5, -2.0, 1), (0.0, 3.0, 0), (4.0, 4.0, 1))).draw(seed=7)
    assert drawn.inputs.tolist() == [[1.5, -2.0], [0.0, 3.0], [4.0, 4.0]]
    assert drawn.targets.tolist() == [1, 0, 1]


def test_each_set_has_as_many_classes_as_it_says() -> None:
    assert Points(classes=2).class_names == ("A", "B")
    assert Points(classes=8).class_names == tuple("ABCDEFGH")


@given(points)
def test_any_points_go_through_a_file_and_are_split(chosen) -> None:
    before = experiment(Points(points=chosen, classes=8))
    again = from_json(to_json(before))
    assert again == before
    loaded = load(again.data)
    parts = (loaded.train, loaded.validation, loaded.test)
    rows = [(*x, int(t)) for part in parts for x, t in zip(part.points.tolist(), part.targets, strict=True)]
    assert sorted(rows) == sorted(chosen)


def test_a_point_is_three_numbers_in_the_file() -> None:
    file = json.loads(to_json(experiment(Points(points=((1.5, -2.0, 1),)))))
    assert file["data"]["dataset"] == {"type": "points", "points": [[1.5, -2.0, 1]], "classes": 2}


def test_a_network_learns_from_them() -> None:
    trainer = Trainer(checked(experiment(Points(points=((-3.0, 0.0, 0), (3.0, 0.0, 1)) * 10))))
    trainer.advance(50, lambda: False)
    trainer.evaluate()
    assert trainer.record.evaluations[-1].train_accuracy == 1


@pytest.mark.parametrize(
    ("dataset", "place", "sentence"),
    [
        ({"points": []}, "$.data.dataset.points", "there is no point yet: set at least one"),
        ({"points": [[0, 0, 2]]}, "$.data.dataset.points[0][2]", "class 2 is not one of the 2 classes, 0 to 1"),
        ({"points": [[0, 0, 0], [0, 1001, 0]]}, "$.data.dataset.points[1][1]", "at most 1000, not 1001"),
        ({"points": [[0, "a", 0]]}, "$.data.dataset.points[0][1]", "must be a number"),
        ({"points": [[0, 0, 0.5]]}, "$.data.dataset.points[0][2]", "must be a whole number"),
        ({"points": [[0, 0]]}, "$.data.dataset.points[0]", "must be a list of 3, not a list of 2"),
        ({"points": [[0, 0, 0]] * (MOST_POINTS + 1)}, "$.data.dataset.points", "at most 5000 long"),
        ({"classes": 1}, "$.data.dataset.classes", "at least 2"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(dataset, place, sentence) -> None:
    file = json.loads(to_json(experiment(Points())))
    file["data"]["dataset"] |= dataset
    with pytest.raises(ExperimentError) as refused:
        from_json(json.dumps(file))
    assert refused.value.place == place
    assert sentence in str(refused.value.message)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_coordinate_that_is_no_number_is_refused(value) -> None:
    data = Data(dataset=Points(points=((value, 0.0, 0),)))
    assert [place for place, _ in problems(data)] == [".dataset.points[0]"]


def test_the_schema_declares_a_point() -> None:
    definition = schema()["$defs"]["Points"]["properties"]["points"]
    assert definition["maxItems"] == MOST_POINTS
    assert definition["items"]["minItems"] == definition["items"]["maxItems"] == 3


def test_other_points_are_told_apart_and_named_in_an_intervention() -> None:
    one, other = Points(points=((0.0, 0.0, 0),)), Points(points=((0.0, 0.0, 1),))
    (difference,) = differences([experiment(one), experiment(other)])
    assert len(set(map(str, difference.values))) == 2
    words = str(in_words(ChangeData(step=5, data=Data(dataset=other)), experiment(one)))
    assert "1 own points" in words


def test_a_full_set_is_drawn_in_order() -> None:
    chosen = tuple((float(i % 100), float(i // 100), i % 2) for i in range(MOST_POINTS))
    drawn = Points(points=chosen).draw(1)
    np.testing.assert_array_equal(drawn.inputs[:, 0], np.arange(MOST_POINTS) % 100)
    assert msgspec.json.decode(msgspec.json.encode(Points(points=chosen)), type=Points) == Points(points=chosen)
