"""The dialogs around files: which one to open, where to save, and a sentence for everything that can go wrong."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.settings import Settings
from gui.words import words
from model.message import Message

RUN, EXPERIMENT = ".downhill", ".json"

translate = QCoreApplication.translate


def ask_for_file(parent: QWidget) -> Path | None:
    """Which file to open; None where the person cancelled."""
    filters = (
        translate("files", "Runs and experiments (*.downhill *.json)"),
        translate("files", "All files (*)"),
    )
    chosen, _ = QFileDialog.getOpenFileName(parent, translate("files", "Open"), folder(), ";;".join(filters))
    return Path(chosen) if chosen else None


def ask_for_place(parent: QWidget, proposed: Path, ending: str) -> Path | None:
    """Where to save, a name that ends with RUN or EXPERIMENT; None where the person cancelled."""
    titles = {RUN: translate("files", "Save run"), EXPERIMENT: translate("files", "Save experiment as JSON")}
    filters = {RUN: translate("files", "Run (*.downhill)"), EXPERIMENT: translate("files", "Experiment (*.json)")}
    chosen, _ = QFileDialog.getSaveFileName(parent, titles[ending], str(proposed), filters[ending])
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() != ending:
        path = path.with_name(f"{path.name}{ending}")
        if path.exists() and not _may_replace(parent, path):  # the dialog asked about the name without its ending
            return None
    return path


def folder() -> str:
    """Where the last file was opened or saved."""
    recent = Settings().recent
    return str(Path(recent[0]).parent) if recent else str(Path.home())


def say_unreadable(parent: QWidget, path: Path, message: Message, place: str) -> None:
    """Why a file was not opened."""
    if place:
        text = translate("files", "{name} was not opened. At {place}: {problem}.")
    else:
        text = translate("files", "{name} cannot be opened: {problem}.")
    say(parent, text.format(name=path.name, place=place, problem=words(message)))


def say_unwritten(parent: QWidget, path: Path, message: Message) -> None:
    """Why a file was not written."""
    text = translate("files", "{name} was not saved: {problem}. Nothing is lost: choose another place for it.")
    say(parent, text.format(name=path.name, problem=words(message)))


def say(parent: QWidget, sentence: str, icon: QMessageBox.Icon = QMessageBox.Icon.Warning) -> None:
    """A sentence in a dialog over the window."""
    box = message_box(parent, sentence, icon)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()


def message_box(parent: QWidget, sentence: str, icon: QMessageBox.Icon) -> QMessageBox:
    """A message; its text holds names of files, which may look like markup and are not."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(icon)
    box.setWindowTitle(translate("files", "Downhill"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    return box


def _may_replace(parent: QWidget, path: Path) -> bool:
    sentence = translate("files", "{name} is there already. Replace it?").format(name=path.name)
    box = message_box(parent, sentence, QMessageBox.Icon.Warning)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    return box.exec() == QMessageBox.StandardButton.Yes
