"""Who selects something while the inspector is behind a tab is told where it is explained."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QStatusBar

from gui.panel import Panel
from gui.selection import Selection

SENTENCE_SHOWN = 5000  # ms, in the status bar


class Signpost(QObject):
    """A sentence in the status bar."""

    def __init__(self, selection: Selection, inspector: QDockWidget, status: QStatusBar) -> None:
        super().__init__(status)
        self._inspector, self._status = inspector, status
        selection.subject_selected.connect(self._selected)

    def _selected(self, subject: object) -> None:
        panel = self._inspector.widget()
        if subject is not None and not (isinstance(panel, Panel) and panel.is_seen()):
            self._status.showMessage(self.tr("Its formula and its numbers are in the Inspector."), SENTENCE_SHOWN)
