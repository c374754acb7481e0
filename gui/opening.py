"""A run on its way into the window: what its file does not hold is computed again, and that can be cancelled."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.replay_dialog import ReplayDialog
from gui.session import Session
from model.saved_run import SavedRun


class Opening(QObject):
    """From `begin` until the run stands where it stood, was cancelled or failed."""

    ended = Signal(object)  # what is to be said about the run (list of Message); None: it could not be opened at all

    def __init__(self, session: Session, name: str, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._numbers_before = session.run.number if session.run is not None else -1
        self._over = False
        self.cancelled = False  # then the branches are as long as they have become
        self.dialog = ReplayDialog(name, window)
        self.dialog.cancelled.connect(self._cancel)
        session.replaying.connect(self._tell)
        session.worker.failed.connect(self._failed)

    def begin(self, run: SavedRun) -> None:
        self._session.open_run(run, self._opened)

    def _tell(self, done: int, wanted: int) -> None:
        if not self._over:
            self.dialog.show_progress(done, wanted)

    def _cancel(self) -> None:
        self.cancelled = True
        self._session.worker.stay()

    def _opened(self, notes: Any) -> None:
        self._end(notes)

    def _failed(self, number: int, reason: str) -> None:
        if number > self._numbers_before:  # not one of an earlier run
            self._end(None)

    def _end(self, notes: Any) -> None:
        if self._over:
            return
        self._over = True
        self._session.replaying.disconnect(self._tell)
        self._session.worker.failed.disconnect(self._failed)
        self.dialog.hide()
        self.dialog.deleteLater()
        self.ended.emit(notes)
        self.deleteLater()
