"""How a table is written as text: encoding, what parts two cells, the decimal mark, and whether names come first.

CSV has no standard that everybody keeps (RFC 4180 came thirty years late). So the beginning of the file is looked at:
what parts the cells is the character that parts every row into equally many, and more than one.
"""

import codecs
import csv
from collections import Counter
from typing import Literal

from model.data_files.error import DataFileError
from model.hyperparameter import Spec
from model.message import QT_TRANSLATE_NOOP

Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "latin-1"]
Delimiter = Literal[",", ";", "\t", "|"]
Decimal = Literal[".", ","]

DELIMITERS: tuple[Delimiter, ...] = ("\t", ";", ",", "|")  # where several would do, the earlier one
HEAD = 2**16  # bytes that are looked at
ROWS = 200  # rows that are looked at
MISSING = frozenset(
    ("", "na", "n/a", "nan", "null", "none", "?", "-")
)  # what stands where nothing is, in small letters


class TableFormat(Spec, tag=False, frozen=True):
    """How to read a table."""

    encoding: Encoding = "utf-8"
    delimiter: Delimiter = ","
    decimal: Decimal = "."
    header: bool = True


def guess_format(head: bytes) -> TableFormat:
    """The format of the table that begins with `head`.

    Raises DataFileError where it is empty or no text.
    """
    encoding = _encoding(head)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    if not text.strip():
        raise DataFileError(QT_TRANSLATE_NOOP("model", "the file is empty"))
    if any(letter < " " and letter not in "\t\n\r\f\v" for letter in text):
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "this is not a table: it holds bytes that no text has; open a CSV or TSV file")
        )
    lines = text.splitlines()
    if len(head) >= HEAD and len(lines) > 1:
        lines.pop()  # cut in the middle
    split = {each: _rows(lines, each) for each in DELIMITERS}
    delimiter: Delimiter = max(DELIMITERS, key=lambda each: _evenness(split[each]))
    rows = split[delimiter]
    decimal = _decimal(rows) if delimiter != "," else "."
    return TableFormat(encoding=encoding, delimiter=delimiter, decimal=decimal, header=_has_header(rows, decimal))


def is_missing(cell: str) -> bool:
    """Whether the cell says that there is nothing."""
    return cell.strip().lower() in MISSING


def number(cell: str, decimal: Decimal) -> float:
    """The number in a cell. Raises ValueError where there is none."""
    if "_" in cell:  # Python's own way to group digits, nobody else's
        raise ValueError(cell)
    if decimal == ",":
        if "." in cell:  # 1.005 is a thousand and five there, and must not be read as one
            raise ValueError(cell)
        return float(cell.replace(",", "."))
    return float(cell)


def is_number(cell: str, decimal: Decimal) -> bool:
    """Whether the cell holds a number; NaN is none."""
    try:
        number(cell, decimal)
    except ValueError:
        return False
    return not is_missing(cell)


def _encoding(head: bytes) -> Encoding:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # whose last letter may be cut
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _rows(lines: list[str], delimiter: Delimiter) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines[:ROWS], delimiter=delimiter) if row]
    except csv.Error:
        return []


def _evenness(rows: list[list[str]]) -> float:
    """The share of the rows that have the most frequent number of cells; 0 where that is one cell."""
    if not rows:
        return -1.0
    cells, count = Counter(map(len, rows)).most_common(1)[0]
    return count / len(rows) if cells > 1 else 0.0


def _decimal(rows: list[list[str]]) -> Decimal:
    """The mark with which more cells are numbers."""
    cells = [cell for row in rows for cell in row]
    point = sum(is_number(cell, ".") for cell in cells)
    comma = sum(is_number(cell, ",") for cell in cells)
    return "," if comma > point else "."


def _has_header(rows: list[list[str]], decimal: Decimal) -> bool:
    """Whether the first row holds names: no number among them, and either numbers below, or nothing said again."""
    if len(rows) < 2 or any(is_number(cell, decimal) for cell in rows[0]):
        return False
    below = rows[1:]
    if any(is_number(cell, decimal) for row in below for cell in row):
        return True
    again = {cell.strip() for row in below for cell in row}
    return not again & {cell.strip() for cell in rows[0]}
