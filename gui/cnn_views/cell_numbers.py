"""Numbers written into the pixels of a small image, as in a textbook's figure, where they fit."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gui.cnn_views.image_sheet import draw_grid_lines
from gui.cnn_views.tile import Tile
from gui.figures import MINUS
from gui.theme import Theme


def short(value: float) -> str:
    """Two digits, without a leading zero: ".43", "−1.2", "12"; more would not fit into a pixel."""
    if not np.isfinite(value):
        return "?"
    if abs(value) < 0.005:
        return "0"
    digits = 2 if abs(value) < 1 else 1 if abs(value) < 10 else 0
    text = f"{value:.{digits}f}" if abs(value) < 1e4 else f"{value:.0e}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS).replace("0.", ".") if abs(value) < 1 else text.replace("-", MINUS)


def fits(tile: Tile, metrics: QFontMetricsF) -> bool:
    """Whether the numbers of a tile can be read in its cells."""
    cell = tile.cell(0, 0)
    widest = max(metrics.horizontalAdvance(short(value)) for value in tile.values.ravel().tolist())
    return cell.width() >= widest + 2 and cell.height() >= metrics.height() - 2


def draw_numbers(painter: QPainter, tile: Tile, theme: Theme) -> None:
    """Each number in its cell, in the ink that is further from its ground."""
    draw_grid_lines(painter, tile, theme)
    for place in np.ndindex(tile.values.shape):
        ground = QColor(tile.picture.pixel(place[1], place[0]))
        inks = QColor(theme.text), QColor(theme.panel)
        painter.setPen(max(inks, key=lambda ink: abs(_light(ink) - _light(ground))))
        painter.drawText(tile.cell(*place), Qt.AlignmentFlag.AlignCenter, short(float(tile.values[place])))


def _light(color: QColor) -> float:
    """How light a colour looks, 0 to 1."""
    return 0.3 * color.redF() + 0.59 * color.greenF() + 0.11 * color.blueF()
