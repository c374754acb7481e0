"""How nodes and edges of a graph are drawn."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from gui.graph_view.layout import Box, Edge, Trunk
from gui.graph_view.measures import caption
from gui.graph_view.numbers import short
from gui.graph_view.walk import Walk
from gui.palette import blend
from gui.theme import GRID, Theme, font
from model.graph import Node

NO_PEN, NO_BRUSH = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush
CENTER = Qt.AlignmentFlag.AlignCenter


def path_of(piece: Edge | Trunk, theme: Theme) -> QPainterPath:
    """A curve to its level piece, along that, and on to its end, or to the tip that an edge has there."""
    left, right, y = piece.level
    path = QPainterPath(QPointF(*piece.start))
    _bend(path, QPointF(left, y))
    path.lineTo(right, y)
    x, y = piece.end
    _bend(path, QPointF(x - head(theme) + 1 if isinstance(piece, Edge) else x, y))
    if isinstance(piece, Trunk):
        path.lineTo(piece.beyond, y)
    return path


def _bend(path: QPainterPath, end: QPointF) -> None:
    start = path.currentPosition()
    middle = (start.x() + end.x()) / 2
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)


def ink(value: float, theme: Theme) -> QColor:
    """The colour of a signed number in small type: the palette's, nearer to the text's."""
    if not value or math.isnan(value):
        return QColor(theme.muted)
    return blend(theme.positive if value > 0 else theme.negative, theme.text, 0.7)


def paint_lit(painter: QPainter, path: QPainterPath, theme: Theme) -> None:
    """The ground of an edge of the node at work."""
    paint_line(painter, path, blend(theme.accent, theme.panel, 0.3), 4 * theme.line_width + 2)


def paint_line(painter: QPainter, path: QPainterPath, color: QColor | str, width: float) -> None:
    painter.setBrush(NO_BRUSH)
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawPath(path)


def paint_head(painter: QPainter, end: tuple[float, float], color: QColor | str, theme: Theme, width: float) -> None:
    """The tip of an edge of this width, pointing right."""
    (x, y), length, half = end, head(theme), theme.line_width + 1 + width / 2
    painter.setPen(NO_PEN)
    painter.setBrush(QColor(color))
    painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x - length, y - half), QPointF(x - length, y + half)]))


def head(theme: Theme) -> float:
    """Length of an edge's tip, px."""
    return 3 * theme.line_width + 2


def paint_numbers(painter: QPainter, edge: Edge, value: float | None, gradient: float | None, theme: Theme) -> None:
    """The value above the edge and the gradient below it; None: not there yet."""
    left, right, y = edge.level
    painter.setFont(font(theme.small))
    line = painter.fontMetrics().height()
    away = theme.line_width / 2 + 1
    if value is not None:
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(left - GRID, y - away - line, right - left + 2 * GRID, line), CENTER, short(value))
    if gradient is not None:
        painter.setPen(ink(gradient, theme))
        painter.drawText(QRectF(left - GRID, y + away, right - left + 2 * GRID, line), CENTER, short(gradient))


def paint_node(painter: QPainter, node: Node, box: Box, theme: Theme, *, problem: bool, lit: bool) -> None:
    """A circle with the sign of its operation; a variable with its name; a constant without an outline."""
    rect = QRectF(box.left, box.top, box.width, box.height)
    outline = theme.warning if problem else theme.accent if lit else theme.muted
    width = theme.line_width + 1 if problem or lit else 1
    painter.setPen(
        NO_PEN if not node.operation and not node.variable and not (problem or lit) else QPen(QColor(outline), width)
    )
    ground = theme.field if node.operation else theme.window
    painter.setBrush(blend(theme.accent, theme.panel, 0.2) if lit else QColor(ground))
    painter.drawRoundedRect(rect, box.height / 2, box.height / 2)
    painter.setFont(font(theme.body, bold=bool(node.operation or node.variable)))
    painter.setPen(QColor(theme.warning if problem else theme.text))
    painter.drawText(rect, CENTER, caption(node))


def paint_mark(painter: QPainter, box: Box, color: str, width: float) -> None:
    """A ring around a node."""
    painter.setBrush(NO_BRUSH)
    painter.setPen(QPen(QColor(color), width))
    out = width / 2 + 2
    rect = QRectF(box.left, box.top, box.width, box.height).adjusted(-out, -out, out, out)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def edge_gradient(edge: Edge, walk: Walk) -> float | None:
    """The gradient that came back along an edge; None as long as none has."""
    if edge.target is None:
        return walk.graph.output.gradient if walk.backward else None
    if not walk.has_passed(edge.target):
        return None
    return edge.target.gradient * edge.target.slopes[edge.place]
