"""Which part of the plane a square on the screen shows: from numbers to pixels and back."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from gui.neuron_lab.figures import figure
from model.perceptron import Point


@dataclass(frozen=True)
class View:
    """The square shows `low` to `high` on both axes, which are named `axes`."""

    square: QRectF
    low: float
    high: float
    axes: tuple[str, str]

    def place_of(self, point: Point) -> QPointF:
        """Where a point of the plane is drawn."""
        square, width = self.square, self.high - self.low
        right, up = (point[0] - self.low) / width, (point[1] - self.low) / width
        return QPointF(square.left() + right * square.width(), square.bottom() - up * square.height())

    def nearest_place(self, point: Point) -> QPointF:
        """Where it is drawn, or the edge of the square where it lies outside."""
        square, place = self.square, self.place_of(point)
        x = min(max(place.x(), square.left()), square.right())
        return QPointF(x, min(max(place.y(), square.top()), square.bottom()))

    def point_at(self, place: QPointF) -> Point:
        """The point of the plane that is drawn at `place`; on the edge of the square for a place beside it."""
        square, width = self.square, self.high - self.low
        right = min(max((place.x() - square.left()) / square.width(), 0.0), 1.0)
        up = min(max((square.bottom() - place.y()) / square.height(), 0.0), 1.0)
        return self.low + right * width, self.low + up * width


def whole_numbers(low: float, high: float) -> list[tuple[float, str]]:
    """What the axes are labelled with, each with its words."""
    return [(float(value), figure(value)) for value in range(math.ceil(low), math.floor(high) + 1)]
