"""A border between two shares of a bar: moved with the pointer or the arrow keys, one percent at a time."""

import itertools

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from gui.theme import current_theme

_visits = itertools.count(1)  # of the keyboard to all borders


class ShareBorder(QAbstractSlider):
    """Its value is the percentage of everything that lies left of it. It stands beside its place, on the side `left`.

    Two borders at one place therefore lie beside each other: each can be taken hold of.
    """

    dragged = Signal(float)  # the pointer has it here now: px from the left of what it stands in
    released = Signal()
    stepped = Signal(int)  # a key asks for this value

    def __init__(self, *, left: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = left
        self.visit = next(_visits)  # the steps made during one visit of the keyboard belong together
        self._grip = 0.0  # px from the middle of the border to where it was taken
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setRange(0, 100)
        self.setPageStep(5)
        self.actionTriggered.connect(self._step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position().x() - (self.width() if self.left else 0)
            self.setSliderDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.dragged.emit(self.x() + event.position().x() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.released.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that scrolls past must not move it

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.visit = next(_visits)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = self.underMouse() or self.isSliderDown()
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.muted), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.muted if pointed else theme.field))
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, inside.width() / 2, inside.width() / 2)
        painter.setPen(QPen(QColor(theme.field if pointed else theme.muted), 1))
        painter.drawLine(self.rect().center().x(), 5, self.rect().center().x(), self.height() - 6)

    def _step(self, _action: int) -> None:
        """A key: where it wants to go is the slider's position, which is not its value yet."""
        wanted = self.sliderPosition()
        self.setSliderPosition(self.value())  # whoever listens moves it
        if wanted != self.value():
            self.stepped.emit(wanted)
