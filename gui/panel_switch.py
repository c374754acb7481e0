"""The switch of a panel in the View menu: it brings a panel to the front, and closes the one that is in front."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget


class PanelSwitch(QObject):
    """Qt's own switch closes a dock that stands behind another's tab, and brings a closed one back behind it."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self._front = self._was_front = False  # it can be seen now; and before the switch was pressed
        dock.visibilityChanged.connect(self._look)
        action = dock.toggleViewAction()
        action.toggled.connect(self._remember)  # before Qt closes it or opens it
        action.triggered.connect(self._bring)  # after that

    def _look(self, visible: bool) -> None:
        self._front = visible

    def _remember(self) -> None:
        self._was_front = self._front

    def _bring(self, opened: bool) -> None:
        if opened or not self._was_front:
            self._dock.show()
            self._dock.raise_()
