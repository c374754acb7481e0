"""What a gradient check compares, drawn: the slope of the curve at w, and the line through the points beside it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import GRID, current_theme, font, theme_switch

W, H = 0.95, 0.55  # where on the curve, and how far to either side
SPAN = 0.9  # the lines reach so far from w


def curve(w):
    """Some loss over some weight."""
    return 0.25 * (w - 1) ** 4 - 0.75 * (w - 1) ** 2 - 0.42 * (w - 1)


class DifferenceSketch(QWidget):
    """A small picture; it needs no numbers of the run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sketch: the slope at w, and the line through w − h and w + h"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme_switch().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, 20 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(16 * GRID, 16 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(theme.small))
        metrics = QFontMetricsF(painter.font())
        area = QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -3 * metrics.height())
        w = np.linspace(-0.55, 2.45, 120)
        low, high = curve(w).min() - 0.1, curve(w).max() + 0.1

        def at(x: float, y: float) -> QPointF:
            across, up = (x - w[0]) / (w[-1] - w[0]), (y - low) / (high - low)
            return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

        def line(x: float, y: float, slope: float) -> tuple[QPointF, QPointF]:
            return at(x - SPAN, y - SPAN * slope), at(x + SPAN, y + SPAN * slope)

        painter.setPen(QPen(QColor(theme.muted), theme.line_width))
        painter.drawPolyline(QPolygonF([at(x, y) for x, y in zip(w, curve(w), strict=True)]))
        slope = float(curve(W + 1e-5) - curve(W - 1e-5)) / 2e-5
        secant = float(curve(W + H) - curve(W - H)) / (2 * H)
        middle = float(curve(W + H) + curve(W - H)) / 2
        painter.setPen(QPen(QColor(theme.accent), theme.line_width))
        painter.drawLine(*line(W, float(curve(W)), slope))
        painter.setPen(QPen(QColor(theme.text), theme.line_width, Qt.PenStyle.DashLine))
        painter.drawLine(*line(W, middle, secant))
        for x, name in ((W - H, self.tr("w − h")), (W, "w"), (W + H, self.tr("w + h"))):
            ink = theme.accent if x == W else theme.text
            foot = QPointF(at(x, 0).x(), area.bottom())
            painter.setPen(QPen(QColor(theme.grid), 1))
            painter.drawLine(at(x, float(curve(x))), foot)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink))
            painter.drawEllipse(at(x, float(curve(x))), theme.marker / 2, theme.marker / 2)
            painter.setPen(QColor(ink))
            wide = metrics.horizontalAdvance(name)
            painter.drawText(QPointF(foot.x() - wide / 2, foot.y() + metrics.ascent() + 2), name)
        self._name(painter, metrics)
        painter.end()

    def _name(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        """What the two lines are, under the picture."""
        theme = current_theme()
        names = ((theme.accent, self.tr("━ slope by backpropagation")), (theme.text, self.tr("╍ slope by differences")))
        x, base = float(GRID), self.height() - metrics.descent()
        for ink, name in names:
            painter.setPen(QColor(ink))
            painter.drawText(QPointF(x, base), name)
            x += metrics.horizontalAdvance(name) + 2 * GRID
