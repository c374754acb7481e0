"""A table of text, read in one pass: every cell a number, or one of a few texts that come again and again.

Rows are read a few thousand cells at a time into an array whose size was known before: at most one for every line of
the file. So there is never more in memory than the array and a handful of rows.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import numpy as np

from model.arrays import Floats
from model.data_files.error import DataFileError, Watch, quoted, unwatched
from model.data_files.memory import check_room
from model.data_files.table_column import Column, take
from model.data_files.table_format import HEAD, TableFormat, guess_format
from model.message import QT_TRANSLATE_NOOP

MOST_COLUMNS = 10_000
PREVIEW = 50  # rows
AT_ONCE = 10_000  # cells read at once: some milliseconds in which no other thread can work


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
            take(columns[place], cells, where, numbers[:end, place], rows, self._how.decimal)
        return end


def _names(cells: Sequence[str]) -> list[str]:
    """A name for every column, none of them twice."""
    found: dict[str, None] = {}  # in their order; thousands are looked through quickly
    for i, cell in enumerate(cells, 1):
        name = quoted(cell.strip()) or f"column {i}"
        while name in found:
            name = f"{name} ({i})"
        found[name] = None
    return list(found)


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
