"""What the inspector shows of one subject, as a value: words, formulas, numbers, and the code behind them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from gui.export import Table
from gui.formulas.term import Row, plain_text
from gui.selection import Sources


@dataclass(frozen=True)
class Section:
    """Some formulas under one heading."""

    heading: str
    rows: tuple[Row, ...]
    note: str = ""  # a sentence below them


@dataclass(frozen=True)
class TableRow:
    """The numbers of one neuron; None is not known yet."""

    name: str
    values: tuple[float | None, ...]
    sources: Sources | None = None


@dataclass(frozen=True)
class NumberTable:
    """The numbers of a whole column."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


MOST_ROWS = 200  # more are slow to show and read by nobody


def shortened(header: Sequence[str], count: int, row: Callable[[int], TableRow]) -> NumberTable:
    """The first rows of `count`, and one that says how many are left out."""
    rows = [row(place) for place in range(min(count, MOST_ROWS))]
    if count > MOST_ROWS:
        text = QCoreApplication.translate("inspector", "{count:,} more").format(count=count - MOST_ROWS)
        rows.append(TableRow(text, (None,) * (len(header) - 1)))
    return NumberTable(tuple(header), tuple(rows))


@dataclass(frozen=True)
class Page:
    """All about one subject."""

    title: str
    meaning: str = ""
    where_from: str = ""  # which step, which sample
    sections: tuple[Section, ...] = ()
    table: NumberTable | None = None
    code: tuple[Callable[..., object], ...] = ()  # the functions that computed it
    step: int | None = None  # one that can be gone to


def only_known(page: Page) -> Page:
    """The page without the lines whose numbers are still on their way."""
    sections = [replace(each, rows=tuple(row for row in each.rows if not _waits(row))) for each in page.sections]
    return replace(page, sections=tuple(each for each in sections if each.rows))


def _waits(row: Row) -> bool:
    return any(term.muted for term in row)


def numbers_of(page: Page) -> Table:
    """Every number on the page in full: in which part it stands, what it is, its value."""
    rows: list[Sequence[object]] = [
        ("formula", section.heading, plain_text(row), "") for section in page.sections for row in section.rows
    ]
    rows += [
        ("number", section.heading, term.name, term.value)
        for section in page.sections
        for row in section.rows
        for term in row
        if term.value is not None and term.name
    ]
    if page.table is not None:
        for each in page.table.rows:
            for name, value in zip(page.table.header[1:], each.values, strict=True):
                if value is not None:
                    rows.append(("number", each.name, name, value))
    return ("kind", "part", "what", "value"), rows
