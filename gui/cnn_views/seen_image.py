"""The image that a network sees, large."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.cnn_views.image_sheet import ImageSheet
from gui.cnn_views.tile import Spot, Tile, crisp
from gui.export import Table
from gui.figures import figure
from gui.output_views.sample_card import ink_image
from gui.theme import GRID, Theme, current_theme
from model.arrays import Floats


class SeenImage(ImageSheet):
    """One image in ink on paper; its numbers under the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What the network sees"), parent)
        self.setMinimumSize(10 * GRID, 10 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: Floats = np.zeros((1, 1, 1))
        self._empty = True

    def show_image(self, image: Floats, *, empty: bool = False) -> None:
        """An image (channels, height, width), numbers from 0 to 1. `empty`: there is none yet, only its pixels."""
        self._image, self._empty = image, empty
        self.renew()

    def lay_out(self) -> Sequence[Tile]:
        rows, columns = self._image.shape[1:]
        most = max(rows, columns)
        pixel = crisp(min(self.width(), self.height()) - 4, most) / most
        area = QRectF(2, 2, columns * pixel, rows * pixel)
        return [Tile("image", self._image[0], ink_image(self._image, 1.0, current_theme()), area)]

    def said(self, spot: Spot) -> str:
        return self.tr("row {row}, column {column}\n{value}").format(
            row=spot.row + 1, column=spot.column + 1, value=figure(float(self._image[0, spot.row, spot.column]))
        )

    def paint(self, painter: QPainter, theme: Theme) -> None:
        if not self.for_file:
            painter.fillRect(self.rect(), QColor(theme.window))  # the image alone is paper
        super().paint(painter, theme)

    def paint_words(self, painter: QPainter, theme: Theme) -> None:
        if self._empty:
            painter.setPen(QColor(theme.muted))
            rows, columns = self._image.shape[1:]
            area = self.tiles()["image"].area
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{rows}×{columns}")

    def export_rows(self) -> Table:
        """One row a pixel."""
        return ("row", "column", "value"), (
            (row + 1, column + 1, float(self._image[0, row, column]))
            for row, column in np.ndindex(self._image.shape[1:])
        )
