"""Rows of terms set into lines: each stands on the line of writing, and a row that is too long is broken."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

LINE_GAP, ROW_GAP, INDENT = 6.0, 12.0, 16.0  # px


@dataclass(frozen=True)
class Box:
    """The room that a term needs."""

    width: float
    ascent: float
    descent: float
    under: float = 0.0  # height of the word below it
    breaks: bool = True  # a line may end before it


@dataclass(frozen=True)
class Spot:
    """Where a term stands: its row, its place there, its room, and the start of its line of writing."""

    row: int
    place: int
    room: QRectF
    pen: QPointF


def flow(rows: Sequence[Sequence[Box]], width: float) -> tuple[list[Spot], float]:
    """The place of every term where the page is `width` wide, and the height of all."""
    spots: list[Spot] = []
    top = 0.0
    for number, row in enumerate(rows):
        if number:
            top += ROW_GAP
        for first, line in enumerate(lines(row, width)):
            if first:
                top += LINE_GAP
            top += _set(spots, number, row, line, INDENT if first else 0.0, top)
    return spots, top


def lines(row: Sequence[Box], width: float) -> list[range]:
    """Which terms come on which line. A term that is wider than the page has a line for itself."""
    found: list[range] = []
    start, used = 0, 0.0
    place = 0
    while place < len(row):
        end = place + 1  # what must not be parted from it goes with it
        while end < len(row) and not row[end].breaks:
            end += 1
        needed = sum(box.width for box in row[place:end])
        if place > start and used + needed > width:
            found.append(range(start, place))
            start, used = place, INDENT
        used += needed
        place = end
    if start < len(row):
        found.append(range(start, len(row)))
    return found


def _set(spots: list[Spot], number: int, row: Sequence[Box], line: range, left: float, top: float) -> float:
    ascent = max(row[place].ascent for place in line)
    descent = max(row[place].descent for place in line)
    under = max(row[place].under for place in line)
    for place in line:
        box = row[place]
        room = QRectF(left, top + ascent - box.ascent, box.width, box.ascent + box.descent)
        spots.append(Spot(number, place, room, QPointF(left, top + ascent)))
        left += box.width
    return ascent + descent + under
