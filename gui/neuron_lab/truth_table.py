"""A small table, painted: what is wrong is in the warning's colour, and one row may be marked."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.palette import blend
from gui.theme import GRID, current_theme, font, theme_switch

RIGHT, WRONG = "✓", "✗"
TINIEST = 10  # px of type


class TruthTable(QWidget):
    """Rows of short texts under titles, with room for `most` rows."""

    def __init__(self, name: str, titles: Sequence[str], most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.titles, self._most = tuple(titles), most
        self.rows: Sequence[Sequence[str]] = ()
        self._marked: int | None = None
        self._widest = [""] * len(titles)  # a column is never narrower than what it has held
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def show_rows(self, rows: Sequence[Sequence[str]], marked: int | None = None) -> None:
        """Show these rows; `marked`: the one whose turn it is."""
        self.rows, self._marked = rows, marked
        self.setAccessibleDescription("; ".join(" ".join(row) for row in (self.titles, *rows)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(10 * GRID, round(self._height() * (self._most + 1)) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, height, painter = current_theme(), self._height(), QPainter(self)
        painter.setFont(self._fitting_font())
        edges = self._edges(QFontMetricsF(painter.font()))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setPen(QColor(theme.muted))
        for text, left, right in zip(self.titles, edges, edges[1:], strict=False):
            painter.drawText(QRectF(left, 0, right - left, height), middle, text)
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.drawLine(0, round(height), self.width(), round(height))
        for number, row in enumerate(self.rows):
            top = height * (number + 1) + 1
            if number == self._marked:
                painter.fillRect(QRectF(0, top, self.width(), height), blend(theme.accent, theme.window, 0.18))
            wrong = WRONG in row[-1]
            for column, (text, left, right) in enumerate(zip(row, edges, edges[1:], strict=False)):
                verdict = column == len(row) - 1 and wrong
                painter.setPen(QColor(theme.warning if verdict else theme.text))
                painter.drawText(QRectF(left, top, right - left, height), middle, text)
        painter.end()

    def _fitting_font(self) -> QFont:
        """The smallest type, or smaller still where the table would be wider than there is room."""
        made = QFont(self.font())
        while made.pixelSize() > TINIEST and self._edges(QFontMetricsF(made))[-1] > self.width() + 1:
            made.setPixelSize(made.pixelSize() - 1)
        return made

    def _edges(self, metrics: QFontMetricsF) -> list[float]:
        """Where the columns begin and end: each as wide as its longest text, and the rest shared out."""
        for row in (self.titles, *self.rows):
            for column, text in enumerate(row):
                if metrics.horizontalAdvance(text) > metrics.horizontalAdvance(self._widest[column]):
                    self._widest[column] = text
        widths = [metrics.horizontalAdvance(text) for text in self._widest]
        gap = max(6.0, (self.width() - sum(widths)) / len(widths))
        edges = [0.0]
        for width in widths:
            edges.append(edges[-1] + width + gap)
        return edges

    def _height(self) -> float:
        return QFontMetricsF(self.font()).height() + GRID / 2

    def _restyle(self) -> None:
        self.setFont(font(current_theme().small))
        self.updateGeometry()
        self.update()
