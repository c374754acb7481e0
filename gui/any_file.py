"""What lies in a file is told by its content, not by its name: an experiment, a run, or the recipe of a run alone.

Only data is told by its name: any text may be a table.

Needs no Qt: the command line reads a file before it opens a window.
"""

import errno
import os
from pathlib import Path

import msgspec

from model.experiment import Experiment
from model.experiment_file import ExperimentError, from_json
from model.message import QT_TRANSLATE_NOOP, Message
from model.own_files import from_folder
from model.run_recipe import FORMAT, RunFileError, from_recipe_json
from model.saved_run import SavedRun

MOST_BYTES = 64 * 2**20  # of a text: whoever picked a film is told so before it is read
ZIP = b"PK"
RUN = ".downhill"  # what the name of a run's file ends with
DATA = (".csv", ".tsv", ".tab", ".txt", ".data", ".npz", ".gz", ".idx", "-ubyte")  # and those of data


class UnreadableFileError(Exception):
    """A file that cannot be opened: `message` says why, `place` where in it ("": the file as a whole)."""

    def __init__(self, message: Message, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else str(message))
        self.message, self.place = message, place


class _Head(msgspec.Struct):
    format: str = ""


def read_any(path: Path) -> Experiment | SavedRun:
    """Read the file. Raises UnreadableFileError where its content is of no use; OSError, ValueError as `open`."""
    if path.exists() and not path.is_file():  # a folder; or a pipe, which would keep us waiting
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    try:
        with path.open("rb") as file:
            begin = file.read(len(ZIP))
        if begin == ZIP:
            from model.run_file import read

            return from_folder(read(path), path.parent)
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFileError(Message(QT_TRANSLATE_NOOP("model", "it is too large to be an experiment")))
        return _from_text(path.read_bytes(), path.parent)
    except (ExperimentError, RunFileError) as error:
        raise UnreadableFileError(error.message, "" if error.place == path.name else error.place) from error


def is_data(path: Path) -> bool:
    """Whether a file is likely to be data, by its name: not a run and not an experiment."""
    return path.name.lower().endswith(DATA)


def is_run_file(path: Path) -> bool:
    """Whether a run may be written to this file: it is a run by its name and by its content, no recipe alone."""
    try:
        with path.open("rb") as file:
            return path.suffix.lower() == RUN and file.read(len(ZIP)) == ZIP
    except (OSError, ValueError):
        return False


def _from_text(text: bytes, folder: Path) -> Experiment | SavedRun:
    try:
        is_recipe = msgspec.json.decode(text, type=_Head).format == FORMAT
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        is_recipe = False  # an experiment's reader says what is wrong with it
    return from_folder(from_recipe_json(text), folder) if is_recipe else from_folder(from_json(text), folder)
