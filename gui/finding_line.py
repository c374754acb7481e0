"""The most serious finding in one line: a mark, its name, the sentence with its number; cut with … where it is long."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import GRID, Theme, current_theme, font, theme_switch


class FindingLine(QWidget):
    """Painted and not laid out: its text changes while the network learns, and no layout may hear of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._sentence = ""
        self._alarming = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def text(self) -> str:
        """All that it says, though there may not be room for all of it."""
        return f"{self._title}: {self._sentence}" if self._sentence else self._title

    def say(self, title: str, sentence: str = "", *, alarming: bool = False) -> None:
        """Show this from the next frame on. `alarming`: something is wrong; else it is said quietly."""
        if (title, sentence, alarming) != (self._title, self._sentence, self._alarming):
            self._title, self._sentence, self._alarming = title, sentence, alarming
            self.setAccessibleDescription(self.text())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = self.height() / 2, theme.small * 0.4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.warning if self._alarming else theme.grid))
        painter.drawEllipse(QPointF(radius + 1, middle), radius, radius)
        x = 2 * radius + GRID
        if self._alarming:
            x += self._draw(painter, x, self._title, theme.text, self._bold) + GRID
            self._draw(painter, x, self._sentence, theme.text, self._plain)
        else:
            self._draw(painter, x, self.text(), theme.muted, self._plain)

    def _draw(self, painter: QPainter, x: float, text: str, color: str, metrics: QFontMetricsF) -> float:
        """Draw from `x` on as much as there is room for; how wide it is."""
        painter.setPen(QColor(color))
        painter.setFont(self._bold_font if metrics is self._bold else self._plain_font)
        room = max(0.0, self.width() - x)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, 0, room, self.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
        return metrics.horizontalAdvance(shown)

    def _restyle(self, theme: Theme) -> None:
        self._plain_font, self._bold_font = font(theme.body), font(theme.body, bold=True)
        self._plain, self._bold = QFontMetricsF(self._plain_font), QFontMetricsF(self._bold_font)
        self.update()
