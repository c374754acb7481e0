"""The experiment in the window as a document: its name, and where it is opened from and saved to."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.experiment_files import ask_and_open, ask_and_save, open_file
from gui.session import Session
from model.experiment import Experiment
from model.starters import STARTERS, starter


class Document(QObject):
    """Hands `session` what is opened. Its dialogs lie over `window`."""

    renamed = Signal()
    opened = Signal()  # another experiment than before

    def __init__(self, session: Session, name: str, window: QWidget) -> None:
        """`name`: of the starter or the file that `session` holds already."""
        super().__init__(window)
        self._session, self._window = session, window
        self.name = name
        self.starter: str | None = name if name in STARTERS else None

    def open(self, experiment: Experiment, name: str) -> None:
        """Take an experiment that is no starter."""
        self._take(experiment, name, None)

    def open_starter(self, name: str) -> None:
        self._take(starter(name), name, name)

    def open_path(self, path: Path) -> None:
        """Open an experiment's file; a dialog says what is wrong with it and leaves the open one alone."""
        self._take_file(open_file(self._window, path))

    def ask_and_open(self) -> None:
        self._take_file(ask_and_open(self._window))

    def ask_and_save(self) -> None:
        path = ask_and_save(self._window, self._session.experiment, self.name)
        if path is not None:
            self.name = path.stem
            self.renamed.emit()

    def _take_file(self, opened: tuple[Experiment, Path] | None) -> None:
        if opened is not None:
            experiment, path = opened
            self._take(experiment, path.stem, None)

    def _take(self, experiment: Experiment, name: str, of_gallery: str | None) -> None:
        self.name, self.starter = name, of_gallery
        self._session.open(experiment)
        self.renamed.emit()
        self.opened.emit()
