"""Text that changes while something is dragged: wrapped to the width there is, and never lower than it was before.

It stands in a column that scrolls, so that a line more moves only what is below it.
"""

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import current_theme, font, theme_switch

FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
NARROWEST = 16  # characters


class Paragraph(QWidget):
    """Plain text in the smallest type, with room for `lines` lines from the start."""

    def __init__(self, name: str, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._text = ""
        self._lines = lines
        self._needed = lines  # at the width that it has
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        """Show `text` from the next frame on."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleDescription(text)
        needed = self._lines_at(self.width())
        if needed > self._needed:
            self._needed = needed
            self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        lines = max(self._lines, self._lines_at(width), self._needed if width == self.width() else 0)
        return lines * QFontMetrics(self.font()).lineSpacing()

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST * QFontMetrics(self.font()).averageCharWidth(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._needed = max(self._lines, self._lines_at(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), FLAGS, self._text)
        painter.end()

    def _lines_at(self, width: int) -> int:
        metrics = QFontMetrics(self.font())
        room = QRect(0, 0, max(width, 1), 1 << 16)
        return math.ceil(metrics.boundingRect(room, FLAGS, self._text).height() / metrics.lineSpacing() - 0.01)

    def _restyle(self) -> None:
        self.setFont(font(current_theme().small))
        self._needed = self._lines
        self.updateGeometry()
        self.update()
