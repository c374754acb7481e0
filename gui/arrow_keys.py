"""Left means Step back, except for a control with the keyboard that goes left itself."""

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

from gui.network_view.canvas import Canvas
from gui.picture_button import PictureButton

WALKED = QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QTabBar, Canvas, PictureButton
ARROWS = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def walks(widget: QWidget | None) -> bool:
    """Whether the arrow keys do something in `widget`: in a list, on a slider, from button to button of a group."""
    if isinstance(widget, QAbstractButton) and (widget.group() is not None or widget.autoExclusive()):
        return True
    return isinstance(widget, WALKED)


class WalkersKeepArrows(QObject):
    """Text fields keep their keys by themselves. What else uses the arrows does not claim them, so it is done here."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        # Only the control with the keyboard is watched: a filter of the application would see every event there is.
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and walks(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # The timeline goes by epochs with Ctrl, which is what the action does as well.
            mine = event.key() in ARROWS and not event.modifiers() & MODIFIERS
            if mine:
                event.accept()
            return mine
        return super().eventFilter(watched, event)
