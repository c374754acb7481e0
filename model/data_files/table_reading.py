"""A table of text, read in one pass: every cell a number, or one of a few texts that come again and again.

Rows are read a few thousand cells at a time into an array whose size was known before: at most one for every line of
the file. So there is never more in memory than the array and a handful of rows.
"""

import csv
import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Literal

import numpy as np

from model.arrays import Floats
from model.data_files.error import DataFileError, Watch, quoted, unwatched
from model.data_files.memory import check_room
from model.data_files.table_format import HEAD, Decimal, TableFormat, guess_format, is_missing, number
from model.message import QT_TRANSLATE_NOOP

MOST_TEXTS = 200  # different cells of a column that are kept as its categories
MOST_COLUMNS = 10_000
PREVIEW = 50  # rows
AT_ONCE = 10_000  # cells read at once: some milliseconds in which no other thread can work

Kind = Literal["number", "category"]


@dataclass
class Column:
    """A column as it was found."""

    name: str
    missing: int = 0  # cells
    wrong: int = 0  # cells that are neither a number nor missing
    first_missing: int = 0  # the row of the first missing cell, as a spreadsheet counts; 0: there is none
    first_wrong: tuple[int, str] = (0, "")
    texts: dict[str, int] | None = field(default_factory=dict[str, int])  # what it says -> a code; None: too much
    codes: "array[int] | None" = None  # of each row; -1: missing. None as long as all cells are numbers

    def kinds(self, rows: int) -> tuple[Kind, ...]:
        """What it can be taken for, the likelier first: a column of few numbers may also number classes."""
        filled = rows - self.missing
        few = self.texts is not None and len(self.texts) > 0
        if self.wrong * 2 > filled:
            return ("category",) if few else ()
        if filled == 0:
            return ()
        return ("number", "category") if few else ("number",)


@dataclass(frozen=True, eq=False)
class Columns:
    """A whole table."""

    format: TableFormat
    columns: tuple[Column, ...]
    numbers: Floats  # (rows, columns); NaN where a cell is missing or no number
    preview: tuple[tuple[str, ...], ...]  # the first rows, as they are written
    rows_before: Floats  # (rows,): the row of each as a spreadsheet counts

    @property
    def rows(self) -> int:
        """How many samples there are."""
        return len(self.numbers)


def read_table(file: BinaryIO, wanted: TableFormat | None = None, watch: Watch = unwatched) -> Columns:
    """Read the table that begins where `file` stands; `wanted`: how, else it is found out.

    Raises DataFileError where it is none or does not fit into memory.
    """
    head = file.read(HEAD)
    found = guess_format(head)
    check_table_room(head, file.seek(0, io.SEEK_END))
    try:
        return _Reading(file, wanted or found, watch).read()
    except UnicodeDecodeError as error:
        if wanted is None and found.encoding == "utf-8":  # a letter beyond the beginning was none of UTF-8
            latin = TableFormat(
                encoding="latin-1", delimiter=found.delimiter, decimal=found.decimal, header=found.header
            )
            return _Reading(file, latin, watch).read()
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "the text is not written in {encoding}: choose another encoding"),
            encoding=(wanted or found).encoding,
        ) from error


def check_table_room(head: bytes, size: int) -> None:
    """Raises DataFileError where a table of `size` bytes that begins with `head` would not fit into memory.

    Told from the beginning alone, before the rest is read: it has as many lines and cells a byte as that.
    """
    mark = guess_format(head).delimiter.encode()
    lines = max(1, head.count(b"\n"), head.count(b"\r"))
    cells = head.count(mark) + lines
    check_room(int(cells / max(1, len(head)) * size))


