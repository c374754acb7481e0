"""The plane of the inputs: coloured by what is answered, with the lines of neurons and points on it.

Everything is painted anew while something is dragged: the region is computed at a modest resolution and enlarged, which
with lines and points takes a few milliseconds.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table
from gui.neuron_lab.drawing import PALE, draw_axes, draw_key, draw_line, draw_spots
from gui.neuron_lab.figures import figure
from gui.neuron_lab.scene import Line, Region, Spot
from gui.neuron_lab.view import View, whole_numbers
from gui.output_views.contour import zero_segments
from gui.output_views.picture import Picture
from gui.palette import diverging, image
from gui.theme import GRID, Theme, current_theme, font
from model.arrays import Floats
from model.perceptron.line import visible_part

PIXELS, PIXELS_IN_FILE = 112, 448  # of the region's side, before it is enlarged
TIP = 7  # px between the end of an arrow and the middle of the handle on it
NEAR = 7  # px: a press so close to a line takes hold of it


class Plane(Picture):
    """A square part of the plane. `show_scene` replaces what is on it."""

    arranged = Signal()  # the square has another place or size, or shows another part of the plane
    line_pressed = Signal(int, QPointF)  # which of the lines, where
    line_dragged = Signal(QPointF)
    line_released = Signal()

    def __init__(
        self, name: str, low: float, high: float, axes: tuple[str, str] = ("x₁", "x₂"), parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.low, self.high, self._axes = low, high, axes
        self.region: Region | None = None
        self.lines: list[Line] = []
        self.spots: list[Spot] = []
        self.has_key = False  # say above the plane which colour means what
        self.grips: Sequence[int] = ()  # which of the lines can be dragged
        self.rows: Callable[[], Table] = lambda: ((), ())  # the table behind it
        self._image: QImage | None = None
        self._answered: Floats | None = None  # behind the image
        self._held = False
        self._view: View | None = None
        self.setMinimumSize(16 * GRID, 16 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_scene(self, region: Region, lines: Sequence[Line], spots: Sequence[Spot]) -> None:
        """Show these instead of what was there."""
        if region != self.region:
            self._image = None
        elif (list(lines), list(spots)) == (self.lines, self.spots):
            return
        self.region, self.lines, self.spots = region, list(lines), list(spots)
        self.update()
        self.refresh()

    def set_range(self, low: float, high: float) -> None:
        """Show another part of the plane."""
        if (low, high) != (self.low, self.high):
            self.low, self.high = low, high
            self._image = None
            self._arrange()
            self.update()

    @property
    def view(self) -> View:
        """The square between the axes, on whole pixels, and what it shows."""
        if self._view is None:
            left, above, below = self._margins()
            side = max(8, min(self.width() - left - GRID, self.height() - above - below))
            x = left + (self.width() - left - GRID - side) // 2
            y = above + (self.height() - above - below - side) // 2
            self._view = View(QRectF(x, y, side, side), self.low, self.high, self._axes)
        return self._view

    def width_for(self, height: int) -> int:
        """The width at which the square fills this height."""
        left, above, below = self._margins()
        return left + height - above - below + GRID

    def line_at(self, place: QPointF) -> int | None:
        """Which of the lines that can be dragged runs by here."""
        for index in self.grips:
            part = visible_part(self.lines[index].neuron, self.low, self.high) if index < len(self.lines) else None
            if part is not None and _distance(place, *map(self.view.place_of, part)) <= NEAR:
                return index
        return None

    def text_at(self, place: QPointF) -> str:
        if self._held or self.region is None or not self.view.square.contains(place):
            return ""
        x1, x2 = self.view.point_at(place)
        answer = figure(float(self.region.answers(np.array([[x1, x2]]))[0]))
        said = f"{self._axes[0]} {x1:.2f}\n{self._axes[1]} {x2:.2f}\n{self.region.name} {answer}"
        return said.replace("-", "−")

    def export_rows(self) -> Table:
        return self.rows()

    def leave(self) -> None:
        """The pointer is on something else."""
        self._pointer = None
        self.refresh()

    # The pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.line_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if index is None:
            super().mousePressEvent(event)
            return
        self._held = True
        self.line_pressed.emit(index, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self.line_dragged.emit(event.position())
        else:
            near = self.line_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.SizeAllCursor if near else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held = False
            self.line_released.emit()
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Painting

    def restyle(self, theme: Theme) -> None:
        self._image = None
        self._arrange()  # other type, other room for the axes' numbers
        super().restyle(theme)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        view = self.view
        if self.region is not None:
            self._paint_region(painter, self.region, view.square, theme)
        draw_axes(painter, view, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(view.square)
        for index, line in enumerate(self.lines):
            # On the screen the arrow ends at the handle that is its tip.
            short = TIP if index in self.grips and not self.for_file else 0
            draw_line(painter, view, line, short, theme)
        painter.setClipping(False)
        draw_spots(painter, view, self.spots, theme)
        if self.has_key and self.region is not None:
            draw_key(painter, view, self.region, theme)

    def _paint_region(self, painter: QPainter, region: Region, square: QRectF, theme: Theme) -> None:
        side = PIXELS_IN_FILE if self.for_file else PIXELS
        if self._answered is None or self.for_file or self._image is None:
            self._answered = self._answers(region, side)
            colors = image(diverging(self._answered, PALE * region.spread, theme))
            self._image = colors.convertToFormat(QImage.Format.Format_RGB32)  # opaque: enlarged in half the time
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(square, self._image)
        if region.boundary:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.text), theme.line_width))
            ends = zero_segments(self._answered) * (square.width() / side)
            corner = square.topLeft()
            for x1, y1, x2, y2 in ends.tolist():
                painter.drawLine(QPointF(x1, y1) + corner, QPointF(x2, y2) + corner)
        if self.for_file:
            self._image = None  # the screen does with fewer pixels

    def _answers(self, region: Region, side: int) -> Floats:
        """What is answered in the middle of each pixel, above or below the middle: (side, side), row 0 on top."""
        middles = self.low + (np.arange(side) + 0.5) / side * (self.high - self.low)
        points = np.empty((side, side, 2))
        points[:, :, 0] = middles
        points[:, :, 1] = middles[::-1, None]
        return region.answers(points.reshape(-1, 2)).reshape(side, side) - region.middle

    def _arrange(self) -> None:
        self._view = None
        self.arranged.emit()

    def _margins(self) -> tuple[int, int, int]:
        """Room for the numbers and names of the axes and for the key: on the left, above and below."""
        metrics = QFontMetricsF(font(current_theme().small))
        labels = (*(text for _, text in whole_numbers(self.low, self.high)), self._axes[1])
        left = math.ceil(max(map(metrics.horizontalAdvance, labels)) + GRID)
        line = math.ceil(metrics.height() + GRID / 2)
        return left, line + GRID // 2 if self.has_key else GRID, line


def _distance(place: QPointF, first: QPointF, last: QPointF) -> float:
    """Of a place from a piece of a straight line."""
    way, off = last - first, place - first
    length = QPointF.dotProduct(way, way)
    share = min(max(QPointF.dotProduct(off, way) / length, 0.0), 1.0) if length else 0.0
    gap = off - way * share
    return math.hypot(gap.x(), gap.y())
