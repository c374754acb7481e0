"""The plane of the inputs: coloured by what is answered, with the lines of neurons and points on it.

Everything is painted anew while something is dragged: the region is computed at a modest resolution and enlarged, which
with lines and points takes a few milliseconds.
"""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.class_colors import class_color
from gui.export import Table
from gui.neuron_lab.figures import figure
from gui.neuron_lab.scene import Line, Region, Spot
from gui.output_views.contour import zero_segments
from gui.output_views.marks import draw_mark
from gui.output_views.picture import Picture
from gui.palette import blend, diverging, image, marker, signed_color
from gui.theme import GRID, Theme, current_theme, font
from model.perceptron import Point
from model.perceptron.line import visible_part

PIXELS, PIXELS_IN_FILE = 112, 448  # of the region's side, before it is enlarged
PALE = 2.2  # the region's colours are so many times paler than those of the points on it
TIP = 7  # px between the end of an arrow and the middle of the handle on it
NEAR = 7  # px: a press so close to a line takes hold of it


class Plane(Picture):
    """A square part of the plane. `show` replaces what is on it."""

    arranged = Signal()  # the square has another place or size
    line_pressed = Signal(int, QPointF)  # which of the lines, where
    line_dragged = Signal(QPointF)
    line_released = Signal()

    def __init__(
        self, name: str, low: float, high: float, axes: tuple[str, str] = ("x₁", "x₂"), parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.low, self.high, self.axes = low, high, axes
        self.region: Region | None = None
        self.lines: Sequence[Line] = ()
        self.spots: Sequence[Spot] = ()
        self.has_key = False  # say above the plane which colour means what
        self.grips: Sequence[int] = ()  # which of the lines can be dragged
        self.rows: Table = ((), ())
        self._image: QImage | None = None
        self._held = False
        self.setMinimumSize(16 * GRID, 16 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_scene(self, region: Region | None, lines: Sequence[Line], spots: Sequence[Spot]) -> None:
        """Show these instead of what was there."""
        self.region, self.lines, self.spots = region, lines, spots
        self._image = None
        self.update()
        self.refresh()

    def set_range(self, low: float, high: float) -> None:
        """Another part of the plane."""
        if (low, high) != (self.low, self.high):
            self.low, self.high = low, high
            self._image = None
            self.arranged.emit()
            self.update()

    # Places

    def square(self) -> QRectF:
        """The square between the axes, on whole pixels."""
        left, above, below = self._margins()
        side = max(8, min(self.width() - left - GRID, self.height() - above - below))
        x = left + (self.width() - left - GRID - side) // 2
        return QRectF(x, above + (self.height() - above - below - side) // 2, side, side)

    def width_for(self, height: int) -> int:
        """The width at which the square fills this height."""
        left, above, below = self._margins()
        return left + height - above - below + GRID

    def _margins(self) -> tuple[int, int, int]:
        """Room for the numbers and names of the axes and for the key: on the left, above and below."""
        metrics = QFontMetricsF(font(current_theme().small))
        labels = (*(text for _, text in self._ticks()), self.axes[1])
        left = math.ceil(max(map(metrics.horizontalAdvance, labels)) + GRID)
        line = math.ceil(metrics.height() + GRID / 2)
        return left, line + GRID // 2 if self.has_key else GRID, line

    def place_of(self, point: Point) -> QPointF:
        """Where a point of the plane is drawn."""
        square, width = self.square(), self.high - self.low
        right, up = (point[0] - self.low) / width, (point[1] - self.low) / width
        return QPointF(square.left() + right * square.width(), square.bottom() - up * square.height())

    def nearest_place(self, point: Point) -> QPointF:
        """Where it is drawn, or the edge of the square where it lies outside."""
        square, place = self.square(), self.place_of(point)
        x = min(max(place.x(), square.left()), square.right())
        return QPointF(x, min(max(place.y(), square.top()), square.bottom()))

    def point_at(self, place: QPointF) -> Point:
        """The point of the plane that is drawn at `place`; on the edge of the square for a place beside it."""
        square, width = self.square(), self.high - self.low
        right = min(max((place.x() - square.left()) / square.width(), 0.0), 1.0)
        up = min(max((square.bottom() - place.y()) / square.height(), 0.0), 1.0)
        return self.low + right * width, self.low + up * width

    def line_at(self, place: QPointF) -> int | None:
        """Which of the lines that can be dragged runs by here."""
        for index in self.grips:
            part = visible_part(self.lines[index].neuron, self.low, self.high) if index < len(self.lines) else None
            if part is not None and _distance(place, *map(self.place_of, part)) <= NEAR:
                return index
        return None

    def text_at(self, place: QPointF) -> str:
        if self._held or not self.square().contains(place):
            return ""
        x1, x2 = self.point_at(place)
        said = f"{self.axes[0]} {x1:.2f}\n{self.axes[1]} {x2:.2f}".replace("-", "−")
        if self.region is None:
            return said
        answer = float(self.region.answers(np.array([[x1, x2]]))[0])
        return said + "\n" + self.tr("output {value}").format(value=figure(answer))

    def export_rows(self) -> Table:
        return self.rows

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
        self.arranged.emit()

    # Painting

    def restyle(self, theme: Theme) -> None:
        self._image = None
        self.arranged.emit()  # other type, other room for the axes' numbers
        super().restyle(theme)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        square = self.square()
        if self.region is not None:
            self._paint_region(painter, self.region, square, theme)
        self._paint_axes(painter, square, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(square)
        for index, line in enumerate(self.lines):
            # On the screen the arrow ends at the handle that is its tip.
            short = TIP if index in self.grips and not self.for_file else 0
            self._paint_line(painter, line, short, theme)
        painter.setClipping(False)
        for spot in self.spots:
            self._paint_spot(painter, spot, theme)
        if self.has_key and self.region is not None:
            self._paint_key(painter, self.region, square, theme)

    def _paint_region(self, painter: QPainter, region: Region, square: QRectF, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.for_file:
            painter.drawImage(
                square, image(diverging(self._answers(region, PIXELS_IN_FILE), PALE * region.spread, theme))
            )
        else:
            if self._image is None:
                answers = self._answers(region, PIXELS)
                rgba = diverging(answers, PALE * region.spread, theme)
                self._image = image(rgba).convertToFormat(QImage.Format.Format_RGB32)
            painter.drawImage(square, self._image)
        if region.boundary:
            side = PIXELS_IN_FILE if self.for_file else PIXELS
            scale = square.width() / side
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.text), theme.line_width))
            for x1, y1, x2, y2 in (zero_segments(self._answers(region, side)) * scale).tolist():
                painter.drawLine(QPointF(x1, y1) + square.topLeft(), QPointF(x2, y2) + square.topLeft())

    def _answers(self, region: Region, side: int) -> np.ndarray:
        """What is answered in the middle of each pixel, above or below the middle: (side, side), row 0 on top."""
        middles = self.low + (np.arange(side) + 0.5) / side * (self.high - self.low)
        points = np.empty((side, side, 2))
        points[:, :, 0] = middles
        points[:, :, 1] = middles[::-1, None]
        return region.answers(points.reshape(-1, 2)).reshape(side, side) - region.middle

    def _paint_axes(self, painter: QPainter, square: QRectF, theme: Theme) -> None:
        metrics, middle = QFontMetricsF(font(theme.small)), Qt.AlignmentFlag.AlignCenter
        line, ticks = metrics.height(), self._ticks()
        hair = QPen(blend(theme.text, theme.panel, 0.25), 1)
        for value, text in ticks:
            place = self.place_of((value, value))
            if value == 0:
                painter.setPen(hair)
                painter.drawLine(QPointF(place.x(), square.top()), QPointF(place.x(), square.bottom()))
                painter.drawLine(QPointF(square.left(), place.y()), QPointF(square.right(), place.y()))
            wide = metrics.horizontalAdvance(text) + GRID
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(place.x() - wide / 2, square.bottom() + 2, wide, line), middle, text)
            painter.drawText(QRectF(square.left() - wide, place.y() - line / 2, wide - 4, line), _RIGHT, text)
        # The axes' names stand between the last two numbers, in the same line.
        halfway = (ticks[-1][0] + ticks[-2][0]) / 2
        between = self.place_of((halfway, halfway))
        painter.setPen(QColor(theme.text))
        wide = max(map(metrics.horizontalAdvance, self.axes)) + GRID
        painter.drawText(QRectF(between.x() - wide / 2, square.bottom() + 2, wide, line), middle, self.axes[0])
        painter.drawText(QRectF(square.left() - wide, between.y() - line / 2, wide - 4, line), _RIGHT, self.axes[1])
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square.adjusted(-1, -1, 0, 0))

    def _paint_line(self, painter: QPainter, line: Line, short: float, theme: Theme) -> None:
        part = visible_part(line.neuron, self.low, self.high)
        if part is not None:
            first, last = map(self.place_of, part)
            color = QColor(theme.muted if line.style == "pale" else theme.text)
            pen = QPen(color, theme.line_width * (0.75 if line.style == "pale" else 1.0))
            if line.style != "solid":
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(first, last)
            if line.name:
                self._paint_name(painter, line.name, first if first.y() < last.y() else last, theme)
        if line.arrow is not None:
            w1, w2 = line.neuron.weights
            tip = self.place_of((line.arrow[0] + w1, line.arrow[1] + w2))
            _draw_arrow(painter, self.place_of(line.arrow), tip, line.arrow_name, short, theme)

    def _paint_name(self, painter: QPainter, name: str, near: QPointF, theme: Theme) -> None:
        metrics, square = QFontMetricsF(font(theme.small)), self.square()
        width, height = metrics.horizontalAdvance(name) + GRID, metrics.height()
        x = min(max(near.x() - width / 2, square.left() + 2), square.right() - width - 2)
        y = min(max(near.y() + 2, square.top() + 2), square.bottom() - height - 2)
        chip = QRectF(x, y, width, height)
        painter.fillRect(chip, QColor(theme.panel))
        painter.setPen(QColor(theme.text))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_key(self, painter: QPainter, region: Region, square: QRectF, theme: Theme) -> None:
        """Above the plane: which colour says what."""
        metrics = QFontMetricsF(font(theme.small))
        line, x = metrics.height(), square.left()
        top = square.top() - line - GRID / 2
        for way in (-1, 1):
            value = region.middle + way * region.spread
            chip = QRectF(x, top + line * 0.2, line * 0.6, line * 0.6)
            color = signed_color(way * region.spread, PALE * region.spread, theme)
            painter.setPen(QPen(blend(theme.text, theme.panel, 0.4), 1))
            painter.setBrush(color)
            painter.drawRect(chip)
            text = f"{region.name} = {figure(value)}"
            wide = metrics.horizontalAdvance(text)
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(chip.right() + 4, top, wide + 1, line), _LEFT, text)
            x = chip.right() + wide + 4 + 2 * GRID

    def _paint_spot(self, painter: QPainter, spot: Spot, theme: Theme) -> None:
        place, size = self.place_of(spot.point), theme.marker + 6.0
        if spot.current or spot.wrong:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.warning if spot.wrong else theme.accent), theme.line_width))
            painter.drawEllipse(place, size * 0.9, size * 0.9)
        if spot.target is not None:
            color = class_color(spot.target, 2, theme)
            draw_mark(painter, place, size, marker(spot.target), color, "train", theme)
        else:
            painter.setPen(QPen(QColor(theme.panel), 1.5))
            painter.setBrush(QColor(theme.text))
            painter.drawEllipse(place, size * 0.4, size * 0.4)
        if spot.name:
            self._paint_spot_name(painter, spot.name, place, size, theme)

    def _paint_spot_name(self, painter: QPainter, name: str, place: QPointF, size: float, theme: Theme) -> None:
        """Above the point, inside the square; below it where there is no room above."""
        metrics, square = QFontMetricsF(font(theme.small)), self.square()
        width, height = metrics.horizontalAdvance(name) + 6, metrics.height()
        x = min(max(place.x() - width / 2, square.left()), square.right() - width)
        y = place.y() - 0.65 * size - height
        if y < square.top():
            y = place.y() + 0.65 * size
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(x, y, width, height), Qt.AlignmentFlag.AlignCenter, name)

    def _ticks(self) -> list[tuple[float, str]]:
        whole = range(math.ceil(self.low), math.floor(self.high) + 1)
        return [(float(value), figure(value)) for value in whole]


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _distance(place: QPointF, first: QPointF, last: QPointF) -> float:
    """Of a place from a piece of a straight line."""
    way, off = last - first, place - first
    length = QPointF.dotProduct(way, way)
    share = min(max(QPointF.dotProduct(off, way) / length, 0.0), 1.0) if length else 0.0
    gap = off - way * share
    return math.hypot(gap.x(), gap.y())


def _draw_arrow(painter: QPainter, start: QPointF, tip: QPointF, name: str, short: float, theme: Theme) -> None:
    """An arrow that ends `short` px before its tip, with its name beside the middle."""
    way = tip - start
    length = math.hypot(way.x(), way.y()) - short
    if length < 1:
        return
    along = way / (length + short)
    tip = tip - along * short
    across = QPointF(-along.y(), along.x())
    head = theme.line_width * 2 + 6.0
    neck = tip - along * min(head, length)
    painter.setPen(QPen(QColor(theme.accent), theme.line_width + 1))
    painter.drawLine(start, neck)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawPolygon(QPolygonF([tip, neck + across * head / 2, neck - across * head / 2]))
    if name:
        metrics = QFontMetricsF(painter.font())
        side = metrics.height()
        middle = start + way / 2 + across * side * 0.8
        painter.setPen(QColor(theme.text))
        painter.drawText(
            QRectF(middle.x() - side, middle.y() - side / 2, 2 * side, side), Qt.AlignmentFlag.AlignCenter, name
        )