class _Reading:
    def __init__(self, file: BinaryIO, how: TableFormat, watch: Watch) -> None:
        self._file, self._how, self._watch = file, how, watch
        self._lines, self._size = _count_lines(file, watch)
        self._row = 0  # as a spreadsheet counts, the header being 1
        self._preview: list[tuple[str, ...]] = []

    def read(self) -> Columns:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self._how.encoding, newline="")
        try:
            return self._from_text(text)
        except csv.Error as error:
            raise DataFileError(
                QT_TRANSLATE_NOOP("model", "row {row} cannot be read as cells: look for a quotation mark too many"),
                row=self._row + 1,
            ) from error
        finally:
            text.detach()  # the file belongs to the caller

    def _from_text(self, text: io.TextIOWrapper) -> Columns:
        records = self._records(csv.reader(text, delimiter=self._how.delimiter))
        first = next(records, None)
        if first is None:
            raise DataFileError(QT_TRANSLATE_NOOP("model", "the file is empty"))
        if len(first[1]) > MOST_COLUMNS:
            raise DataFileError(
                QT_TRANSLATE_NOOP("model", "the table has {found:,} columns; at most {most:,} are allowed"),
                found=len(first[1]),
                most=MOST_COLUMNS,
            )
        names = first[1] if self._how.header else [""] * len(first[1])
        columns = tuple(Column(name) for name in _names(names))
        numbers = _room(self._lines, len(columns))
        places = np.empty(len(numbers))
        rows = 0 if self._how.header else self._fill([first], columns, numbers, places, 0)
        while chunk := list(islice(records, max(1, AT_ONCE // len(columns)))):
            rows = self._fill(chunk, columns, numbers, places, rows)
            self._watch(min(1.0, self._file.tell() / max(1, self._size)))
        if not rows:
            raise DataFileError(QT_TRANSLATE_NOOP("model", "the table has names of columns and not one row below"))
        return Columns(self._how, columns, numbers[:rows], tuple(self._preview), places[:rows])

    def _records(self, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
        """Rows with their number; empty lines are counted and left out, as by a spreadsheet's reader."""
        cells = 0
        for record in reader:
            self._row += 1
            if not record:
                continue
            cells = cells or len(record)
            if len(record) != cells:
                raise DataFileError(
                    QT_TRANSLATE_NOOP(
                        "model", "row {row} has {found} cells and the first row {cells}: every row needs as many"
                    ),
                    row=self._row,
                    found=len(record),
                    cells=cells,
                )
            yield self._row, record

    def _fill(
        self,
        chunk: Sequence[tuple[int, list[str]]],
        columns: Sequence[Column],
        numbers: Floats,
        places: Floats,
        rows: int,
    ) -> int:
        """Take the rows of `chunk` in; returns how many there are now."""
        if len(self._preview) < PREVIEW:
            self._preview.extend(tuple(record) for _, record in chunk[: PREVIEW - len(self._preview)])
        end = rows + len(chunk)
        where = [row for row, _ in chunk]
        places[rows:end] = where
        for place, cells in enumerate(zip(*(record for _, record in chunk), strict=True)):
            _take(columns[place], cells, where, numbers[:end, place], rows, self._how.decimal)
        return end


def _take(
    column: Column, cells: Sequence[str], where: Sequence[int], numbers: Floats, begin: int, mark: Decimal
) -> None:
    """Some more cells of a column; `numbers` are those before it, up to `begin`, and room for these."""
    try:
        joined = "".join(cells)
        plain = mark == "." and "_" not in joined  # then Python's own reader of numbers will do, and quickly
        found = list(map(float, cells)) if plain else [number(cell, mark) for cell in cells]
        numbers[begin:] = found
        whole = bool(np.isfinite(numbers[begin:]).all())
    except ValueError:
        whole = False
    if not whole:
        _take_one_by_one(column, cells, where, numbers, begin, mark)
        return
    if column.texts is not None:
        _remember(column, dict.fromkeys(map(str.strip, cells)))
    if column.codes is not None:
        _encode(column, cells)


def _take_one_by_one(
    column: Column, cells: Sequence[str], where: Sequence[int], numbers: Floats, begin: int, mark: Decimal
) -> None:
    """There is a missing cell among them, or one that is no number."""
    for i, (cell, row) in enumerate(zip(cells, where, strict=True), begin):
        value = np.nan
        if is_missing(cell):
            column.missing += 1
            column.first_missing = column.first_missing or row
        else:
            try:
                value = number(cell, mark)
            except ValueError:
                value = np.inf  # no number at all counts as one that is not finite
            if not np.isfinite(value):
                value = np.nan
                column.wrong += 1
                if column.wrong == 1:
                    column.first_wrong = row, quoted(cell.strip())
        numbers[i] = value
    if column.wrong and column.codes is None and column.texts is not None:
        _begin_codes(column, numbers[:begin], mark)
    if column.texts is not None:
        _remember(column, dict.fromkeys(cell.strip() for cell in cells if not is_missing(cell)))
    if column.codes is not None:
        _encode(column, cells)


def _remember(column: Column, texts: dict[str, None]) -> None:
    assert column.texts is not None
    for text in texts:
        column.texts.setdefault(text, len(column.texts))
    if len(column.texts) > MOST_TEXTS:
        column.texts = column.codes = None


def _begin_codes(column: Column, before: Floats, mark: Decimal) -> None:
    """The first cell that is no number: from now on the cells' texts count, also of the rows before."""
    assert column.texts is not None
    of_numbers: dict[float, int] = {}
    for text, code in column.texts.items():
        of_numbers.setdefault(number(text, mark), code)
    column.codes = array("i", (of_numbers.get(value, -1) for value in before.tolist()))


def _encode(column: Column, cells: Sequence[str]) -> None:
    assert column.codes is not None and column.texts is not None
    column.codes.extend(column.texts.get(cell.strip(), -1) for cell in cells)


def _names(cells: Sequence[str]) -> list[str]:
    """A name for every column, none of them twice."""
    found: list[str] = []
    for i, cell in enumerate(cells, 1):
        name = quoted(cell.strip()) or f"column {i}"
        while name in found:
            name = f"{name} ({i})"
        found.append(name)
    return found


def _count_lines(file: BinaryIO, watch: Watch) -> tuple[int, int]:
    """How many lines there are at most, and the bytes."""
    file.seek(0)
    feeds = returns = size = 0
    while block := file.read(2**20):
        feeds += block.count(b"\n")
        returns += block.count(b"\r")
        size += len(block)
        watch(0.0)
    return max(feeds, returns) + 1, size


def _room(rows: int, columns: int) -> Floats:
    """An array for the table. Raises DataFileError where it does not fit."""
    check_room(rows * columns)
    try:
        return np.empty((rows, columns))
    except (MemoryError, ValueError) as error:
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "there is not enough memory for {rows:,} rows of {columns:,} numbers"),
            rows=rows,
            columns=columns,
        ) from error
