"""The line in which an expression is typed; where it cannot be read, a caret under the place and a sentence."""

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.theme import GRID, Theme, current_theme, font, theme_switch


class ExpressionEntry(QLineEdit):
    """A field in a typewriter's face."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("expression")
        self.setAccessibleName(self.tr("Expression"))
        self.setPlaceholderText(self.tr("Type an expression, such as sigmoid(w*x + b)"))
        self.setToolTip(
            "<p>"
            + self.tr(
                "An expression of numbers and names, with + - * / ** and exp, log, max, relu, sigmoid, tanh. "
                "Every operation in it becomes a node."
            )
            + "</p>"
        )
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def middle_of(self, position: int) -> float:
        """Where the character at `position` is shown, px from the left."""
        metrics, text = self.fontMetrics(), self.text()
        scrolled = self.cursorRect().center().x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
        return scrolled + metrics.horizontalAdvance(text[:position]) + metrics.horizontalAdvance("0") / 2

    def _restyle(self, theme: Theme) -> None:
        self.setFont(typewriter(theme.body))
        self.setMinimumWidth(12 * theme.body)


class Complaint(QWidget):
    """Why something cannot be shown, in a strip under the field: it lies over the graph and moves nothing.

    A caret points at the place in the expression. A click takes the strip away.
    """

    def __init__(self, entry: ExpressionEntry, over: QWidget) -> None:
        super().__init__(over)
        self._entry, self._over = entry, over
        self.position: int | None = None
        self.text = ""
        self.setObjectName("complaint")
        self.setAccessibleName(self.tr("What is wrong"))
        self.hide()
        entry.cursorPositionChanged.connect(lambda *_: self.update())
        theme_switch().changed.connect(self.place)

    def say(self, text: str, position: int | None = None) -> None:
        """`position`: of the character that is wrong; None: no place in the expression is."""
        self.text, self.position = text, position
        self.setAccessibleDescription(text)
        self._entry.setAccessibleDescription(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self._entry, QAccessible.Event.DescriptionChanged))
        self.place()
        self.show()
        self.raise_()
        self.update()

    def withdraw(self) -> None:
        """All is well again."""
        self.text, self.position = "", None
        self._entry.setAccessibleDescription("")
        self.hide()

    def place(self, *_: object) -> None:
        """Under the field, as wide as what it lies over and as high as its text."""
        corner = self._entry.mapTo(self._over, QPoint(0, self._entry.height()))
        width = self._over.width() - 2 * corner.x()
        metrics = QFontMetrics(font(current_theme().small))
        room = QRect(0, 0, width - GRID, 0)
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.text).height()
        self.setGeometry(corner.x(), corner.y(), width, self._top() + height + GRID // 2)

    def _top(self) -> int:
        return current_theme().small // 2 + 3

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.window))
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setPen(QColor(theme.warning))
        painter.setFont(font(theme.small))
        painter.drawText(
            self.rect().adjusted(GRID // 2, self._top(), -GRID // 2, 0), Qt.TextFlag.TextWordWrap, self.text
        )
        if self.position is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.warning))
            painter.drawPolygon(self._caret(self.position))

    def _caret(self, position: int) -> QPolygonF:
        height = self._top() - 3
        x = max(height, min(self._entry.middle_of(position), self._entry.width() - height))
        return QPolygonF([QPointF(x, 1), QPointF(x - 0.8 * height, 1 + height), QPointF(x + 0.8 * height, 1 + height)])


def typewriter(size: int) -> QFont:
    """The system's face in which all characters are equally wide."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(size)
    return made
