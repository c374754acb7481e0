"""The source that computed a number, as it stands in the file; a button opens the whole file as a page."""

from collections.abc import Sequence
from textwrap import dedent

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFontMetrics, QResizeEvent, QTextCursor, QTextFormat, QWheelEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.inspector.code import Function, Source, source_of
from gui.inspector.code_colors import CodeColors, code_font
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme, theme_switch

PAGE = (860, 640)  # px
TINT = 0.14  # of the lines that were asked for, in a whole file


class CodeText(QPlainTextEdit):
    """Python to be read, in colours."""

    def __init__(self, text: str, parent: QWidget | None = None, *, all_lines: bool) -> None:
        """`all_lines`: as high as its text; else it scrolls."""
        super().__init__(parent)
        self._all_lines = all_lines
        if all_lines:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.horizontalScrollBar().installEventFilter(self)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        self._colors = CodeColors(self.document(), text)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._all_lines and abs(event.angleDelta().y()) >= abs(event.angleDelta().x()):
            event.ignore()  # the page scrolls
        else:
            super().wheelEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Over the scroll bar below the text, too, a turn of the wheel means the page."""
        if isinstance(event, QWheelEvent) and abs(event.angleDelta().y()) >= abs(event.angleDelta().x()):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def show_lines(self, first: int, last: int) -> None:
        """Tint these lines, counted from 1, and scroll to them."""
        cursor = QTextCursor(self.document().findBlockByNumber(first - 1))
        self.setTextCursor(cursor)
        self._tinted = first, last
        self._tint()
        bar = self.verticalScrollBar()
        bar.setValue(max(0, first - 3))

    def _tint(self) -> None:
        color = QColor(current_theme().accent)
        color.setAlphaF(TINT)
        selections: list[QTextEdit.ExtraSelection] = []
        for line in range(self._tinted[0], self._tinted[1] + 1):
            each = QTextEdit.ExtraSelection()
            each.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))  # pyright: ignore[reportAttributeAccessIssue]
            each.format.setBackground(color)  # pyright: ignore[reportAttributeAccessIssue]
            each.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # pyright: ignore[reportAttributeAccessIssue]
            selections.append(each)
        self.setExtraSelections(selections)

    def _restyle(self) -> None:
        self.setFont(code_font(current_theme()))
        self._colors.rehighlight()
        if hasattr(self, "_tinted"):
            self._tint()
        if self._all_lines:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._all_lines:
            self._fit()

    def _fit(self) -> None:
        """As high as the text, and a scroll bar where it is too wide."""
        metrics, margin = QFontMetrics(self.font()), 2 * round(self.document().documentMargin())
        widest = max(metrics.horizontalAdvance(line) for line in self.toPlainText().split("\n"))
        bar = self.horizontalScrollBar().sizeHint().height() if widest + margin > self.width() else 0
        self.setFixedHeight(self.blockCount() * metrics.lineSpacing() + margin + bar)


class CodeView(QWidget):
    """Some functions, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._functions: tuple[Function, ...] = ()
        self.pieces: list[CodeText] = []
        self.buttons: list[QToolButton] = []
        self.page: CodePage | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GRID // 2)

    def show_code(self, functions: Sequence[Function]) -> bool:
        """Show these functions; the same again cost nothing. True: they are others."""
        if tuple(functions) == self._functions:
            return False
        self._functions = tuple(functions)
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.pieces, self.buttons = [], []
        for function in functions:
            self._add(source_of(function))
        return True

    def stops(self) -> list[QWidget]:
        """What the keyboard reaches, from top to bottom."""
        return [each for pair in zip(self.buttons, self.pieces, strict=True) for each in pair]

    def _add(self, source: Source) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        text = self.tr("{file}, lines {first}–{last}")
        where = text.format(file=source.file, first=source.first, last=source.last)
        label = TextLabel(where, "muted")
        label.setWordWrap(True)
        label.setToolTip(where)
        button = QToolButton()
        button.setText(self.tr("Whole page"))
        button.setAutoRaise(True)
        button.setAccessibleName(self.tr("Whole page of {name}").format(name=source.name))
        button.setToolTip(self.tr("Open {file}, a page of the textbook, at these lines").format(file=source.file))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self._open(source))
        row.addWidget(label, 1)
        row.addWidget(button)
        code = CodeText(dedent(source.text).rstrip("\n"), all_lines=True)
        code.setAccessibleName(source.name)
        self._rows.addWidget(head)
        self._rows.addWidget(code)
        self.pieces.append(code)
        self.buttons.append(button)

    def _open(self, source: Source) -> None:
        if self.page is not None:
            self.page.close()
        self.page = CodePage(source, self.window())
        self.page.destroyed.connect(self._forget_page)
        self.page.show()

    def _forget_page(self) -> None:
        self.page = None


class CodePage(QDialog):
    """A whole file of the model, scrolled to some lines of it. The window goes on working beside it."""

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("{file} - Downhill").format(file=source.file))
        self.resize(*PAGE)
        self.text = CodeText(source.path.read_text(encoding="utf-8"), all_lines=False)
        self.text.setAccessibleName(source.file)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self.text)
        self._source = source
        self.text.show_lines(source.first, source.last)
