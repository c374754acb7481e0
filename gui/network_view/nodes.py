"""Painting what stands still in the diagram: neurons, biases, names, the loss; and the marks of the pointer."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from gui.network_view.descriptions import column_title, layer_note, number
from gui.network_view.geometry import Geometry
from gui.network_view.links import Link, Links
from gui.network_view.short_names import short_names
from gui.network_view.spots import Bias, ImageNode, LossNode, Spot, Title
from gui.network_view.unit_pictures import UnitPictures
from gui.palette import diverging
from gui.selection import Unit
from gui.theme import GRID, Theme, font
from gui.words import input_symbol, words
from model.arrays import Vector
from model.losses import LossSpec, SoftmaxCrossEntropy

translate = QCoreApplication.translate

CENTER = Qt.AlignmentFlag.AlignCenter
NO_BRUSH = Qt.BrushStyle.NoBrush


def paint_titles(
    painter: QPainter, geometry: Geometry, theme: Theme, captions: Mapping[int, str] | None = None
) -> None:
    """The name of each column and its number of neurons; or, in its place, what the numbers in them are."""
    metrics, columns = geometry.metrics, geometry.diagram.columns
    small, bold = font(theme.small), font(theme.small, bold=True)
    width = round(geometry.pitch)
    titles = [column_title(geometry.diagram, column.stage) for column in columns]
    if captions is None:
        counts = [str(column.units) for column in columns]
    else:
        counts = [captions.get(column.stage, "") for column in columns]
    for x, title, count in zip(geometry.xs, [*titles, translate("network", "Loss")], [*counts, ""], strict=True):
        place = QRect(x - width // 2, GRID // 2, width, metrics.line)
        _text(painter, place, title, bold, theme.text)
        _text(painter, place.translated(0, metrics.line), count, small, theme.muted)
    painter.setFont(small)
    for place, column in enumerate(columns):
        for row, layer in enumerate(column.also):
            where = geometry.note(place, row)
            room = where.width() - GRID // 2
            note = painter.fontMetrics().elidedText(layer_note(layer), Qt.TextElideMode.ElideRight, room)
            _text(painter, where, note, small, theme.text)


def paint_units(painter: QPainter, geometry: Geometry, pictures: UnitPictures | None, theme: Theme) -> None:
    """Every neuron as the picture of its own output, in a thin frame."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    fits = pictures is not None and pictures.side
    if geometry.image is not None:
        if pictures is not None and pictures.pixels is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(geometry.image, pictures.pixels)
        else:
            painter.fillRect(geometry.image, QColor(theme.neutral))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    for unit, rect in geometry.units.items():
        source = pictures.source(unit) if pictures is not None and fits else None
        if pictures is not None and source is not None:
            painter.drawImage(rect, pictures.atlas, source)
        else:
            painter.fillRect(rect, QColor(theme.neutral))
    painter.setBrush(NO_BRUSH)
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.drawRects(geometry.frames)


def paint_biases(painter: QPainter, geometry: Geometry, parameters: Vector | None, theme: Theme) -> None:
    """The small square at every neuron's corner: its bias, in the colour of its sign."""
    rects, places = geometry.biases
    values = np.zeros(len(places)) if parameters is None else parameters[places]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(theme.muted), 1))
    for rect, (red, green, blue, _) in zip(rects, diverging(values, 1.0, theme).tolist(), strict=True):
        painter.setBrush(QColor(red, green, blue))
        painter.drawRect(rect)
    painter.setBrush(NO_BRUSH)


