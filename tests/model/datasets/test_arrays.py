import io

import numpy as np
import pytest

from model.data import Data, load
from model.data_files.error import DataFileError
from model.data_files.source import Packed
from model.datasets.arrays import ArrayAt, Arrays, class_texts, flat_targets, sample_shape
from model.datasets.recently_read import RECENTLY_READ

IMAGES = np.arange(6 * 4, dtype=np.uint8).reshape(6, 2, 2)
LABELS = np.array([0, 1, 0, 1, 2, 2], dtype=np.uint8)


@pytest.fixture(autouse=True)
def nothing_read_before():
    RECENTLY_READ.forget()


def arrays(**named):
    fields = {key: named.pop(key) for key in list(named) if key in Arrays.__struct_fields__}
    file = io.BytesIO()
    np.savez(file, **(named or {"x": IMAGES, "y": LABELS}))
    known = {
        "inputs": ArrayAt(member="x"),
        "targets": ArrayAt(member="y"),
        "sample": (1, 2, 2),
        "classes": ("0", "1", "2"),
        "scale": 255.0,
    }
    return Arrays(name="a.npz", files=(Packed(content=file.getvalue()),), **(known | fields))


def test_bytes_become_shares_of_ink_and_numbers_classes():
    dataset = arrays()
    samples = dataset.draw(1)
    np.testing.assert_array_equal(samples.inputs, IMAGES.reshape(6, 1, 2, 2) / 255)
    assert samples.targets.tolist() == [0, 1, 0, 1, 2, 2]
    assert (dataset.task, dataset.shape, dataset.class_names) == ("classification", (1, 2, 2), ("0", "1", "2"))
    assert dataset.axis_names == ("[0, 0]", "[0, 1]", "[1, 0]", "[1, 1]")


def test_the_test_part_of_the_data_stays_the_test_part_until_a_share_is_asked_for():
    dataset = arrays(
        x=IMAGES,
        y=LABELS,
        u=IMAGES[:2] + 100,
        v=LABELS[:2],
        test_inputs=ArrayAt(member="u"),
        test_targets=ArrayAt(member="v"),
    )
    own = load(Data(dataset=dataset, test=0, validation=0.5))
    np.testing.assert_array_equal(own.test.points, (IMAGES[:2] + 100).reshape(2, 1, 2, 2) / 255)
    assert (len(own.train.points), len(own.validation.points)) == (3, 3)
    assert "test part is the one that the data comes with" in str(own.notes[-1])
    anew = load(Data(dataset=dataset, test=0.5))
    assert (len(anew.train.points), len(anew.test.points)) == (5, 3)  # three of two classes, two of the third
    assert not any("comes with" in str(note) for note in anew.notes)


@pytest.mark.parametrize(
    ("array", "shape"),
    [
        ((5,), (1,)),
        ((5, 3), (3,)),
        ((5, 8, 9), (1, 8, 9)),
        ((5, 8, 9, 3), (3, 8, 9)),
        ((5, 3, 8, 9), (3, 8, 9)),
        ((5, 1, 2, 3, 4), None),
        ((), None),
    ],
)
def test_what_a_sample_is(array, shape):
    assert sample_shape(array) == shape if array else True


def test_channels_come_first_whatever_the_file_says():
    images = np.random.default_rng(1).random((4, 2, 5, 3))
    dataset = arrays(x=images, y=np.arange(4) % 2, sample=(3, 2, 5), classes=("0", "1"), scale=1.0)
    np.testing.assert_array_equal(dataset.draw(1).inputs, images.transpose(0, 3, 1, 2))


def test_one_hot_targets_are_numbers_of_classes():
    assert flat_targets(np.eye(3)[[2, 0, 1]]).tolist() == [2, 0, 1]
    assert flat_targets(np.array([[4.0], [5.0]])).tolist() == [4, 5]


def test_classes_are_called_as_one_reads_them():
    assert class_texts(np.array([0.0, 2.0, 2.5])) == ["0", "2", "2.5"]
    assert class_texts(np.array(["cat", "dog"])) == ["cat", "dog"]
    assert class_texts(np.array([b"cat"])) == ["cat"]
    assert class_texts(np.array([False, True])) == ["0", "1"]


def test_a_regression():
    dataset = arrays(x=np.eye(3), y=np.array([1.5, 2.0, -1.0]), sample=(3,), classes=(), scale=1.0)
    assert dataset.task == "regression"
    assert dataset.draw(1).targets.tolist() == [[1.5], [2.0], [-1.0]]


@pytest.mark.parametrize(
    ("dataset", "sentence"),
    [
        (arrays(x=IMAGES, y=LABELS[:5]), "6 samples and 5 targets"),
        (arrays(x=IMAGES, y=LABELS + 1), "the targets hold 3"),
        (arrays(x=IMAGES, z=LABELS), 'no array "y"'),
        (arrays(sample=(4,)), r"shape 2 × 2, and 4 is expected"),
        (arrays(x=np.array(["a"] * 6), y=LABELS, sample=(1,)), "the samples must be numbers"),
        (
            arrays(x=np.where(np.arange(12).reshape(6, 2) == 7, np.nan, 1.0), y=LABELS, sample=(2,)),
            r"sample 3, number \[1\]: nan is not a finite number",
        ),
        (arrays(x=IMAGES, y=np.zeros((6, 2))), "one number or class a sample"),
    ],
)
def test_what_is_wrong_is_said(dataset, sentence):
    with pytest.raises(DataFileError, match=sentence):
        dataset.draw(1)


@pytest.mark.parametrize(
    ("dataset", "place"),
    [
        (arrays(sample=(2, 2)), ".sample"),
        (arrays(classes=("a", "a")), ".classes"),
        (arrays(test_inputs=ArrayAt(member="x")), ".test_inputs"),
        (arrays(targets=ArrayAt(file=3, member="y")), ".targets.file"),
    ],
)
def test_what_does_not_fit_is_said_with_its_place(dataset, place):
    assert [found for found, _ in dataset.problems()] == [place]
