"""Shortcuts of the whole window yield to the control that has the keyboard, where it uses the key itself.

Space means Run, but a button that was reached with the keys is pressed with it; Left means Step back, but a list, a
slider or the diagram goes left. Text fields keep their keys by themselves. The others do not claim them, so it is done
here: for Qt's own kinds, and for every widget that says `walks_with_arrows`.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QTabBar,
    QWidget,
)

WALKED = QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QTabBar
ARROWS = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def walks(widget: QWidget | None) -> bool:
    """Whether the arrow keys do something in `widget`: in a list, on a slider, from button to button of a group."""
    if isinstance(widget, QAbstractButton) and (widget.group() is not None or widget.autoExclusive()):
        return True
    return isinstance(widget, WALKED) or getattr(widget, "walks_with_arrows", False)


def is_own(widget: QWidget, event: QKeyEvent) -> bool:
    """Whether `widget` does something of its own with this key."""
    if event.key() == Qt.Key.Key_Space:
        return isinstance(widget, QAbstractButton) and not event.modifiers()
    # The timeline goes by epochs with Ctrl, which is what the action does as well.
    return event.key() in ARROWS and walks(widget) and not event.modifiers() & MODIFIERS


class OwnKeys(QObject):
    """Watches the control with the keyboard: a filter of the application would see every event there is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)
        self._clicked = False  # the control has the keyboard because it was clicked

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        self._clicked = False
        if before is not None:
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton) or walks(now):
            assert now is not None
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._clicked = True
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if self._clicked and isinstance(watched, QAbstractButton) and event.key() == Qt.Key.Key_Space:
            return False  # whoever clicks a button goes on with the pointer: Space means Run again
        if isinstance(watched, QWidget) and is_own(watched, event):
            event.accept()
            return True
        return super().eventFilter(watched, event)
