"""A run on its way into the window: what its file does not hold is computed again, and that can be cancelled."""

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.replay_dialog import ReplayDialog
from gui.session import Session
from model.message import Message
from model.saved_run import SavedRun


class Outcome(Enum):
    """How an opening ended."""

    WHOLE = auto()  # the run stands where it stood
    SHORTER = auto()  # on this machine it diverges sooner
    CANCELLED = auto()  # the branches are as long as they have become
    FAILED = auto()  # it could not be opened at all; the error was reported


class Opening(QObject):
    """From `begin` until the run stands where it stood, was cancelled or failed."""

    ended = Signal(object, object)  # Outcome, and what is to be said about the run (list of Message)

    def __init__(self, session: Session, run: SavedRun, name: str, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._run = session, run
        self._numbers_before = session.run.number if session.run is not None else -1
        self._over = False
        self.cancelled = False  # then the branches are as long as they have become
        self.dialog = ReplayDialog(name, window)
        self.dialog.cancelled.connect(self._cancel)
        session.replaying.connect(self._tell)
        session.worker.failed.connect(self._failed)

    def begin(self) -> None:
        self._session.open_run(self._run, self._opened)

    def _tell(self, done: int, wanted: int) -> None:
        if not self._over:
            self.dialog.show_progress(done, wanted)

    def _cancel(self) -> None:
        self.cancelled = True
        self._session.worker.stay()

    def _opened(self, notes: list[Message]) -> None:
        self._session.ask_saved(lambda reached: self._compare(reached, notes), arrays=False)

    def _compare(self, reached: SavedRun, notes: list[Message]) -> None:
        """Training diverges where it will, and rounding is not the same everywhere."""
        steps = [[each.steps for each in run.branches] for run in (reached, self._run)]
        short = len(steps[0]) != len(steps[1]) or any(one < other for one, other in zip(*steps, strict=True))
        outcome = Outcome.SHORTER if short else Outcome.WHOLE
        self._end(Outcome.CANCELLED if self.cancelled else outcome, notes)

    def _failed(self, number: int, reason: str) -> None:
        if number > self._numbers_before:  # not one of an earlier run
            self._end(Outcome.FAILED, [])

    def _end(self, outcome: Outcome, notes: list[Message]) -> None:
        if self._over:
            return
        self._over = True
        self._session.replaying.disconnect(self._tell)
        self._session.worker.failed.disconnect(self._failed)
        self.dialog.hide()
        self.dialog.deleteLater()
        self.ended.emit(outcome, notes)
        self.deleteLater()
