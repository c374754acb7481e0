import numpy as np
import pytest

from model.data import Data, load
from model.data_files.source import Text
from model.datasets import recently_read
from model.datasets.dataset import Samples
from model.datasets.recently_read import RECENTLY_READ, RecentlyRead
from model.datasets.table import ColumnSpec, Table

TEXT = "x,y\n" + "".join(f"{i},{i * 10}\n" for i in range(20))


def table(name):
    return Table(name=name, source=Text(text=TEXT), columns=(ColumnSpec(name="x"), ColumnSpec(name="y", role="target")))


def samples(n=3):
    return Samples(np.arange(n, dtype=float).reshape(n, 1), np.arange(n, dtype=float).reshape(n, 1))


def test_shuffled_samples_come_back_in_their_first_order():
    known, given = RecentlyRead(), samples()
    order = np.array([2, 0, 1])
    known.keep(table("a"), Samples(given.inputs[order], given.targets[order], test=1), order)
    found = known.get(table("a"))
    np.testing.assert_array_equal(found.inputs, given.inputs)
    np.testing.assert_array_equal(found.targets, given.targets)
    assert found.test == 1


def test_another_split_of_a_table_needs_no_other_reading(monkeypatch):
    RECENTLY_READ.forget()
    first = load(Data(dataset=table("a"), test=0.5))
    monkeypatch.setattr(Table, "read", lambda *_: pytest.fail("it was read again"))
    second = load(Data(dataset=table("a"), test=0.5, seed=2))
    again = load(Data(dataset=table("a"), test=0.5))
    assert not np.array_equal(first.train.points, second.train.points)
    np.testing.assert_array_equal(first.train.points, again.train.points)
    np.testing.assert_array_equal(again.train.targets, 10 * again.train.points)


def test_only_two_are_kept_and_one_where_the_other_is_large(monkeypatch):
    known = RecentlyRead()
    for name in "abc":
        known.keep(table(name), samples())
    assert [known.get(table(name)) is not None for name in "abc"] == [False, True, True]
    monkeypatch.setattr(recently_read, "MOST_BYTES", 10)
    known.keep(table("d"), samples())
    assert [known.get(table(name)) is not None for name in "bcd"] == [False, False, True]
