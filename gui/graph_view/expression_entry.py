"""The line in which an expression is typed; where it cannot be read, a caret under the place and a sentence."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from gui.live_label import LiveLabel
from gui.theme import Theme, current_theme, theme_switch


class ExpressionEntry(QWidget):
    """A field in a typewriter's face, and two lines under it: what the expression means, or what is wrong with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setObjectName("expression")
        self.field.setAccessibleName(self.tr("Expression"))
        self.field.setPlaceholderText(self.tr("Type an expression, such as sigmoid(w*x + b)"))
        self.field.setToolTip(
            "<p>"
            + self.tr(
                "An expression of numbers and names, with + - * / ** and exp, log, max, relu, sigmoid, tanh. "
                "Every operation in it becomes a node."
            )
            + "</p>"
        )
        self.caret = _Caret(self.field)
        self.sentence = LiveLabel(small=True, wrap_lines=2, align=Qt.AlignmentFlag.AlignLeft)
        self.sentence.setAccessibleName(self.tr("What the expression means, or what is wrong with it"))
        self._wrong = False
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for each in (self.field, self.caret, self.sentence):
            rows.addWidget(each)
        self.field.cursorPositionChanged.connect(lambda *_: self.caret.update())
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def refuse(self, position: int, sentence: str) -> None:
        """A caret under the character at `position`, and why."""
        self._say(sentence, wrong=True)
        self.caret.show_at(position)

    def explain(self, sentence: str, *, wrong: bool = False) -> None:
        """No caret; `sentence` says what is shown, or (`wrong`) why something cannot be."""
        self._say(sentence, wrong=wrong)
        self.caret.show_at(None)

    def _say(self, sentence: str, *, wrong: bool) -> None:
        self._wrong = wrong
        self.sentence.setText(sentence)
        self.sentence.setToolTip(f"<p>{sentence}</p>" if sentence else "")
        self.field.setAccessibleDescription(sentence)
        self._restyle(current_theme())

    def _restyle(self, theme: Theme) -> None:
        self.field.setFont(typewriter(theme.body))
        self.sentence.set_color(theme.warning if self._wrong else theme.muted)
        self.caret.setFixedHeight(theme.small // 2 + 2)


class _Caret(QWidget):
    """A small pointer under one character of a line."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__()
        self._field = field
        self.position: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_at(self, position: int | None) -> None:
        self.position = position
        self.update()

    def x(self) -> float:
        """The middle of the character, where the field shows it."""
        assert self.position is not None
        field = self._field
        metrics, text = field.fontMetrics(), field.text()
        scrolled = field.cursorRect().center().x() - metrics.horizontalAdvance(text[: field.cursorPosition()])
        return scrolled + metrics.horizontalAdvance(text[: self.position]) + metrics.horizontalAdvance("0") / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.position is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_theme().warning))
        height = self.height() - 1
        x = max(height, min(self.x(), self.width() - height))
        painter.drawPolygon(
            QPolygonF([QPointF(x, 0), QPointF(x - height * 0.8, height), QPointF(x + height * 0.8, height)])
        )


def typewriter(size: int) -> QFont:
    """The system's face in which all characters are equally wide."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(size)
    return made
