"""Marks drawn as stamps: each kind is painted once into a small picture, which thousands of points then share."""

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from gui.class_colors import class_color
from gui.output_views.marks import draw_mark
from gui.palette import marker
from gui.theme import Theme

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


def set_stamp(painter: QPainter, place: QPointF, stamped: QPixmap) -> None:
    """Put a stamp's middle at `place`, on whole dots, so that it stays sharp."""
    ratio = stamped.devicePixelRatio()
    x, y = place.x() - stamped.width() / ratio / 2, place.y() - stamped.height() / ratio / 2
    painter.drawPixmap(QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio), stamped)
