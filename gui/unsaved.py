"""Whether there is work in the window that its file does not hold.

Work is what was trained and what was changed. Where the run stands, how fast it goes and how it is looked at are none:
a starter that was opened, looked at and never trained can be left without a question.
"""

from PySide6.QtCore import QObject, Signal

from gui.run import Progress
from gui.session import Session
from model.experiment import Experiment
from model.interventions import AnyIntervention
from model.saved_run import SavedRun

Work = tuple[tuple[str, Experiment, tuple[AnyIntervention, ...], int], ...]  # of each branch; the last: steps recorded


class UnsavedWork(QObject):
    """Compares the run of `session` with what was saved or opened last."""

    changed = Signal(bool)  # there is some now, or there is none any more
    happened = Signal()  # something moved: what is kept of the work may be out of date

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._saved: Work | None = _begun(session.experiment)
        self._edited_after: int | None = None  # the last request obeyed when something was edited
        self.exists = False
        session.undo_stack.indexChanged.connect(self._edited)
        session.progressed.connect(self._progressed)

    def begin(self, opened: Experiment | SavedRun | None) -> None:
        """Another document: an experiment, or a run as in its file; None: work that no file holds."""
        if opened is None:
            self._saved = None
        else:
            self._saved = _begun(opened) if isinstance(opened, Experiment) else _of_saved(opened)
        self._edited_after = None
        self._set(opened is None)

    def saved(self, run: SavedRun) -> None:
        """The document's file holds `run`, which may be a few steps old."""
        self._saved = _of_saved(run)
        self._look(self._session.progress)

    def _edited(self) -> None:
        """At once, not when the training thread has obeyed: the window may be closed in between."""
        self._edited_after = self._session.progress.request if self._session.progress is not None else -1
        self._look(self._session.progress)

    def _progressed(self, progress: Progress) -> None:
        if self._edited_after is not None and progress.request > self._edited_after:
            self._edited_after = None
        self._look(progress)
        self.happened.emit()

    def _look(self, progress: Progress | None) -> None:
        if self._edited_after is not None or self._saved is None:
            self._set(True)
        elif progress is not None:
            self._set(_of_progress(progress) != self._saved)

    def _set(self, exists: bool) -> None:
        if exists != self.exists:
            self.exists = exists
            self.changed.emit(exists)


def _begun(experiment: Experiment) -> Work:
    return (("", experiment, (), 0),)


def _of_saved(run: SavedRun) -> Work:
    # A diverged run's record goes a step further than its parameters.
    return tuple(
        (each.name, each.experiment, each.interventions, len(each.losses) if each.losses is not None else each.steps)
        for each in run.branches
    )


def _of_progress(progress: Progress) -> Work:
    return tuple((each.name, each.experiment, each.interventions, each.record.steps) for each in progress.branches)
