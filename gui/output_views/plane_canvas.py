"""The plane: a coloured map, the points of the data on it, labelled axes around it.

While the network learns only the map changes. Everything else (axes, points) is painted once into a layer of its own
and laid over each new map.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.output_views.map_colors import Map, draw_boundary, painted
from gui.output_views.marks import Marks, draw_mark
from gui.output_views.picture import Picture
from gui.round_limit import round_up
from gui.theme import GRID, Theme, current_theme, font

Ranges = tuple[tuple[float, float], tuple[float, float]]  # (from, to) of the axis across and of the upright one
ALIKE: Ranges = ((-1.0, 1.0), (-1.0, 1.0))


class PlaneCanvas(Picture):
    """Shows one `Map` at a time. `answer(row, column)` puts a pixel of it into words for the label at the pointer."""

    def __init__(self, name: str, answer: Callable[[int, int], str], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._answer = answer
        self._axes: tuple[str, str] = ("", "")
        self._reach = 1.0
        self._ranges = ALIKE
        self._marks: Sequence[Marks] = ()
        self._map: Map | None = None
        self._image: QImage | None = None
        self._layer: QPixmap | None = None
        self.setMinimumSize(20 * GRID, 16 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_plane(self, axes: tuple[str, str], reach: float) -> None:
        """A new plane from -reach to reach on both axes, empty."""
        self._axes, self._reach = axes, reach
        self.set_ranges(((-reach, reach), (-reach, reach)))

    def set_ranges(self, ranges: Ranges) -> None:
        """A plane whose axes differ: from where to where each of them goes."""
        self._ranges = ranges
        self._map = self._image = self._layer = None
        self.update()

    def set_marks(self, marks: Sequence[Marks]) -> None:
        self._marks, self._layer = marks, None
        self.update()

    def set_map(self, picture: Map, image: QImage) -> None:
        """Show a map and its picture, best of the size `image_size`."""
        self._map, self._image = picture, image
        self.update(self.plane().toAlignedRect())
        self.refresh()

    def image_size(self) -> QSize:
        """Device pixels of the square that the map fills."""
        side = max(1, round(self.plane().width() * self.devicePixelRatioF()))
        return QSize(side, side)

    def plane(self) -> QRectF:
        """The square between the axes, on whole pixels."""
        return _square(self.size(), self._ranges[1], current_theme())

    def pixel_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column of the map's pixel at a place of the widget; None beside the plane."""
        plane = self.plane()
        if self._map is None or not plane.contains(place):
            return None
        rows, columns = self._map.values.shape[:2]
        row = int((place.y() - plane.top()) / plane.height() * rows)
        column = int((place.x() - plane.left()) / plane.width() * columns)
        return min(row, rows - 1), min(column, columns - 1)

    def point_at(self, row: int, column: int) -> tuple[float, float]:
        """The point of the plane in the middle of a pixel of the map."""
        assert self._map is not None
        rows, columns = self._map.values.shape[:2]
        (left, right), (low, high) = self._ranges
        return left + (column + 0.5) / columns * (right - left), high - (row + 0.5) / rows * (high - low)

    def text_at(self, place: QPointF) -> str:
        pixel = self.pixel_at(place)
        if pixel is None:
            return ""
        x1, x2 = self.point_at(*pixel)
        (left, right), (low, high) = self._ranges
        first, second = _in_words(x1, right - left), _in_words(x2, high - low)
        return f"{self._axes[0]} {first}\n{self._axes[1]} {second}\n{self._answer(*pixel)}"

    def restyle(self, theme: Theme) -> None:
        self._layer = None
        if self._map is not None:
            self._image = painted(self._map, self.image_size(), theme)
        super().restyle(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._layer = None

    def paint(self, painter: QPainter, theme: Theme) -> None:
        plane = self.plane()
        if self._map is not None and self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self.for_file and self._map.boundary:
                self._paint_map(painter, self._map, plane, theme)
            else:
                if self._image.size() != self.image_size():  # it was asked for when the canvas had another size
                    self._image = painted(self._map, self.image_size(), theme)
                painter.drawImage(plane, self._image)
        if self.for_file:
            self._paint_layer(painter, theme)
            return
        ratio = self.devicePixelRatioF()
        if self._layer is None or self._layer.devicePixelRatio() != ratio:
            self._layer = QPixmap(self.size() * ratio)
            self._layer.setDevicePixelRatio(ratio)
            self._layer.fill(Qt.GlobalColor.transparent)
            over = QPainter(self._layer)
            self._paint_layer(over, theme)
            over.end()
        painter.drawPixmap(0, 0, self._layer)

    def _paint_map(self, painter: QPainter, picture: Map, plane: QRectF, theme: Theme) -> None:
        """For a file: the boundary as lines, not as pixels."""
        without = Map(picture.values, picture.limit, boundary=False)
        painter.drawImage(plane, painted(without, self.image_size(), theme))
        if not picture.of_classes:
            painter.save()
            painter.translate(plane.topLeft())
            draw_boundary(painter, picture, plane.width(), plane.height(), theme)
            painter.restore()

    def _paint_layer(self, painter: QPainter, theme: Theme) -> None:
        plane = self.plane()
        painter.setFont(font(theme.small))
        self._paint_axes(painter, plane, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(plane)
        for marks in self._marks:
            self.paint_marks(painter, marks, theme)
        painter.setClipping(False)

    def paint_marks(self, painter: QPainter, marks: Marks, theme: Theme) -> None:
        """Draw the points of one part."""
        plane, size, by_value = self.plane(), self.mark_size(theme), not marks.classes
        for point, symbol, color in zip(marks.points.tolist(), marks.symbols(), marks.colors(theme), strict=True):
            draw_mark(painter, self._place(plane, *point), size, symbol, color, marks.part, theme, by_value)

    def mark_size(self, theme: Theme) -> float:
        """px of a mark: large ones would hide the map."""
        return min(float(theme.marker), max(5.0, self.plane().width() / 38))

    def _paint_axes(self, painter: QPainter, plane: QRectF, theme: Theme) -> None:
        metrics = QFontMetricsF(font(theme.small))
        middle, line = Qt.AlignmentFlag.AlignCenter, metrics.height()
        first, second = self._ranges
        below = _ticks(*first)
        widest = max((metrics.horizontalAdvance(text) for _, text in below), default=0.0) + GRID
        for value, text in below[:: max(1, math.ceil(widest * len(below) / max(1.0, plane.width())))]:
            place = self._place(plane, value, second[0])
            painter.setPen(QPen(QColor(theme.grid), 1))
            painter.drawLine(QPointF(place.x(), plane.bottom()), QPointF(place.x(), plane.bottom() + 3))
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(place.x() - widest / 2, plane.bottom() + 4, widest, line), middle, text)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, text in _ticks(*second):
            place = self._place(plane, first[0], value)
            wide = metrics.horizontalAdvance(text) + GRID
            painter.setPen(QPen(QColor(theme.grid), 1))
            painter.drawLine(QPointF(plane.left() - 4, place.y()), QPointF(plane.left() - 1, place.y()))
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(plane.left() - 6 - wide, place.y() - line / 2, wide, line), right, text)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(plane.left(), plane.bottom() + 2 + line, plane.width(), line), middle, self._axes[0])
        labels = max(metrics.horizontalAdvance(text) for _, text in _ticks(*second))
        painter.save()
        painter.translate(plane.left() - labels - GRID - line / 2, plane.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-plane.height() / 2, -line / 2, plane.height(), line), middle, self._axes[1])
        painter.restore()
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plane.adjusted(-1, -1, 0, 0))

    def _place(self, plane: QRectF, x1: float, x2: float) -> QPointF:
        (left, end), (low, high) = self._ranges
        right, up = (x1 - left) / (end - left), (x2 - low) / (high - low)
        return QPointF(plane.left() + right * plane.width(), plane.bottom() - up * plane.height())


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Round numbers between low and high, each with its words."""
    step = round_up((high - low) / 8)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(i * step, f"{i * step:.5g}".replace("-", "−")) for i in range(first, last + 1)]


def _in_words(value: float, span: float) -> str:
    """With two digits behind the point, and with more where the axis is short."""
    return f"{value:.{max(2, math.ceil(3 - math.log10(span)))}f}"


@lru_cache(maxsize=8)  # asked for several times a frame
def _square(size: QSize, upright: tuple[float, float], theme: Theme) -> QRectF:
    """The largest square that leaves room for the axes' numbers and names, in the middle of `size`."""
    metrics = QFontMetricsF(font(theme.small))
    labels = max(metrics.horizontalAdvance(text) for _, text in _ticks(*upright))
    left, below = math.ceil(labels + metrics.height() + GRID), math.ceil(2 * metrics.height() + GRID / 2)
    side = max(8, min(size.width() - left - GRID, size.height() - below - GRID))
    x = left + (size.width() - left - GRID - side) // 2
    return QRectF(x, (size.height() - below - side) // 2 + GRID / 2, side, side)


def rows_of(picture: Map | None, point_at: Callable[[int, int], tuple[float, float]]) -> Iterable[Sequence[object]]:
    """The table behind a map: x1, x2 and the value or values of every pixel."""
    if picture is None:
        return
    rows, columns = picture.values.shape[:2]
    for row in range(rows):
        for column in range(columns):
            values = picture.values[row, column]
            yield *point_at(row, column), *(values.tolist() if values.ndim else [float(values)])
