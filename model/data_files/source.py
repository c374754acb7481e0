"""Where an experiment has its own data from: inside its file where it is small, else in a file known by its checksum.

A path alone would not do: an experiment is to give the same numbers again, and a file may change behind its back. With
its SHA-256 (FIPS 180-4) a change is noticed, whatever the file is called and wherever it lies.
"""

import io
import os
from hashlib import sha256
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec

from model.data_files.error import DataFileError, MovedError, Watch, quoted, unwatched
from model.hyperparameter import Spec
from model.message import QT_TRANSLATE_NOOP

MOST_EMBEDDED = 200_000  # bytes of a file that go into the experiment's
MOST_PASTED = 2_000_000  # bytes of a table that has no file
BLOCK = 2**20  # bytes read at once


class Text(Spec, tag="text", frozen=True):
    """A small table, as it is."""

    text: Annotated[str, msgspec.Meta(max_length=MOST_PASTED)]


class Packed(Spec, tag="packed", frozen=True):
    """The bytes of a small file, in base64."""

    content: Annotated[bytes, msgspec.Meta(max_length=MOST_PASTED)]


class File(Spec, tag="file", frozen=True):
    """A file on the disk: where it was, and how it is known again."""

    path: Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]
    size: Annotated[int, msgspec.Meta(ge=0)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


Source = Text | Packed | File


def file_of(path: Path, watch: Watch = unwatched) -> File:
    """The file at `path` as it is now. Raises DataFileError where it cannot be read."""
    if path.exists() and not path.is_file():  # a folder; or a pipe, which would keep us waiting
        raise DataFileError(QT_TRANSLATE_NOOP("model", "{name} is not a file"), name=path.name)
    try:
        size, digest = _digest(path, watch)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return File(path=str(path.absolute()), size=size, sha256=digest)


def open_source(source: Source, watch: Watch = unwatched) -> BinaryIO:
    """Its bytes, from the first one on, to be closed by the caller.

    Raises MovedError where a file has vanished or changed, DataFileError where it cannot be read.
    """
    match source:
        case Text():
            return io.BytesIO(source.text.encode())
        case Packed():
            return io.BytesIO(source.content)
        case File():
            return _opened(source, watch)


def _opened(file: File, watch: Watch) -> BinaryIO:
    path = Path(file.path)
    try:
        if not path.is_file():
            raise MovedError(
                file.path,
                QT_TRANSLATE_NOOP("model", "{name} is not in {folder} any more: choose where it is now"),
                name=path.name,
                folder=str(path.parent),
            )
        if path.stat().st_size != file.size or _digest(path, watch) != (file.size, file.sha256):
            raise MovedError(
                file.path,
                QT_TRANSLATE_NOOP(
                    "model",
                    "{name} is another file, or has changed since the experiment was saved: choose where the "
                    "unchanged file is, or open the data anew",
                ),
                name=path.name,
            )
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _digest(path: Path, watch: Watch) -> tuple[int, str]:
    """Size and SHA-256."""
    found, size = sha256(), 0
    total = max(1, path.stat().st_size)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
            size += len(block)
            watch(min(1.0, size / total))
    return size, found.hexdigest()


def _unreadable(path: Path, error: Exception) -> DataFileError:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return DataFileError(
        QT_TRANSLATE_NOOP("model", "{name} cannot be read ({reason})"), name=quoted(path.name), reason=reason.lower()
    )
