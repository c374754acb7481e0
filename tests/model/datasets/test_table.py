import json

import numpy as np
import pytest

from model.data import Data, load
from model.data_files.error import DataFileError
from model.data_files.source import Text
from model.data_files.table_format import TableFormat
from model.datasets.recently_read import RECENTLY_READ
from model.datasets.table import ColumnSpec, Table
from model.experiment import Experiment, NetworkSpec
from model.experiment_file import ExperimentError, from_json, to_json
from model.layers import Affine
from model.losses import SoftmaxCrossEntropy
from model.trainer import Trainer

TEXT = "size,colour,price\n1,red,10\n2,green,20\n4,red,30\n,red,40\n"
SIZE = ColumnSpec(name="size")
COLOUR = ColumnSpec(name="colour", kind="category", categories=("green", "red"))
PRICE = ColumnSpec(name="price", role="target")


@pytest.fixture(autouse=True)
def nothing_read_before():
    RECENTLY_READ.forget()


def table(*columns, text=TEXT, **fields):
    fields.setdefault("leave_out_incomplete", True)
    return Table(name="t.csv", source=Text(text=text), columns=columns or (SIZE, COLOUR, PRICE), **fields)


def test_a_category_is_written_one_hot_and_rows_with_an_empty_cell_are_left_out():
    dataset = table()
    samples = dataset.draw(1)
    assert dataset.axis_names == ("size", "colour: green", "colour: red")
    assert (dataset.shape, dataset.task, dataset.class_names) == ((3,), "regression", ())
    assert samples.inputs.tolist() == [[1, 0, 1], [2, 1, 0], [4, 0, 1]]
    assert samples.targets.tolist() == [[10], [20], [30]]
    assert [str(note) for note in samples.notes] == ["Left out: 1 rows with an empty cell."]


def test_a_category_as_target_makes_classes():
    dataset = table(ColumnSpec(name="size", role="ignored"), COLOUR_TARGET, ColumnSpec(name="price"))
    assert (dataset.task, dataset.class_names, dataset.axis_names) == ("classification", ("green", "red"), ("price",))
    samples = dataset.draw(1)
    assert samples.targets.tolist() == [1, 0, 1, 1]  # the empty cell is in a column that is not used
    assert samples.inputs.tolist() == [[10], [20], [30], [40]]


COLOUR_TARGET = ColumnSpec(name="colour", role="target", kind="category", categories=("green", "red"))


def test_numbers_as_classes_however_they_are_written():
    label = ColumnSpec(name="y", role="target", kind="category", categories=("0", "1", "10"))
    text = "x,y\n1,10\n2,1.0\n3,0\n4,1\n"
    assert table(ColumnSpec(name="x"), label, text=text).draw(1).targets.tolist() == [2, 1, 0, 1]


def test_the_target_is_scaled_by_two_round_numbers():
    samples = table(target_zero=20.0, target_unit=10.0).draw(1)
    assert samples.targets.tolist() == [[-1], [0], [1]]


def test_a_decimal_comma():
    how = TableFormat(delimiter=";", decimal=",")
    dataset = table(ColumnSpec(name="x"), ColumnSpec(name="y", role="target"), text="x;y\n1,5;2\n2;3,25\n", format=how)
    assert dataset.draw(1).inputs.tolist() == [[1.5], [2.0]]
    assert dataset.draw(1).targets.tolist() == [[2.0], [3.25]]


@pytest.mark.parametrize(
    ("dataset", "sentence"),
    [
        (table(leave_out_incomplete=False), r'row 5, column "size": the cell is empty \(1 such cells\)'),
        (
            table(ColumnSpec(name="size"), ColumnSpec(name="colour"), PRICE),
            'row 2, column "colour": "red" is not a number',
        ),
        (
            table(SIZE, ColumnSpec(name="colour", kind="category", categories=("red",)), PRICE),
            'column "colour" has a value that is none of its categories: green',
        ),
        (table(SIZE, COLOUR_TARGET, PRICE_TOO := ColumnSpec(name="cost")), "other columns"),
        (
            table(SIZE, COLOUR_TARGET, ColumnSpec(name="price"), text="size,colour,price\n1,red,2\n2,red,3\n"),
            "all rows are of one class",
        ),
        (table(text="size,colour,price\n,red,1\n"), "not one row without a missing cell"),
        (table(text=""), "the file is empty"),
    ],
)
def test_what_is_wrong_with_the_cells_is_said_with_row_and_column(dataset, sentence):
    with pytest.raises(DataFileError, match=sentence):
        dataset.draw(1)


@pytest.mark.parametrize(
    ("columns", "place", "sentence"),
    [
        ([{"name": "size"}], "$.data.dataset.columns", "one column must be the target, not 0"),
        ([{"name": "a", "role": "target"}, {"name": "b", "role": "target"}], "$.data.dataset.columns", "not 2"),
        ([{"name": "a", "role": "target"}], "$.data.dataset.columns", "no column is a feature"),
        (
            [{"name": "a"}, {"name": "b", "role": "target", "kind": "category", "categories": ["x"]}],
            "$.data.dataset.columns[1].categories",
            "one class only",
        ),
        (
            [{"name": "a", "kind": "category", "categories": ["x", "x"]}, {"name": "b", "role": "target"}],
            "$.data.dataset.columns[0].categories",
            "twice",
        ),
        ([{"name": "a", "role": "goal"}], "$.data.dataset.columns[0].role", 'one of "feature", "ignored", "target"'),
    ],
)
def test_what_does_not_fit_in_the_file_is_said_with_its_place(columns, place, sentence):
    file = json.loads(to_json(experiment()))
    file["data"]["dataset"]["columns"] = columns
    with pytest.raises(ExperimentError) as refused:
        from_json(json.dumps(file))
    assert refused.value.place == place
    assert sentence in str(refused.value.message)


def experiment():
    dataset = table(ColumnSpec(name="size", role="ignored"), COLOUR_TARGET, ColumnSpec(name="price"))
    layers = NetworkSpec(layers=(Affine(units=2),))
    return Experiment(data=Data(dataset=dataset, test=0), network=layers, loss=SoftmaxCrossEntropy())


def test_an_experiment_with_its_table_gives_the_same_bits_from_its_file():
    trainers = [Trainer(experiment()), Trainer(from_json(to_json(experiment())))]
    for trainer in trainers:
        trainer.advance(5, lambda: False)
    np.testing.assert_array_equal(trainers[0].network.parameters, trainers[1].network.parameters)


def test_the_plane_of_a_table_has_a_range_for_each_axis():
    text = "year,grams,kind\n1990,0.1,a\n2020,0.3,b\n"
    kind = ColumnSpec(name="kind", role="target", kind="category", categories=("a", "b"))
    parts = load(Data(dataset=table(ColumnSpec(name="year"), ColumnSpec(name="grams"), kind, text=text), test=0))
    np.testing.assert_allclose(parts.plane, [(1988.5, 2021.5), (0.09, 0.31)])


def test_it_is_read_once(monkeypatch):
    dataset = table()
    first = dataset.draw(1)
    assert dataset.draw(2) is first
    assert not first.inputs.flags.writeable
