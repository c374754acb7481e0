"""What is open in the window as a document: its name, and where it is opened from and saved to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.any_file import is_data, is_run_file
from gui.file_dialogs import (
    EXPERIMENT,
    RUN,
    ask_for_file,
    ask_for_place,
    folder,
    say,
    say_unreadable,
    say_unwritten,
)
from gui.file_thread import FileThread
from gui.opening import Opening, Outcome
from gui.own_data.bringing import Bringing
from gui.own_data.open_data import OpenData
from gui.session import Session
from gui.settings import Settings
from gui.unsaved import UnsavedWork
from gui.words import words
from model.experiment import Experiment
from model.message import Message
from model.saved_run import SavedRun
from model.starters import STARTERS, starter

Then = Callable[[], None]


def at_once(then: Then) -> None:
    """Whatever is open may be left."""
    then()


class Document(QObject):
    """Hands `session` what is opened. Its dialogs lie over `window`."""

    renamed = Signal()
    opened = Signal()  # another experiment than before
    said = Signal(str)  # a sentence for the status bar

    def __init__(self, session: Session, name: str, window: QWidget) -> None:
        """`name`: of the starter or the file that `session` holds already."""
        super().__init__(window)
        self._session, self._window = session, window
        self.name = name
        self.starter: str | None = name if name in STARTERS else None
        self.path: Path | None = None  # the run's file; an experiment's file is only where a run began
        self.unsaved = UnsavedWork(session, self)
        self.files = FileThread(self)
        self.data = OpenData(session, window)
        self.data.said.connect(self.said)
        self.data.taken.connect(self._name_after)
        self._bringing = Bringing(self.data.reader, window)
        self.opening: Opening | None = None  # of a run that is not there yet
        self.may_leave: Callable[[Then], None] = at_once  # calls its argument when what is open may be left
        self.number = 0  # counts the documents: what belongs to an earlier one is stale
        self._waiting: list[Then] = []  # what is to be done when the run on its way is there

    # Opening

    def open(self, experiment: Experiment, name: str, of_gallery: str | None = None) -> None:
        """Take an experiment, whatever is open. `of_gallery`: the starter that it is."""
        self._take(experiment, name, of_gallery)

    def open_starter(self, name: str) -> None:
        self._when_opened(lambda: self.may_leave(lambda: self._take(starter(name), name, name)))

    def open_path(self, path: Path) -> None:
        """Open an experiment, a run, or data; a dialog says what is wrong with it and leaves the open one alone."""
        from gui.reading import read_document

        if is_data(path):
            self.data.open_path(path)
            return
        self.files.do(lambda: read_document(path), lambda found: self._read(found, path))

    def _read(self, found: Any, path: Path) -> None:
        if isinstance(found, Experiment):
            self.bring_file(found, path)
        elif isinstance(found, SavedRun):
            self._when_opened(lambda: self.may_leave(lambda: self.take_file(found, path)))
        else:
            say_unreadable(self._window, path, found.message, found.place)

    def bring_file(self, experiment: Experiment, path: Path) -> None:
        """Show an experiment that was read from `path`, when the data that it has from files are there."""

        def brought(found: Experiment) -> None:
            self._when_opened(lambda: self.may_leave(lambda: self.take_file(found, path)))

        self._bringing.bring(experiment, path.name, brought, lambda: None)

    def ask_and_open(self) -> None:
        path = ask_for_file(self._window)
        if path is not None:
            self.open_path(path)

    def take_file(self, found: Experiment | SavedRun, path: Path) -> None:
        """Show what was read from `path`."""
        Settings().add_recent(str(path.absolute()))
        if isinstance(found, SavedRun):
            self.take_run(found, path.stem, path if is_run_file(path) else None)
        else:
            self._take(found, path.stem, None)

    def take_run(
        self,
        run: SavedRun,
        name: str,
        path: Path | None,
        of_gallery: str | None = None,
        ended: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        """Show a run, standing where it stood, after the one that is on its way. `ended` hears whether it stands there.

        `path`: of the file that holds it, to be saved to without a question.
        """

        def brought(found: SavedRun) -> None:
            self._when_opened(lambda: self._take_run(found, name, path, of_gallery, ended))

        self._bringing.bring(run, name, brought, lambda: ended(Outcome.FAILED))

    def _take_run(
        self, run: SavedRun, name: str, path: Path | None, of_gallery: str | None, ended: Callable[[Outcome], None]
    ) -> None:
        self._name(name, of_gallery, path)
        self.opening = opening = Opening(self._session, run, name, self._window)
        opening.ended.connect(lambda outcome, notes: self._run_opened(run, outcome, notes, ended))
        opening.begin()
        self.unsaved.begin(run)
        self.renamed.emit()
        self.opened.emit()

    def _run_opened(
        self, run: SavedRun, outcome: Outcome, notes: list[Message], ended: Callable[[Outcome], None]
    ) -> None:
        self.opening = None
        if outcome is Outcome.FAILED:  # an error, which was reported
            self._take(run.branches[run.current].experiment, self.name, self.starter)
        elif outcome is not Outcome.WHOLE:  # what is shown is not what the file holds, and must not take its place
            self._name(self.name, self.starter, None)
            self.unsaved.begin(None)
        if outcome in {Outcome.WHOLE, Outcome.SHORTER} and (run.notes or notes):
            sentences = " ".join(self._sentence(each) for each in [*run.notes, *notes])
            say(self._window, sentences, QMessageBox.Icon.Information)
        ended(outcome)
        while self._waiting and self.opening is None:
            self._waiting.pop(0)()

    def _when_opened(self, then: Then) -> None:
        """Two runs on their way at once would take each other's place."""
        if self.opening is None:
            then()
        else:
            self._waiting.append(then)

    def _sentence(self, note: Message) -> str:
        text = words(note)
        return self.tr("{sentence}.").format(sentence=text[:1].upper() + text[1:])

    def _take(self, experiment: Experiment, name: str, of_gallery: str | None) -> None:
        self._name(name, of_gallery, None)
        self._session.open(experiment)
        self.unsaved.begin(experiment)
        self.renamed.emit()
        self.opened.emit()

    def _name_after(self, data: str) -> None:
        """A starter that was given own data is none any more. A run that has a file keeps its name."""
        if self.path is None and self.starter is not None:
            self._name(Path(data).stem, None, None)
            self.renamed.emit()

    def _name(self, name: str, of_gallery: str | None, path: Path | None) -> None:
        self.number += 1
        self.name, self.starter, self.path = name, of_gallery, path

    # Saving

    def save(self, then: Then = lambda: None) -> None:
        """Write the run to its file; where it has none, ask for one. Calls `then` when it is written."""
        if self._is_opening():
            return
        if self.path is not None:
            self._ask_run(self.path, then)
        else:
            self.save_as(then)

    def save_as(self, then: Then = lambda: None) -> None:
        if self._is_opening():
            return
        path = ask_for_place(self._window, self._proposed(RUN), RUN)
        if path is not None:
            self._ask_run(path, then)

    def export_experiment(self) -> None:
        """Write how the run that is shown began, without what was changed on the way, as JSON."""
        path = ask_for_place(self._window, self._proposed(EXPERIMENT), EXPERIMENT)
        if path is None:
            return
        from gui.writing import write_experiment

        problem = write_experiment(path, self._beginning())
        if problem is not None:
            say_unwritten(self._window, path, problem)
            return
        Settings().add_recent(str(path))
        self.said.emit(self.tr("{name} was written.").format(name=path.name))

    def close(self) -> None:
        """Finish what is being written, give up what is being read."""
        self.data.close()
        self.files.close()

    def _proposed(self, ending: str) -> Path:
        where = self.path.parent if self.path is not None else Path(folder())
        return where / f"{self.name}{ending}"

    def _beginning(self) -> Experiment:
        progress = self._session.progress
        shown = [each for each in progress.branches if each.number == progress.branch] if progress is not None else []
        return shown[0].experiment if shown and shown[0].interventions else self._session.experiment

    def _is_opening(self) -> bool:
        """A run on its way is not yet what its file holds, and must not be written over it. Says so."""
        if self.opening is not None:
            self.said.emit(self.tr("{name} is still being opened.").format(name=self.name))
        return self.opening is not None

    def _ask_run(self, path: Path, then: Then) -> None:
        if self._is_opening():  # begun while the dialog asked for a place
            return
        number = self.number  # the training thread obeys in order: what it tells is this document, whatever comes next
        self._session.ask_saved(lambda run: self._write(path, run, number, then), arrays=True)

    def _write(self, path: Path, run: SavedRun, number: int, then: Then) -> None:
        from gui.writing import write_run

        self.files.do(lambda: write_run(path, run), lambda problem: self._written(path, run, number, then, problem))

    def _written(self, path: Path, run: SavedRun, number: int, then: Then, problem: Any) -> None:
        if problem is not None:
            say_unwritten(self._window, path, problem)
            return
        Settings().add_recent(str(path))
        self.said.emit(self.tr("{name} is saved.").format(name=path.name))
        if number == self.number:
            self.name, self.path = path.stem, path
            self.unsaved.saved(run)
            self.renamed.emit()
        then()
