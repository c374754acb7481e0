"""A button with a small window behind it, in which there is something to choose or to type."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QStyleOptionToolButton, QToolButton, QVBoxLayout, QWidget

from gui.theme import GRID


class PopupButton(QToolButton):
    """Opens `inside` under itself, by a click, Space or Down; it goes with the next click elsewhere, or with Esc.

    No menu: a menu leaves the keyboard outside of what it holds, and Enter closes it before one has read what was
    refused.
    """

    def __init__(
        self, text: str, tip: str, inside: QWidget, first: Callable[[], QWidget], parent: QWidget | None = None
    ) -> None:
        """`first()`: what in it gets the keyboard."""
        super().__init__(parent)
        self.setText(text)
        self.setToolTip(f"<p>{tip}</p>")
        self.setAccessibleDescription(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._first = first
        self.popup = QFrame(self, Qt.WindowType.Popup)
        self.popup.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # a click on the button closes and does not reopen
        self.popup.setFrameShape(QFrame.Shape.StyledPanel)
        self.popup.setAccessibleName(text)
        rows = QVBoxLayout(self.popup)
        rows.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        rows.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # a sentence in it makes it larger
        rows.addWidget(inside)
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Show it under the button, moved where that would leave the screen; its first control has the keyboard."""
        free, corner = self.screen().availableGeometry(), self.mapToGlobal(QPoint(0, self.height()))
        self.popup.move(corner)
        self.popup.show()  # now it knows its size
        x = max(free.left(), min(corner.x(), free.right() + 1 - self.popup.width()))
        y = max(free.top(), min(corner.y(), free.bottom() + 1 - self.popup.height()))
        self.popup.move(x, y)
        self._first().setFocus(Qt.FocusReason.PopupFocusReason)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        super().initStyleOption(option)
        option.features |= QStyleOptionToolButton.ToolButtonFeature.HasMenu  # paints the little arrow

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open()
        else:
            super().keyPressEvent(event)
