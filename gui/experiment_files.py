"""Opening and saving experiments: dialogs, and a sentence for everything that can go wrong."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.export import ExportError, write_whole
from gui.settings import Settings
from gui.words import words
from model.experiment import Experiment
from model.experiment_file import ExperimentError, from_json, to_json

MOST_BYTES = 64 * 2**20  # an experiment is a few kilobytes; whoever picked a film is told so before it is read

translate = QCoreApplication.translate


def ask_and_open(parent: QWidget) -> tuple[Experiment, Path] | None:
    """Ask for a file and read it. None where the person cancelled or was told what is wrong with it."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, translate("files", "Open experiment"), _folder(), translate("files", "Experiment (*.json)")
    )
    return open_file(parent, Path(chosen)) if chosen else None


def open_file(parent: QWidget, path: Path) -> tuple[Experiment, Path] | None:
    """Read an experiment; a dialog says what is wrong, where, and None is returned."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise OSError(translate("files", "it is too large to be an experiment"))
        experiment = from_json(path.read_bytes())
    except OSError as error:
        text = translate("files", "{name} cannot be read: {reason}.")
        _say(parent, text.format(name=path.name, reason=error.strerror or error))
    except ExperimentError as error:
        text = translate("files", "{name} was not opened. At {place}: {problem}")
        _say(parent, text.format(name=path.name, place=error.place, problem=words(error.message)))
    else:
        Settings().add_recent(str(path))
        return experiment, path
    return None


def ask_and_save(parent: QWidget, experiment: Experiment, name: str) -> Path | None:
    """Ask for a name and write the experiment; whole, or not at all. None where nothing was written."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        translate("files", "Save experiment"),
        str(Path(_folder()) / f"{name}.json"),
        translate("files", "Experiment (*.json)"),
    )
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() != ".json":
        path = path.with_name(f"{path.name}.json")
        if path.exists() and not _may_replace(parent, path):  # the dialog asked about the name without ".json"
            return None
    try:
        write_whole(path, to_json(experiment))
    except ExportError as error:
        _say(parent, str(error))
        return None
    Settings().add_recent(str(path))
    return path


def _folder() -> str:
    recent = Settings().recent
    return str(Path(recent[0]).parent) if recent else str(Path.home())


def _may_replace(parent: QWidget, path: Path) -> bool:
    box = _box(parent, translate("files", "{name} is there already. Replace it?").format(name=path.name))
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes


def _say(parent: QWidget, sentence: str) -> None:
    _box(parent, sentence).exec()


def _box(parent: QWidget, sentence: str) -> QMessageBox:
    """A message; its text holds names of files, which may look like markup and are not."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate("files", "Downhill"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    return box
