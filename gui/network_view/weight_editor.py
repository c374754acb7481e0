"""The line that opens on a link or a bias to type another number into it."""

import math

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from gui.number_editor import as_text
from gui.theme import current_theme, font

DIGITS = 20  # that the line has room for


class WeightEditor(QLineEdit):
    """Enter takes the number, Esc leaves the old one."""

    entered = Signal(int, float)  # the place in the parameter vector and the number typed

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("weight editor")
        self.setAccessibleName(self.tr("New value"))
        self.setToolTip(self.tr("Any number, such as 0.5 or -1e-3. Enter takes it, Esc leaves the old one."))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._parameter = 0
        self._largest = 0.0
        self.hide()

    def open(self, parameter: int, name: str, value: float, largest: float, place: QPoint, room: QRect) -> None:
        """Edit one number at `place`, inside `room`. `largest`: that a parameter can hold."""
        self._parameter, self._largest = parameter, largest
        self.setAccessibleName(self.tr("New value of {name}").format(name=name))
        self.setFont(font(current_theme().small))
        self.setText(as_text(value))
        self.selectAll()
        size = self.sizeHint()
        self.resize(self.fontMetrics().averageCharWidth() * DIGITS + size.height(), size.height())
        corner = place - self.rect().center()
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        y = max(room.top(), min(corner.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.hide()

    def _commit(self) -> None:
        text = self.text().strip()
        try:
            value = float(text.replace(",", ".") if "," in text and "." not in text else text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or abs(value) > self._largest:
            sentence = self.tr("“{text}” is not a finite number; type one such as 0.5 or -1e-3.").format(text=text)
            self.setAccessibleDescription(sentence)
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), sentence, self)
            self.selectAll()
            return
        self._close()
        self.entered.emit(self._parameter, value)

    def _close(self) -> None:
        self.hide()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
