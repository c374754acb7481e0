"""What the colours of the trials say: the worst, the middle and the best mark."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from gui.palette import signed_color
from gui.search_views.found import Found
from gui.theme import GRID, Theme

HEIGHT = GRID  # px, of the bar that names the colours


def paint_color_key(painter: QPainter, theme: Theme, found: Found, area: QRectF) -> None:
    """Into the line over `area`, px: the measure, and from its worst to its best the colours, where there is room."""
    metrics = QFontMetricsF(painter.font())
    line, top = metrics.height(), GRID / 2
    painter.setPen(QColor(theme.text))
    room = QRectF(area.left(), top, area.width(), line)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, found.measure)
    if not found.marks:
        return
    worst, best = found.mark_text(found.marks[0]), found.mark_text(found.marks[-1])
    right = area.right() - metrics.horizontalAdvance(best)
    bar = QRectF(right - 8.5 * GRID, top + (line - HEIGHT) / 2, 8 * GRID, HEIGHT)
    name_end = area.left() + metrics.horizontalAdvance(found.measure) + GRID
    if bar.left() - metrics.horizontalAdvance(worst) - GRID / 2 < name_end:
        return  # no room: the pointer says it
    painter.drawText(QPointF(right, top + metrics.ascent()), best)
    at = bar.left() - GRID / 2 - metrics.horizontalAdvance(worst)
    painter.drawText(QPointF(at, top + metrics.ascent()), worst)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for share in (0.0, 0.5, 1.0):
        gradient.setColorAt(share, signed_color(2 * share - 1, 1.0, theme))
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.setBrush(gradient)
    painter.drawRect(bar)
