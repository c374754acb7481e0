"""A table from a file, or from the clipboard: a row a sample, its columns features and the target."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from model.arrays import Indices, Shape
from model.data_files.error import DataFileError, Watch, unwatched
from model.data_files.source import Source, open_source
from model.data_files.table_column import MOST_LETTERS, MOST_TEXTS, Column, Kind
from model.data_files.table_format import Decimal, TableFormat, is_number, number
from model.data_files.table_reading import MOST_COLUMNS, Columns, read_table
from model.datasets.dataset import Integers, Own, Samples, Task
from model.datasets.recently_read import RECENTLY_READ
from model.hyperparameter import Spec
from model.message import QT_TRANSLATE_NOOP, Message

Role = Literal["feature", "target", "ignored"]
Name = Annotated[str, msgspec.Meta(max_length=MOST_LETTERS)]


class ColumnSpec(Spec, tag=False, frozen=True):
    """What a column of the table is taken for."""

    name: Name
    role: Role = "feature"
    kind: Kind = "number"
    # What a category can be: of the target its classes in the order of their numbers; of a feature one input each.
    categories: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_TEXTS)] = ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """What a feature becomes: itself, or of a category an input for each of its values, 1 where it is that one."""
        return (self.name,) if self.kind == "number" else tuple(f"{self.name}: {each}" for each in self.categories)


class Table(Own, tag="table", frozen=True, kw_only=True):
    """Columns of a table: some are what the network is given, one is what it shall say.

    A target of numbers makes a regression, one of categories a classification. A feature of categories is written
    "one hot": colours red, green and blue become three inputs, of which one is 1 and the others 0; a single number
    would say that green lies between red and blue.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "own table")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Your own data, from the rows and columns of a table: each row is a sample."
    )

    name: Annotated[str, msgspec.Meta(max_length=300)]  # of the file, to be shown
    source: Source
    format: TableFormat = TableFormat()
    columns: Annotated[tuple[ColumnSpec, ...], msgspec.Meta(min_length=1, max_length=MOST_COLUMNS)]
    leave_out_incomplete: bool = False  # rows in which a cell is missing; else such a table is refused
    # A regression is asked for (value - target_zero) / target_unit, two round numbers: a network that begins near 0
    # takes long to come to 250,000.
    target_zero: Annotated[float, msgspec.Meta(ge=-1e300, le=1e300)] = 0.0
    target_unit: Annotated[float, msgspec.Meta(gt=0, le=1e300)] = 1.0

    @property
    def features(self) -> tuple[int, ...]:
        """The places of the columns that the network is given."""
        return tuple(i for i, column in enumerate(self.columns) if column.role == "feature")

    @property
    def target(self) -> int:
        """The place of the column that the network shall say."""
        return next((i for i, column in enumerate(self.columns) if column.role == "target"), 0)

    @property
    def task(self) -> Task:
        return "regression" if self.columns[self.target].kind == "number" else "classification"

    @property
    def shape(self) -> Shape:
        return (len(self.axis_names),)

    @property
    def axis_names(self) -> tuple[str, ...]:
        return tuple(name for place in self.features for name in self.columns[place].inputs)

    @property
    def class_names(self) -> tuple[str, ...]:
        return self.columns[self.target].categories if self.task == "classification" else ()

    def problems(self) -> Iterator[tuple[str, Message]]:
        roles = [column.role for column in self.columns]
        if roles.count("target") != 1:
            message = QT_TRANSLATE_NOOP("model", "one column must be the target, not {found}")
            yield ".columns", Message(message, {"found": roles.count("target")})
        elif not self.axis_names:
            message = QT_TRANSLATE_NOOP("model", "no column is a feature: at least one is needed")
            yield ".columns", Message(message)
        elif self.task == "classification" and len(self.class_names) < 2:
            message = QT_TRANSLATE_NOOP(
                "model", "the target has one class only, and there is nothing to tell apart: choose another column"
            )
            yield f".columns[{self.target}].categories", Message(message)
        for place, column in enumerate(self.columns):
            if len(set(column.categories)) < len(column.categories):
                yield f".columns[{place}].categories", Message(QT_TRANSLATE_NOOP("model", "a category is there twice"))

    def title(self) -> Message:
        return Message("{name}", {"name": self.name})

    def draw(self, seed: int) -> Samples:
        """The rows in their order, whatever the seed. Raises DataFileError."""
        return RECENTLY_READ.get(self) or self.read()

    def read(self, watch: Watch = unwatched) -> Samples:
        """Read the table; `draw` will know it. Raises DataFileError, MovedError, and what `watch` raises."""
        with open_source(self.source, watch) as file:
            return self.take(read_table(file, self.format, watch))

    def take(self, table: Columns) -> Samples:
        """The samples of a table that was read already; `draw` will know them. Raises DataFileError."""
        samples = _Taking(self, table).samples()
        RECENTLY_READ.keep(self, samples)
        return samples


