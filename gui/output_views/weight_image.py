"""The weights into a neuron of the first layer, drawn as the image that the neuron looks for."""

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table
from gui.output_views.picture import Picture
from gui.palette import diverging, image
from gui.theme import GRID, Theme
from model.arrays import Floats


class WeightImage(Picture):
    """One number a pixel: ink on a blue pixel drives the neuron up, on an orange one down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Incoming weights"), parent)
        self.setMinimumSize(20 * GRID, 20 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._weights: Floats = np.zeros((1, 1))
        self._limit = 1.0

    def set_weights(self, weights: Floats, limit: float) -> None:
        """Show weights (rows, columns) on a scale from -limit to limit."""
        self._weights, self._limit = weights, limit
        self.update()
        self.refresh()

    def pixels(self) -> QRectF:
        """The part of the widget that the image fills."""
        rows, columns = self._weights.shape
        side = min((self.width() - 2 * GRID) / columns, (self.height() - 2 * GRID) / rows)
        wide, high = side * columns, side * rows
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def text_at(self, place: QPointF) -> str:
        pixels, (rows, columns) = self.pixels(), self._weights.shape
        if not pixels.contains(place):
            return ""
        row = min(rows - 1, int((place.y() - pixels.top()) / pixels.height() * rows))
        column = min(columns - 1, int((place.x() - pixels.left()) / pixels.width() * columns))
        weight = f"{float(self._weights[row, column]):.4g}"
        return self.tr("row {row}, column {column}\nweight {weight}").format(row=row, column=column, weight=weight)

    def export_rows(self) -> Table:
        rows: Iterable[Sequence[object]] = (
            (row, column, weight)
            for row, weights in enumerate(self._weights.tolist())
            for column, weight in enumerate(weights)
        )
        return ("row", "column", "weight"), rows

    def paint(self, painter: QPainter, theme: Theme) -> None:
        pixels = self.pixels()
        painter.drawImage(pixels, image(diverging(self._weights, self._limit, theme)))
        painter.setPen(QPen(theme.grid))
        painter.drawRect(pixels)
