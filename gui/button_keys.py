"""Space means Run, except for the button or check box that has the keyboard: there it is the button's own key."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


class ButtonsKeepSpace(QObject):
    """Text fields keep their keys by themselves. A button does not claim Space, so a shortcut would take it away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        # Only the button with the keyboard is watched: a filter of the application would see every event there is.
        if isinstance(before, QAbstractButton):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = event.key() == Qt.Key.Key_Space and not event.modifiers()
            event.setAccepted(mine)
            return mine
        return super().eventFilter(watched, event)