class _Taking:
    """From the cells of a table to samples."""

    def __init__(self, dataset: Table, table: Columns) -> None:
        self._dataset, self._table = dataset, table
        names = [column.name for column in table.columns]
        if names != [column.name for column in dataset.columns]:
            raise DataFileError(
                QT_TRANSLATE_NOOP("model", "{name} has other columns than the experiment knows: open the data anew"),
                name=dataset.name,
            )

    def samples(self) -> Samples:
        dataset, table = self._dataset, self._table
        used = (*dataset.features, dataset.target)
        whole = np.ones(table.rows, dtype=bool)
        for place in used:
            whole &= self._is_there(place)
        if not whole.any():
            raise DataFileError(QT_TRANSLATE_NOOP("model", "there is not one row without a missing cell"))
        rows = slice(None) if whole.all() else np.flatnonzero(whole)
        n = int(whole.sum())
        inputs = np.empty((n, *dataset.shape))
        at = 0
        for place in dataset.features:
            spec = dataset.columns[place]
            if spec.kind == "number":
                inputs[:, at] = table.numbers[rows, place]
            else:
                inputs[:, at : at + len(spec.categories)] = self._codes(place, rows)[:, None] == np.arange(
                    len(spec.categories)
                )
            at += len(spec.inputs)
        if dataset.task == "regression":
            values = table.numbers[rows, dataset.target].reshape(-1, 1)
            targets = (values - dataset.target_zero) / dataset.target_unit
        else:
            targets = self._codes(dataset.target, rows)
            _check_classes(targets, dataset)
        for array in (inputs, targets):
            array.setflags(write=False)
        return Samples(inputs, targets, notes=_notes(table.rows - n))

    def _is_there(self, place: int) -> NDArray[np.bool_]:
        """Where the cell of this column holds what it should. Raises DataFileError where it must and does not."""
        column, spec = self._table.columns[place], self._dataset.columns[place]
        if spec.kind == "number" and column.wrong:
            row, cell = column.first_wrong
            raise DataFileError(
                QT_TRANSLATE_NOOP(
                    "model",
                    'row {row}, column "{column}": {cell} is not a number ({count:,} such cells): correct the table, '
                    "or leave the column out",
                ),
                row=row,
                column=column.name,
                cell=f'"{cell}"',
                count=column.wrong,
            )
        if column.missing and not self._dataset.leave_out_incomplete:
            raise DataFileError(
                QT_TRANSLATE_NOOP(
                    "model",
                    'row {row}, column "{column}": the cell is empty ({count:,} such cells): leave out the rows with '
                    "empty cells, or the column",
                ),
                row=column.first_missing,
                column=column.name,
                count=column.missing,
            )
        if spec.kind == "number" or column.codes is None:
            return np.isfinite(self._table.numbers[:, place])
        return np.asarray(column.codes) >= 0

    def _codes(self, place: int, rows: slice | Indices) -> Integers:
        """The number of each row's category, (n,)."""
        column, spec = self._table.columns[place], self._dataset.columns[place]
        if column.texts is not None and column.codes is not None:
            found: list[str] | list[float] = list(column.texts)
            where = np.asarray(column.codes)[rows]
            known: dict[str | float, int] = {text: code for code, text in enumerate(spec.categories)}
        else:  # all cells are numbers: each number is one category, however it was written
            values, where = np.unique(self._table.numbers[rows, place], return_inverse=True)
            found, mark = values.tolist(), self._table.format.decimal
            known = {number(text, mark): code for code, text in enumerate(spec.categories) if is_number(text, mark)}
        codes = np.array([known.get(each, -1) for each in found], dtype=np.int64)[where]
        if codes.min() < 0:
            raise DataFileError(
                QT_TRANSLATE_NOOP("model", 'column "{column}" has a value that is none of its categories: {found}'),
                column=column.name,
                found=next(each for each in found if each not in known),
            )
        return codes


def _check_classes(targets: Integers, dataset: Table) -> None:
    if len(np.unique(targets)) < 2:
        raise DataFileError(
            QT_TRANSLATE_NOOP(
                "model", "all rows are of one class, and there is nothing to tell apart: choose another target"
            )
        )


def _notes(left_out: int) -> tuple[Message, ...]:
    source = QT_TRANSLATE_NOOP("model", "Left out: {count:,} rows with an empty cell.")
    return (Message(source, {"count": left_out}),) if left_out else ()


def categories_of(column: Column, mark: Decimal) -> tuple[str, ...]:
    """The values of a column as categories: numbers by size, each once however it is written; texts by the alphabet."""
    texts = list(column.texts or {})
    if column.codes is not None:
        return tuple(sorted(texts, key=lambda text: (text.casefold(), text)))
    by_value: dict[float, str] = {}
    for text in texts:
        by_value.setdefault(number(text, mark), text)
    return tuple(by_value[value] for value in sorted(by_value))
