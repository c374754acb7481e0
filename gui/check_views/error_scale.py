"""The key of the heat map: a scale of relative errors with the tolerance on it, and what the marks mean."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from gui.check_views.heat_colors import HIGHEST, LOWEST, shade, skipped_color
from gui.logarithmic_axis import text as power_text
from gui.palette import image
from gui.theme import GRID, Theme

translate = QCoreApplication.translate

BAR = GRID  # px, height
EVERY = 4  # powers of ten between two numbers
LONGEST = 40.0 * GRID  # px: a longer scale tells no more


def height(metrics: QFontMetricsF) -> float:
    """How much room the key takes, px."""
    return 3 * metrics.height() + BAR + 2 * GRID


def paint_scale(
    painter: QPainter, area: QRectF, tolerance: float, theme: Theme, *, skipped: bool, worst: bool = True
) -> None:
    """The scale with its title, and under it the marks that there are."""
    metrics = QFontMetricsF(painter.font())
    line = metrics.height()
    width = min(area.width(), LONGEST)
    bar = QRectF(area.left() + (area.width() - width) / 2, area.top() + line + GRID / 2, width, BAR)
    _paint_tolerance(painter, bar, tolerance, metrics, theme)
    errors = 10 ** np.linspace(LOWEST, HIGHEST, 256)
    painter.drawImage(bar, image(shade(errors[None], tolerance, theme)))
    painter.setPen(QColor(theme.muted))
    for power in range(int(LOWEST), int(HIGHEST) + 1, EVERY):
        x, label = _place(bar, power), power_text(power)
        wide = metrics.horizontalAdvance(label)
        left = min(max(x - wide / 2, bar.left()), bar.right() - wide)
        painter.drawText(QPointF(left, bar.bottom() + metrics.ascent() + 2), label)
    _paint_marks(
        painter, QRectF(area.left(), bar.bottom() + line + GRID / 2, area.width(), line), theme, skipped, worst
    )


def hatch(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """What was not compared."""
    painter.fillRect(area, skipped_color(theme))
    painter.fillRect(area, QBrush(QColor(theme.muted), Qt.BrushStyle.BDiagPattern))


def ring(painter: QPainter, cell: QRectF, color: QColor | str, theme: Theme) -> None:
    """A frame around a cell, however small that is, on a ground that sets it off."""
    least = 1.25 * GRID
    grown = max(0.0, (least - cell.width()) / 2), max(0.0, (least - cell.height()) / 2)
    frame = cell.adjusted(-grown[0] - 1, -grown[1] - 1, grown[0] + 1, grown[1] + 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((theme.panel, 4), (color, 2)):
        painter.setPen(QPen(QColor(ink), width))
        painter.drawRect(frame)


def _place(bar: QRectF, power: float) -> float:
    return bar.left() + (power - LOWEST) / (HIGHEST - LOWEST) * bar.width()


def _paint_tolerance(painter: QPainter, bar: QRectF, tolerance: float, metrics: QFontMetricsF, theme: Theme) -> None:
    """A small arrow over the scale; its words and those of the title stand on either side of it or make way."""
    x = _place(bar, float(np.clip(np.log10(tolerance), LOWEST, HIGHEST)))
    tip, half = QPointF(x, bar.top() - 1), GRID / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.text))
    painter.drawPolygon(QPolygonF([tip, tip + QPointF(-half, -half), tip + QPointF(half, -half)]))
    painter.setPen(QColor(theme.text))
    base = bar.top() - GRID / 2 - metrics.descent()
    title, label = translate("check", "relative error"), translate("check", "tolerance")
    wide, needed = metrics.horizontalAdvance(label), metrics.horizontalAdvance(title) + 2 * GRID
    left = min(max(x - wide / 2, bar.left()), bar.right() - wide)
    painter.drawText(QPointF(left, base), label)
    if left - bar.left() >= needed:
        painter.drawText(QPointF(bar.left(), base), title)
    elif bar.right() - left - wide >= needed:
        painter.drawText(QPointF(bar.right() - needed + 2 * GRID, base), title)


def _paint_marks(painter: QPainter, area: QRectF, theme: Theme, skipped: bool, worst: bool) -> None:
    metrics, side = QFontMetricsF(painter.font()), 1.25 * GRID
    marks = [(True, translate("check", "largest error"))] * worst
    marks += [(False, translate("check", "skipped: crosses a kink"))] * skipped
    width = sum(side + GRID + metrics.horizontalAdvance(text) for _, text in marks) + 2 * GRID * (len(marks) - 1)
    x = area.left() + max(0.0, (area.width() - width) / 2)
    for is_ring, text in marks:
        square = QRectF(x, area.center().y() - side / 2, side, side)
        if is_ring:
            ring(painter, square.adjusted(2, 2, -2, -2), theme.text, theme)
        else:
            hatch(painter, square, theme)
        painter.setPen(QColor(theme.text))
        painter.drawText(QPointF(x + side + GRID, area.top() + metrics.ascent()), text)
        x += side + 3 * GRID + metrics.horizontalAdvance(text)