def paint_names(painter: QPainter, geometry: Geometry, theme: Theme) -> None:
    """The names of the inputs beside them, and the dots of summarised layers with the number of their neurons."""
    small = font(theme.small)
    column = geometry.diagram.columns[0]
    line = geometry.metrics.line
    inputs = {unit: rect for unit, rect in geometry.units.items() if unit.stage == column.stage}
    if inputs:
        right = min(rect.left() for rect in inputs.values()) - GRID // 2
        room = right - max(GRID // 2, right - 40 * line)
        full = [input_symbol(column.names[unit.index]) for unit in inputs]
        for rect, name in zip(inputs.values(), short_names(full, QFontMetrics(small), room), strict=True):
            place = QRect(right - room, rect.center().y() - line // 2, room, line)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            _text(painter, place, name, small, theme.text, side)
    output = geometry.diagram.columns[-1]
    painter.setFont(small)
    for unit, rect in geometry.units.items():
        if unit.stage == output.stage and output.names:
            name = words(output.names[unit.index])
            room = painter.fontMetrics().horizontalAdvance(name) + GRID
            beside = QRect(rect.right() + GRID // 2, rect.center().y() - line // 2, room, line)
            painter.fillRect(beside, QColor(theme.panel))  # no link crosses it
            _text(painter, beside, name, small, theme.text)
    if geometry.image is not None and column.image is not None:
        rows, columns = column.image
        text = translate("network", "{rows} × {columns} pixels").format(rows=rows, columns=columns)
        below = QRect(geometry.xs[0] - 4 * line, geometry.image.bottom() + GRID // 2, 8 * line, line)
        _text(painter, below, text, small, theme.muted)
    for place, each in enumerate(geometry.diagram.columns):
        dots = geometry.dots(place)
        if dots is not None:
            text = translate("network", "… {count} units").format(count=each.units)
            _badge(painter, dots, text, small, theme)


def paint_loss(painter: QPainter, geometry: Geometry, batch_loss: float | None, theme: Theme) -> None:
    """The loss as a node behind the output; the softmax or sigmoid of a cross entropy is a part of it."""
    node, line, loss = geometry.loss, geometry.metrics.line, geometry.diagram.experiment.loss
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(theme.muted), 1))
    small, bold = font(theme.small), font(theme.small, bold=True)
    painter.setFont(small)
    output = geometry.diagram.columns[-1]
    widths = [painter.fontMetrics().horizontalAdvance(words(name)) for name in output.names]
    behind = QPointF(max(widths) + 3 * GRID / 2 if widths else 0, 0)  # the names of the classes
    for unit in geometry.units:
        if unit.stage == output.stage:
            painter.drawLine(geometry.port_out(unit) + behind, QPointF(node.left(), node.center().y()))
    painter.setBrush(QColor(theme.window))
    painter.drawRoundedRect(QRectF(node).adjusted(0.5, 0.5, -0.5, -0.5), GRID / 2, GRID / 2)
    rows = [(text, small, theme.text) for text in loss_parts(loss)]
    rows.append((number(batch_loss) if batch_loss is not None else "–", bold, theme.text))
    top = node.top() + GRID // 2
    if loss.takes_scores:
        # The scores pass through the softmax first: above the hairline, as the first half of the node.
        edge = top + line + GRID // 4
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.drawLine(QPointF(node.left() + 1, edge + 0.5), QPointF(node.right(), edge + 0.5))
    for row, (text, face, color) in enumerate(rows):
        below = GRID // 4 * 2 if row and loss.takes_scores else 0
        _text(painter, QRect(node.left(), top + row * line + below, node.width(), line), text, face, color)


def paint_mark(painter: QPainter, geometry: Geometry, links: Links, spot: Spot, color: str, width: float) -> None:
    """A frame around a node, or a link drawn over in `color`."""
    painter.setBrush(NO_BRUSH)
    painter.setPen(QPen(QColor(color), width))
    if isinstance(spot, Link):
        line = links.line(spot)
        if line is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.drawLine(line)
        return
    rect: QRect | None = geometry.loss
    if isinstance(spot, Unit):
        rect = geometry.units.get(spot)
    elif isinstance(spot, Bias):
        rect = geometry.bias(spot.unit) if spot.unit in geometry.units else None
    elif isinstance(spot, ImageNode):
        rect = geometry.image
    elif isinstance(spot, Title):
        rect = geometry.title(spot.stage)
    if rect is not None:
        round_corners = GRID / 2 if isinstance(spot, LossNode | Title) else 0
        outside = width / 2
        frame = QRectF(rect).adjusted(-outside, -outside, outside, outside)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, bool(round_corners))
        painter.drawRoundedRect(frame, round_corners, round_corners)


def loss_parts(loss: LossSpec) -> list[str]:
    """The lines of the loss's node."""
    if not loss.takes_scores:
        return [translate("network", "mean"), translate("network", "squared error")]
    first = (
        translate("network", "softmax") if isinstance(loss, SoftmaxCrossEntropy) else translate("network", "sigmoid")
    )
    return [first, translate("network", "cross entropy")]


def _badge(painter: QPainter, middle: QPointF, text: str, face: QFont, theme: Theme) -> None:
    """A text on a ground of its own, so that no link crosses it."""
    painter.setFont(face)
    rect = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-4, -1, 4, 1)
    rect.moveCenter(middle)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.window))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(QColor(theme.text))
    painter.drawText(rect, CENTER, text)


def _text(
    painter: QPainter, place: QRect, text: str, face: QFont, color: str, alignment: Qt.AlignmentFlag = CENTER
) -> None:
    painter.setFont(face)
    painter.setPen(QColor(color))
    painter.drawText(place, alignment, text)
