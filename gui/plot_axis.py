"""The axes of a plot: where their numbers and their grid lie, and how they look in a theme."""

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from gui.theme import Theme, font

NEAREST = 4  # px between two numbers side by side at least
LONG = 1e7  # from here on a number is written with a power of ten
BEYOND = 200.0  # px, more than half of any number


class Axis(pg.AxisItem):
    """An axis with a number at its very ends, too.

    pyqtgraph leaves out a number that would stand out beyond the end of its axis, although its line is drawn: of the
    two that it finds for a short axis, one or none is left. Here such a number moves inwards until it stands inside.
    """

    def __init__(self, orientation: str) -> None:
        self._numbering = False
        super().__init__(orientation)

    def boundingRect(self) -> QRectF:
        bounds: QRectF = super().boundingRect()
        return bounds.adjusted(-BEYOND, -BEYOND, BEYOND, BEYOND) if self._numbering else bounds

    def generateDrawSpecs(self, painter: QPainter) -> Any:
        """The line, the grid and the numbers: all that lie on the axis, no two of them on top of each other."""
        self._numbering = True  # none is outside
        try:
            specs: Any = super().generateDrawSpecs(painter)
        finally:
            self._numbering = False
        if specs is None:
            return None
        line, grid, numbers = specs
        bounds = self.boundingRect()
        placed: list[tuple[QRectF, Any, str]] = []
        for rect, flags, number in numbers:  # the more important ones first
            moved = self._inside(rect, bounds)
            room = moved.adjusted(-NEAREST, 0, NEAREST, 0)
            if not any(room.intersects(other) for other, _, _ in placed):
                placed.append((moved, flags, number))
        return line, grid, placed

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The numbers, with all the digits in which neighbours differ."""
        if self.logMode:
            return self.logTickStrings(values, scale, spacing)
        return linear_texts(values, spacing)

    def _inside(self, rect: QRectF, bounds: QRectF) -> QRectF:
        """`rect` moved along the axis until it lies within `bounds`; across the axis it has its room already."""
        moved = QRectF(rect)
        if self.orientation in ("bottom", "top"):
            moved.moveLeft(min(max(rect.left(), bounds.left()), bounds.right() - rect.width()))
        else:
            moved.moveTop(min(max(rect.top(), bounds.top()), bounds.bottom() - rect.height()))
        return moved


def linear_texts(values: list[float], spacing: float) -> list[str]:
    """Multiples of `spacing` as short as they stay different: 2,000; 0.05; 1.5e+08."""
    largest = max(map(abs, values), default=0.0)
    digit = math.floor(math.log10(spacing) + 1e-9)  # the place of the last digit that matters
    if largest < LONG and digit >= -4:
        form = f",.{max(0, -digit)}f"
    else:
        form = f".{max(1, math.floor(math.log10(max(largest, spacing))) - digit + 1)}g"
    return [format(value, form) if abs(value) > spacing / 2 else "0" for value in values]


def prepare(axis: Any) -> None:
    """Set what no theme changes of a pyqtgraph axis."""
    axis.enableAutoSIPrefix(False)
    # An axis that gave up its room again with every shorter number would shake the curves.
    axis.setStyle(autoReduceTextSpace=False, tickLength=0, maxTickLevel=0)
    axis.setZValue(-1)  # the grid lies behind the curves


def dress(axis: Any, title: str, theme: Theme, grid: QPen) -> None:
    """Write `title` beside the axis and give it the colours and type of `theme`; its lines are drawn with `grid`."""
    axis.setPen(grid)
    axis.setTextPen(theme.muted)
    axis.setTickFont(font(theme.small))
    # Where the room for the numbers starts; it grows with them.
    axis.textWidth, axis.textHeight = 3 * theme.small, theme.small + 4
    axis.setLabel(title, **{"color": theme.muted, "font-size": f"{theme.small}px"})
