"""Own data into the window: a file is chosen, dropped or pasted, looked into, chosen from, read, and proposed.

Whatever goes wrong on the way is said in one sentence, and what is open stays as it is.
"""

from functools import partial
from pathlib import Path
from typing import Any

from msgspec import structs
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.adapting import adapted
from gui.file_dialogs import folder, say
from gui.own_data.reader import Reader
from gui.session import Session
from gui.words import words
from model.data_files.error import DataFileError, Watch
from model.data_files.table_format import TableFormat
from model.data_files.table_reading import Columns
from model.datasets import Arrays, OfFile, Table

TEST_SHARE = 0.2  # of data that comes without a test part, where there was none before


class OpenData(QObject):
    """Hands `session` the data that a person brings. Its dialogs lie over `window`."""

    said = Signal(str)  # a sentence for the status bar
    taken = Signal(str)  # the name of the data that the window has now

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.reader = Reader(window)
        self.dialog: Any = None  # TableDialog or ArrayDialog, while it is open
        self._folder = ""

    def ask_and_open(self) -> None:
        """Ask for a file."""
        filters = (
            self.tr("Data (*.csv *.tsv *.tab *.txt *.data *.npz *.gz *.idx *-ubyte)"),
            self.tr("All files (*)"),
        )
        title = self.tr("Open data")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, self._folder or folder(), ";;".join(filters))
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Look into a file, and show what is in it."""
        from model.datasets.from_file import look_into

        self._folder = str(path.parent)
        title = self.tr("{name} is read").format(name=path.name)
        self.reader.read(
            title, partial(_watched, look_into, path, None), lambda found: self._show(path.name, found, path)
        )

    def paste(self) -> None:
        """What was copied from a spreadsheet, or a file that was copied."""
        copied = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()] if copied.hasUrls() else []
        if files:
            self.open_path(files[0])
            return
        text = copied.text() if copied.hasText() else ""
        if "\n" not in text.strip() or not any(mark in text for mark in "\t,;|"):
            self.said.emit(self.tr("There is no table to be pasted: copy rows and columns of a spreadsheet first."))
            return
        self._look_into_text(text, None)

    def close(self) -> None:
        """Give up what is being read."""
        self.reader.close()

    def _look_into_text(self, text: str, wanted: TableFormat | None) -> None:
        from model.datasets.from_file import look_into_text

        name = self.tr("pasted table")
        self.reader.read(
            name, lambda watch: look_into_text(text, name, wanted), lambda found: self._show(name, found, text)
        )

    def _show(self, name: str, found: Any, source: Path | str) -> None:
        """Open the dialog for what was found; the one that is open shows a table that was read in another way."""
        from gui.own_data.array_dialog import ArrayDialog
        from gui.own_data.table_dialog import TableDialog
        from model.datasets.from_file import FoundArrays, FoundTable

        if isinstance(found, DataFileError):
            self._refuse(name, found)
        elif isinstance(found, FoundTable) and isinstance(self.dialog, TableDialog):
            self.dialog.show_table(found)
        elif isinstance(found, FoundTable):
            dialog = TableDialog(found, self._window, pasted=isinstance(source, str))
            dialog.reformat.connect(partial(self._look_again, source))
            dialog.wanted.connect(lambda: self._take_table(dialog.dataset(), dialog.found.table))
            self._open(dialog)
        elif isinstance(found, FoundArrays):
            try:
                dialog = ArrayDialog(found, self._window)
            except DataFileError as error:
                self._refuse(name, error)
                return
            dialog.wanted.connect(lambda: self._read_arrays(dialog.found, dialog.chosen(), dialog.asked()))
            self._open(dialog)

    def _open(self, dialog: Any) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _look_again(self, source: Path | str, wanted: TableFormat) -> None:
        from model.datasets.from_file import look_into

        if isinstance(source, str):
            self._look_into_text(source, wanted)
            return
        title = self.tr("{name} is read").format(name=source.name)
        self.reader.read(
            title, partial(_watched, look_into, source, wanted), lambda found: self._show(source.name, found, source)
        )

    def _take_table(self, dataset: Table, table: Columns) -> None:
        title = self.tr("{name} is taken over").format(name=dataset.name)
        self.reader.read(title, lambda watch: _taken(dataset, table), self._taken)

    def _read_arrays(self, found: Any, chosen: Any, task: Any) -> None:
        from model.datasets.array_guess import arrays_of

        def work(watch: Watch) -> Arrays:
            dataset = arrays_of(found, chosen, task, watch)
            dataset.read(watch)
            return dataset

        self.reader.read(self.tr("{name} is read").format(name=found.name), work, self._taken)

    def _taken(self, answer: OfFile | DataFileError | None) -> None:
        dialog = self.dialog
        if answer is None or dialog is None:
            return  # cancelled: the dialog waits for another choice
        if isinstance(answer, DataFileError):
            dialog.say("", self.tr("This cannot be opened: {problem}.").format(problem=words(answer.message)))
            return
        standardize = dialog.standardize.isChecked()
        dialog.accept()
        dialog.found = None  # large as it may be, it goes before the samples are split
        self.propose(answer, standardize=standardize)

    def propose(self, dataset: OfFile, *, standardize: bool) -> None:
        """Take `dataset` in place of the present one: one step to be undone."""
        experiment = adapted(self._session.experiment, dataset)
        own_test = isinstance(dataset, Arrays) and dataset.test_inputs is not None
        test = 0.0 if own_test else experiment.data.test or TEST_SHARE
        data = structs.replace(experiment.data, standardize=standardize, test=test)
        if dataset.shape == (2,):
            data = structs.replace(data, features=("x1", "x2"))
            experiment = adapted(structs.replace(experiment, data=data), dataset)
        label = self.tr("data: {name}").format(name=dataset.name)
        if self._session.propose(structs.replace(experiment, data=data), label):
            self.taken.emit(dataset.name)

    def _refuse(self, name: str, error: DataFileError) -> None:
        text = self.tr("{name} was not opened: {problem}.")
        say(self._window, text.format(name=name, problem=words(error.message)))


def _watched(look: Any, path: Path, wanted: TableFormat | None, watch: Watch) -> Any:
    return look(path, wanted, watch)


def _taken(dataset: Table, table: Columns) -> Table:
    dataset.take(table)
    return dataset
