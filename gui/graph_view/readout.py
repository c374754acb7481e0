"""The box beside a node that says what it is."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import GRID, current_theme, font

WIDTH = 60  # characters before a sentence is broken


class NodeReadout(QLabel):
    """Some lines above or below what they speak of, inside the parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("graph readout")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def say(self, text: str, beside: QRect, *, alarming: bool) -> None:
        """Show `text` below `beside` (in the parent's px), or above it where there is more room."""
        theme = current_theme()
        border = theme.warning if alarming else theme.grid
        self.setFont(font(theme.small))
        self.setStyleSheet(
            f"color: {theme.text}; background: {theme.window}; border: 1px solid {border}; padding: {GRID // 2}px;"
        )
        self.setText(text)
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in text.splitlines())
        width = min(widest + 1, WIDTH * metrics.averageCharWidth(), self._parent.width() - 3 * GRID)
        wrapped = metrics.boundingRect(QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap, text)
        self.setFixedSize(width + 2 * GRID + 4, wrapped.height() + GRID + 4)
        seen = self._parent.rect()
        y = beside.bottom() + GRID
        if y + self.height() > seen.bottom() and beside.top() > seen.bottom() - beside.bottom():
            y = beside.top() - GRID - self.height()
        x = beside.center().x() - self.width() // 2
        x = max(seen.left(), min(x, seen.right() - self.width()))
        self.move(x, max(seen.top(), min(y, seen.bottom() - self.height())))
        self.show()
        self.raise_()
