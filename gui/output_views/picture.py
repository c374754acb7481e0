"""What every painted picture here shares: the theme, a small label that follows the pointer, export."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.theme import GRID, Theme, current_theme, font, theme_switch


class Picture(QWidget):
    """A widget that paints itself. Subclasses give `paint`, and may give `text_at` and `export_rows`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` says what it shows: to a screen reader, and as the proposed name of an exported file."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.for_file = False  # being painted for a file: no cached pixels, nothing of the moment's pointer
        self.dirty = QRectF()  # what of the widget is being painted anew
        self._pointer: QPointF | None = None
        self.label = QLabel(self)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        self._add_export()
        theme_switch().changed.connect(self.restyle)
        self._dress_label(current_theme())

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw everything on a ground that is already painted."""
        raise NotImplementedError

    def text_at(self, place: QPointF) -> str:
        """What the label says of this place (px); "" hides it."""
        return ""

    def export_rows(self) -> Table:
        """The header and the rows of the table behind the picture."""
        return (), ()

    def restyle(self, theme: Theme) -> None:
        self._dress_label(theme)
        self.refresh()
        self.update()

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        """While the picture is painted for a file."""
        pointer, self._pointer = self._pointer, None
        self.refresh()
        self.for_file = True
        try:
            yield
        finally:
            self.for_file = False
            self._pointer = pointer
            self.refresh()

    def export(self) -> None:
        """Ask for a file and write the picture or the data."""
        export_dialog(self, self, self.accessibleName(), self.export_rows)

    def refresh(self) -> None:
        """Say anew what is under the pointer: it may rest while the picture changes."""
        text = self.text_at(self._pointer) if self._pointer is not None else ""
        if text and self._pointer is not None:
            if text != self.label.text():
                self.label.setText(text)
                self.label.adjustSize()
            x = self._pointer.x() + 2 * GRID
            if x + self.label.width() > self.width():
                x = self._pointer.x() - 2 * GRID - self.label.width()
            y = min(self._pointer.y() + GRID, self.height() - self.label.height())
            self.label.move(max(0, round(x)), max(0, round(y)))
        self.label.setVisible(bool(text))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self.refresh()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        self.dirty = QRectF(event.rect())
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), theme.panel)
            painter.setFont(font(theme.small))
            self.paint(painter, theme)
            if self.hasFocus() and not self.for_file:
                painter.setPen(QPen(theme.accent))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        finally:
            painter.end()  # Qt aborts on a painter that outlives its paint event

    def _dress_label(self, theme: Theme) -> None:
        self.label.setFont(font(theme.small))
        self.label.setStyleSheet(f"color: {theme.text}; background: {theme.window}; padding: {GRID // 2}px;")
        self.label.adjustSize()

    def _add_export(self) -> None:
        add_export_action(self, self.export)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
