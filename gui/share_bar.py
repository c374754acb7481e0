"""A bar cut into shares: how the samples are divided, at a glance."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.palette import curve_color
from gui.theme import GRID, current_theme, theme_switch


class ShareBar(QWidget):
    """Counts side by side, each in the colour that its curve has in the plots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_switch().changed.connect(self.update)

    def show_counts(self, counts: dict[str, int]) -> None:
        """`counts` by the name of a curve: train, validation, test."""
        self._counts = counts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(10 * GRID, GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current_theme().grid))
        total = sum(self._counts.values())
        left = 0.0
        for name, count in self._counts.items():
            width = self.width() * count / total if total else 0.0
            painter.fillRect(QRectF(left, 0, width - 1, self.height()), curve_color(name))
            left += width
