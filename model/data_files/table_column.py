"""One column of a table while it is read: numbers as long as all cells are, else one of a few texts."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from model.arrays import Floats
from model.data_files.error import quoted
from model.data_files.table_format import Decimal, is_missing, number

MOST_TEXTS = 200  # different cells of a column that are kept as its categories
MOST_LETTERS = 200  # of a category: what is longer is prose, and names nothing
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


def take(
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
    if len(column.texts) > MOST_TEXTS or any(len(text) > MOST_LETTERS for text in texts):
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
