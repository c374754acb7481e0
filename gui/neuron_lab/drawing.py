"""How a plane's parts are drawn: axes, lines with their names, arrows, points, the key of the colours."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from gui.class_colors import class_color
from gui.neuron_lab.figures import figure
from gui.neuron_lab.scene import Line, Region, Spot
from gui.neuron_lab.view import View, whole_numbers
from gui.output_views.marks import draw_mark
from gui.palette import blend, marker, signed_color
from gui.theme import GRID, Theme
from model.perceptron.line import visible_part

MIDDLE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
PALE = 2.2  # the region's colours are so many times paler than those of the points on it


def draw_axes(painter: QPainter, view: View, theme: Theme) -> None:
    """Hairlines through 0, the whole numbers, and the axes' names halfway between the last two numbers."""
    square, metrics = view.square, QFontMetricsF(painter.font())
    line, ticks = metrics.height(), whole_numbers(view.low, view.high)
    for value, text in ticks:
        place = view.place_of((value, value))
        if value == 0:
            painter.setPen(QPen(blend(theme.text, theme.panel, 0.25), 1))
            painter.drawLine(QPointF(place.x(), square.top()), QPointF(place.x(), square.bottom()))
            painter.drawLine(QPointF(square.left(), place.y()), QPointF(square.right(), place.y()))
        painter.setPen(QColor(theme.muted))
        _label_axes(painter, square, place, (text, text), line)
    halfway = (ticks[-1][0] + ticks[-2][0]) / 2
    painter.setPen(QColor(theme.text))
    _label_axes(painter, square, view.place_of((halfway, halfway)), view.axes, line)
    painter.setPen(QPen(QColor(theme.grid), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(square.adjusted(-1, -1, 0, 0))


def _label_axes(painter: QPainter, square: QRectF, place: QPointF, texts: tuple[str, str], line: float) -> None:
    """The first text below the square, the second on its left."""
    wide = max(map(QFontMetricsF(painter.font()).horizontalAdvance, texts)) + GRID
    painter.drawText(QRectF(place.x() - wide / 2, square.bottom() + 2, wide, line), MIDDLE, texts[0])
    painter.drawText(QRectF(square.left() - wide, place.y() - line / 2, wide - 4, line), RIGHT, texts[1])


def draw_key(painter: QPainter, view: View, region: Region, theme: Theme) -> None:
    """Above the plane: which colour says what."""
    metrics = QFontMetricsF(painter.font())
    line, x = metrics.height(), view.square.left()
    top = view.square.top() - line - GRID / 2
    for way in (-1, 1):
        chip = QRectF(x, top + line * 0.2, line * 0.6, line * 0.6)
        painter.setPen(QPen(blend(theme.text, theme.panel, 0.4), 1))
        painter.setBrush(signed_color(way, PALE, theme))
        painter.drawRect(chip)
        text = f"{region.name} = {figure(region.middle + way * region.spread)}"
        wide = metrics.horizontalAdvance(text)
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(chip.right() + 4, top, wide + 1, line), LEFT, text)
        x = chip.right() + wide + 4 + 2 * GRID


def draw_line(painter: QPainter, view: View, line: Line, short: float, theme: Theme) -> None:
    """A neuron's line with its name, and the arrow of its weights, `short` px shorter than they are."""
    part = visible_part(line.neuron, view.low, view.high)
    if part is not None:
        first, last = map(view.place_of, part)
        pale = line.style == "pale"
        pen = QPen(QColor(theme.muted if pale else theme.text), theme.line_width * (0.75 if pale else 1.0))
        if line.style != "solid":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(first, last)
        if line.name:
            _draw_name(painter, view.square, line.name, first if first.y() > last.y() else last, theme)
    if line.arrow is not None:
        w1, w2 = line.neuron.weights
        tip = view.place_of((line.arrow[0] + w1, line.arrow[1] + w2))
        _draw_arrow(painter, view.place_of(line.arrow), tip, line.arrow_name, short, theme)


def _draw_name(painter: QPainter, square: QRectF, name: str, near: QPointF, theme: Theme) -> None:
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(name) + GRID, metrics.height()
    x = min(max(near.x() - width / 2, square.left() + 2), square.right() - width - 2)
    y = min(max(near.y() - height - 2, square.top() + 2), square.bottom() - height - 2)
    _draw_chip(painter, QRectF(x, y, width, height), name, theme)


def _draw_arrow(painter: QPainter, start: QPointF, tip: QPointF, name: str, short: float, theme: Theme) -> None:
    way = tip - start
    whole = math.hypot(way.x(), way.y())
    length = whole - short
    if length < 1:
        return
    along = way / whole
    across = QPointF(-along.y(), along.x())
    head = min(theme.line_width * 2 + 6.0, length)
    tip = start + along * length
    neck = tip - along * head
    painter.setPen(QPen(QColor(theme.accent), theme.line_width + 1))
    painter.drawLine(start, neck)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawPolygon(QPolygonF([tip, neck + across * head / 2, neck - across * head / 2]))
    if name:
        side = QFontMetricsF(painter.font()).height()
        middle = start + way / 2 + across * side * 0.8
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(middle.x() - side, middle.y() - side / 2, 2 * side, side), MIDDLE, name)


def draw_spots(painter: QPainter, view: View, spots: Sequence[Spot], theme: Theme) -> None:
    """The points, the names of those that have one above them."""
    size = theme.marker + 6.0
    for spot in spots:
        place = view.place_of(spot.point)
        if spot.current or spot.wrong:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.warning if spot.wrong else theme.accent), theme.line_width))
            painter.drawEllipse(place, size * 0.9, size * 0.9)
        if spot.wrong and spot.current:
            painter.setPen(QPen(QColor(theme.accent), theme.line_width))
            painter.drawEllipse(place, size * 1.25, size * 1.25)
        if spot.target is not None:
            draw_mark(painter, place, size, marker(spot.target), class_color(spot.target, 2, theme), "train", theme)
        else:
            painter.setPen(QPen(QColor(theme.panel), 1.5))
            painter.setBrush(QColor(theme.text))
            painter.drawEllipse(place, size * 0.4, size * 0.4)
        if spot.name:
            _draw_spot_name(painter, view.square, spot.name, place, size * 0.65, theme)


def _draw_spot_name(painter: QPainter, square: QRectF, name: str, place: QPointF, gap: float, theme: Theme) -> None:
    """Above the point, inside the square; below it where there is no room above."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(name) + 6, metrics.height()
    x = min(max(place.x() - width / 2, square.left()), square.right() - width)
    y = place.y() - gap - height
    if y < square.top():
        y = place.y() + gap
    _draw_chip(painter, QRectF(x, y, width, height), name, theme)


def _draw_chip(painter: QPainter, chip: QRectF, name: str, theme: Theme) -> None:
    """A name on a ground on which it can be read, whatever the region's colour."""
    painter.fillRect(chip, QColor(theme.panel))
    painter.setPen(QColor(theme.text))
    painter.drawText(chip, MIDDLE, name)
