"""What one neuron puts out for the training samples: a row of dots for each class."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.class_colors import class_color
from gui.export import Table
from gui.output_views.picture import Picture
from gui.theme import GRID, Theme, current_theme, font
from model.arrays import Floats, Indices

DOT = 4  # px
GOLDEN = 0.618034  # multiples of it spread evenly over 0..1: each dot has a height of its own, always the same


class ActivationStrip(Picture):
    """A neuron that tells classes apart shows it at once: the rows' dots stand in different places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Activations by class"), parent)
        self.setMinimumSize(20 * GRID, 14 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._names: tuple[str, ...] = ()
        self._values: Floats = np.zeros(0)
        self._classes: Indices = np.zeros(0, np.intp)
        self._limit = 1.0

    def set_values(self, values: Floats, classes: Indices, names: tuple[str, ...], limit: float) -> None:
        """Show the activations (n,) of samples with these classes (n,) on an axis from -limit to limit."""
        self._values, self._classes, self._names, self._limit = values, classes, names, limit
        self.update()
        self.refresh()

    def axis(self) -> QRectF:
        """Where the dots stand."""
        metrics = QFontMetricsF(font(current_theme().small))
        left = math.ceil(max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)) + 2 * GRID
        below = math.ceil(2 * metrics.height()) + GRID
        return QRectF(left, GRID, max(1, self.width() - left - 2 * GRID), max(1, self.height() - below - GRID))

    def text_at(self, place: QPointF) -> str:
        axis = self.axis()
        if not axis.contains(place) or not self._names:
            return ""
        row = min(len(self._names) - 1, int((place.y() - axis.top()) / axis.height() * len(self._names)))
        mine = self._values[self._classes == row]
        mean = f"{float(mine[np.isfinite(mine)].mean()):.3g}" if np.isfinite(mine).any() else "?"
        return self.tr("{name}: {count} samples\nmean activation {mean}").format(
            name=self._names[row], count=len(mine), mean=mean
        )

    def export_rows(self) -> Table:
        rows: Iterable[Sequence[object]] = (
            (self._names[name], value)
            for name, value in zip(self._classes.tolist(), self._values.tolist(), strict=True)
        )
        return (self.tr("class"), self.tr("activation")), rows

    def paint(self, painter: QPainter, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis, n = self.axis(), max(1, len(self._names))
        line, high = QFontMetricsF(painter.font()).height(), axis.height() / n
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, name in enumerate(self._names):
            top = axis.top() + row * high
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(0, top, axis.left() - GRID, high), right, name)
            painter.setPen(QPen(QColor(theme.grid), 1))
            painter.drawLine(QPointF(axis.left(), top + high), QPointF(axis.right(), top + high))
            painter.setPen(QPen(class_color(row, n, theme), DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(self._dots(axis, top, high, row))
        centre = Qt.AlignmentFlag.AlignCenter
        for share, value in ((0.0, -self._limit), (0.5, 0.0), (1.0, self._limit)):
            x = axis.left() + share * axis.width()
            painter.setPen(QPen(QColor(theme.grid), 1))
            painter.drawLine(QPointF(x, axis.top()), QPointF(x, axis.bottom()))
            painter.setPen(QColor(theme.muted))
            text = f"{value:.3g}".replace("-", "−")
            painter.drawText(QRectF(x - 30, axis.bottom() + 2, 60, line), centre, text)
        painter.setPen(QColor(theme.text))
        below = QRectF(axis.left(), axis.bottom() + line, axis.width(), line)
        painter.drawText(below, centre, self.tr("activation"))

    def _dots(self, axis: QRectF, top: float, high: float, row: int) -> list[QPointF]:
        samples = np.flatnonzero((self._classes == row) & np.isfinite(self._values))
        x = axis.left() + (np.clip(self._values[samples] / self._limit, -1, 1) + 1) / 2 * axis.width()
        y = top + high * (0.1 + 0.8 * (samples * GOLDEN % 1))
        return [QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]
