"""The key under a map: which colour stands for which number or class."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.class_colors import class_color
from gui.output_views.map_colors import SOFTENED
from gui.output_views.marks import draw_mark
from gui.output_views.picture import Picture
from gui.palette import diverging, image, marker
from gui.theme import GRID, Theme, current_theme

BAR = GRID  # px, height of the scale


class Key(Picture):
    """A scale of colours with its numbers, the names of two classes at its ends; or the marks of many classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Key of the colours"), parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._limit: float = 1.0
        self._classes: tuple[str, ...] = ()
        self.setToolTip(self.tr("<p>Blue is positive, orange is negative; the paler, the nearer to zero.</p>"))

    def set_scale(self, limit: float, ends: tuple[str, ...] = ()) -> None:
        """Numbers from -limit to limit; `ends`: the two classes that they stand for."""
        self._set(limit, ends)

    def set_classes(self, names: tuple[str, ...]) -> None:
        """More than two classes."""
        self._set(0.0, names)

    def _set(self, limit: float, names: tuple[str, ...]) -> None:
        if (limit, names) != (self._limit, self._classes):
            self._limit, self._classes = limit, names
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * GRID, BAR + current_theme().small + 2 * GRID)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def restyle(self, theme: Theme) -> None:
        self.updateGeometry()
        super().restyle(theme)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._limit:
            self._paint_scale(painter, theme)
        else:
            self._paint_classes(painter, theme)

    def _paint_scale(self, painter: QPainter, theme: Theme) -> None:
        metrics = QFontMetricsF(painter.font())
        left, width = 2 * GRID, self.width() - 4 * GRID
        colours = diverging(np.linspace(-1, 1, 129)[None], SOFTENED, theme)
        painter.drawImage(QRectF(left, 2, width, BAR), image(colours))
        below = QRectF(left, BAR + 4, width, metrics.height())
        low, high = f"−{self._limit:.3g}", f"{self._limit:.3g}"
        if len(self._classes) == 2:
            low, high = f"{low} {self._classes[0]}", f"{self._classes[1]} {high}"
            for index, x in ((0, left / 2), (1, left + width + left / 2)):
                place, color = QPointF(x, BAR / 2 + 2), class_color(index, 2, theme)
                draw_mark(painter, place, theme.marker + 1, marker(index), color, "train", theme)
        painter.setPen(QPen(theme.text))
        for text, side in ((low, Qt.AlignmentFlag.AlignLeft), ("0", Qt.AlignmentFlag.AlignHCenter)):
            painter.drawText(below, side, text)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, high)

    def _paint_classes(self, painter: QPainter, theme: Theme) -> None:
        metrics = QFontMetricsF(painter.font())
        count = len(self._classes)
        wide, middle = self.width() / max(1, count), self.height() / 2
        for index, name in enumerate(self._classes):
            place = QPointF(index * wide + GRID, middle)
            draw_mark(painter, place, theme.marker + 1, marker(index), class_color(index, count, theme), "train", theme)
            room = QRectF(index * wide + 2 * GRID, 0, wide - 2 * GRID, self.height())
            painter.setPen(QPen(theme.text))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
