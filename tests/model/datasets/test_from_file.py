import gzip
import struct

import numpy as np
import pytest

from model.data import Data, load
from model.data_files import memory
from model.data_files.error import DataFileError
from model.data_files.source import MOST_EMBEDDED, File, Packed, Text
from model.data_files.table_format import TableFormat
from model.datasets import from_file
from model.datasets.array_guess import arrays_of, pair_of
from model.datasets.from_file import look_into, look_into_text, table_of
from model.datasets.table_guess import guess_columns, scale_of


def idx(array):
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def roles(text):
    found = look_into_text(text, "pasted")
    return [(each.name, each.role, each.kind) for each in guess_columns(found.table)]


def test_the_last_column_is_the_target_unless_another_is_called_so():
    assert roles("a,b,c\n1,2,3.5\n4,5,6.5\n") == [
        ("a", "feature", "number"),
        ("b", "feature", "number"),
        ("c", "target", "number"),
    ]
    assert roles("species,b\nx,1\ny,2\nx,3\ny,4\n")[0] == ("species", "target", "category")


def test_prose_is_no_category():
    """What an experiment's file may hold of it is bounded; such a table could not be opened again."""
    short, prose = "so it was", "once upon a time " * 20
    lines = "".join(f"{i},{(short, prose)[i % 2]},{i % 3}\n" for i in range(30))
    assert roles("x,story,y\n" + lines)[1] == ("story", "ignored", "number")


def test_few_whole_numbers_that_come_often_are_classes():
    assert roles("x,y\n" + "".join(f"{i / 7},{i % 2}\n" for i in range(20)))[1] == ("y", "target", "category")
    assert roles("x,y\n" + "".join(f"{i / 7},{i}\n" for i in range(20)))[1] == ("y", "target", "number")


def test_a_column_that_names_the_rows_is_left_out():
    found = roles("who,x,y\n" + "".join(f"name {i},{i},{i * 2}.5\n" for i in range(30)))
    assert found[0] == ("who", "ignored", "number") or found[0][1] == "ignored"


def test_a_small_table_goes_into_the_experiment_and_a_large_one_stays_a_file(tmp_path):
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_bytes("größe,b\n1,2\n3,4\n".encode("latin-1"))
    large.write_text("a,b\n" + "1,2\n3,4\n" * (MOST_EMBEDDED // 8))
    found = look_into(small)
    assert found.source == Text(text="größe,b\n1,2\n3,4\n")
    dataset = table_of(found, guess_columns(found.table), leave_out_incomplete=False)
    assert dataset.format == TableFormat()  # what is embedded has been decoded
    assert dataset.draw(1).inputs.tolist() == [[1], [3]]
    assert isinstance(look_into(large).source, File)


def test_a_table_is_opened_from_its_own_experiment_as_it_was_first(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("a,b\n" + "".join(f"{i},{i * 0.5}\n" for i in range(30_000)))
    found = look_into(path)
    dataset = table_of(found, guess_columns(found.table), leave_out_incomplete=False)
    first = dataset.take(found.table)
    again = dataset.read()
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.targets, again.targets)


def test_mnist_is_opened_with_all_its_files_from_any_of_them(tmp_path):
    random = np.random.default_rng(1)
    train, test = random.integers(0, 256, (20, 28, 28), np.uint8), random.integers(0, 256, (10, 28, 28), np.uint8)
    answers, test_answers = np.arange(20, dtype=np.uint8) % 10, np.arange(10, dtype=np.uint8)
    for name, array in (
        ("train-images-idx3-ubyte.gz", train),
        ("train-labels-idx1-ubyte.gz", answers),
        ("t10k-images-idx3-ubyte.gz", test),
        ("t10k-labels-idx1-ubyte.gz", test_answers),
    ):
        (tmp_path / name).write_bytes(gzip.compress(idx(array)))
    (tmp_path / "notes.txt").write_text("not one of them")
    for name in ("t10k-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz"):
        found = look_into(tmp_path / name)
        dataset = arrays_of(found, pair_of(found))
        parts = load(Data(dataset=dataset, test=0))
        assert (len(parts.train.points), len(parts.test.points)) == (20, 10)
        assert (dataset.shape, dataset.class_names) == ((1, 28, 28), tuple("0123456789"))
        np.testing.assert_array_equal(parts.test.points[:, 0], test / 255)
        assert parts.test.targets.tolist() == list(range(10))


@pytest.mark.parametrize("names", [("x_train", "y_train"), ("x_train", "t_train"), ("train_img", "train_label")])
def test_the_usual_npz_of_mnist(tmp_path, names):
    inputs, targets = names
    named = {inputs: np.zeros((4, 28, 28), np.uint8), targets: np.array([3, 1, 3, 1])}
    named |= {each.replace("train", "test"): array[:2] for each, array in named.items()}
    np.savez(tmp_path / "mnist.npz", **named)
    found = look_into(tmp_path / "mnist.npz")
    assert isinstance(found.files[0], Packed)
    dataset = arrays_of(found, pair_of(found))
    assert (dataset.classes, dataset.scale, dataset.test_inputs.member) == (
        ("1", "3"),
        255.0,
        inputs.replace("train", "test"),
    )


def test_arrays_of_any_name_are_paired_by_their_length(tmp_path):
    np.savez(tmp_path / "a.npz", other=np.zeros(7), answers=np.arange(5) / 3, rows=np.zeros((5, 4)))
    found = look_into(tmp_path / "a.npz")
    dataset = arrays_of(found, pair_of(found))
    assert (dataset.inputs.member, dataset.targets.member, dataset.task) == ("rows", "answers", "regression")


def test_arrays_that_do_not_belong_together_are_refused(tmp_path):
    np.savez(tmp_path / "a.npz", a=np.zeros(7), b=np.zeros((5, 2)))
    with pytest.raises(DataFileError, match="no two arrays of the same length"):
        pair_of(look_into(tmp_path / "a.npz"))


def test_prose_is_no_class(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.zeros((4, 2)), y=np.array(["a", "once upon a time " * 20] * 2))
    found = look_into(tmp_path / "a.npz")
    with pytest.raises(DataFileError, match="too long to name a class"):
        arrays_of(found, pair_of(found))


def test_one_class_is_nothing_to_tell_apart(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.zeros((7, 2)), y=np.zeros(7, int))
    found = look_into(tmp_path / "a.npz")
    with pytest.raises(DataFileError, match="name 1 classes"):
        arrays_of(found, pair_of(found))


@pytest.mark.parametrize(
    ("mean", "deviation", "scale"),
    [(0.5, 1.0, (0, 1)), (300_000, 80_000, (300_000, 100_000)), (2005, 9, (2000, 10)), (0.0, 1e-4, (0, 1e-4))],
)
def test_a_target_is_scaled_by_round_numbers(mean, deviation, scale):
    values = mean + deviation * np.array([-1, 1, -1, 1])
    text = "x,y\n" + "".join(f"1,{value!r}\n" for value in values.tolist())
    assert scale_of(look_into_text(text, "t").table, 1) == pytest.approx(scale)


def test_what_is_too_large_is_refused_before_it_is_hashed(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("1,2\n" * 10_000)
    monkeypatch.setattr(memory, "available_memory", lambda: 1000)
    monkeypatch.setattr(from_file, "file_of", lambda *_: pytest.fail("it was read"))
    with pytest.raises(DataFileError, match="it was not read"):
        look_into(path)


def test_a_long_text_cannot_be_pasted():
    with pytest.raises(DataFileError, match="save it as a CSV file"):
        look_into_text("1\t2\n" * 600_000, "pasted")
