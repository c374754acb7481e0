"""An experiment or a run that has its data from files: they are read before it is shown, and looked for where they
are not what they were."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.file_dialogs import message_box, say
from gui.own_data.reader import Reader
from gui.words import words
from model.data_files.error import DataFileError, MovedError, Watch
from model.experiment import Experiment
from model.own_files import datasets_of_files, moved
from model.saved_run import SavedRun

Then = Callable[[Any], None]  # hears the document, its files where they are now


class Bringing(QObject):
    """Dialogs over `window`. What is not found leaves everything as it is."""

    def __init__(self, reader: Reader, window: QWidget) -> None:
        super().__init__(window)
        self._reader, self._window = reader, window

    def bring(self, document: Experiment | SavedRun, name: str, then: Then, otherwise: Callable[[], None]) -> None:
        """Read the files of `document`, then call `then`; at once where it has none. `otherwise`: they are not to be
        had."""
        datasets = datasets_of_files(document)
        if not datasets:
            then(document)
            return

        def work(watch: Watch) -> bool:
            for each in datasets:
                each.read(watch)
            return True

        def heard(answer: bool | DataFileError | None) -> None:
            if answer is True:
                then(document)
            elif isinstance(answer, MovedError):
                self._ask(document, name, answer, then, otherwise)
            elif isinstance(answer, DataFileError):
                text = self.tr("{name} was not opened: {problem}.")
                say(self._window, text.format(name=name, problem=words(answer.message)))
                otherwise()
            else:
                otherwise()

        self._reader.read(self.tr("The data of {name} is read").format(name=name), work, heard)

    def _ask(
        self,
        document: Experiment | SavedRun,
        name: str,
        error: MovedError,
        then: Then,
        otherwise: Callable[[], None],
    ) -> None:
        sentence = self.tr("{name} has its data from a file: {problem}.").format(
            name=name, problem=words(error.message)
        )
        box = message_box(self._window, sentence, QMessageBox.Icon.Warning)
        box.setObjectName("moved data")
        choose = box.addButton(self.tr("Choose..."), QMessageBox.ButtonRole.AcceptRole)
        choose.setToolTip(self.tr("Say where the file is now."))
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setToolTip(self.tr("Leave everything as it is."))
        box.setDefaultButton(choose)
        box.finished.connect(
            lambda: (
                self._choose(document, name, error, then, otherwise) if box.clickedButton() is choose else otherwise()
            )
        )
        box.open()

    def _choose(
        self,
        document: Any,
        name: str,
        error: MovedError,
        then: Then,
        otherwise: Callable[[], None],
    ) -> None:
        before = Path(error.path)
        title = self.tr("Where is {name} now?").format(name=before.name)
        start = before.parent if before.parent.is_dir() else Path.home()
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, str(start))
        if chosen:
            self.bring(moved(document, error.path, Path(chosen)), name, then, otherwise)
        else:
            otherwise()
