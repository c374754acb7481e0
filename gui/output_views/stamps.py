"""Marks drawn as stamps: each kind is painted once into a small picture, which thousands of points then share."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from gui.class_colors import class_color
from gui.output_views.marks import draw_mark
from gui.palette import marker
from gui.theme import Theme
from model.arrays import Floats

EDGE = 2  # px around a mark for its rim


@lru_cache(maxsize=64)
def stamp(label: int, classes: int, part: str, size: float, ratio: float, theme: Theme) -> QPixmap:
    """The mark of class `label` out of `classes`, `size` px wide on a screen with `ratio` dots a px."""
    side = round(size) + 2 * EDGE + 1
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2, side / 2)
    draw_mark(painter, middle, size, marker(label), class_color(label, classes, theme), part, theme)
    painter.end()
    return made


def set_stamps(painter: QPainter, places: Floats, stamped: QPixmap) -> None:
    """Put a stamp's middle at each of `places` (n, 2), px, on whole dots, so that it stays sharp."""
    ratio = stamped.devicePixelRatio()
    corners = places - np.array([stamped.width(), stamped.height()]) / ratio / 2
    for x, y in (np.rint(corners * ratio) / ratio).tolist():
        painter.drawPixmap(QPointF(x, y), stamped)
