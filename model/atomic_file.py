"""Files that are written whole or not at all.

A program that opens a file for writing has emptied it before the first byte is out; whatever goes wrong from there on
(a full disk, a crash, a power cut) leaves nothing of the old file and half of the new one. So the new file is written
beside the old one, under another name, brought to the disk, and then takes the old one's name in one step of the
file system that no reader sees half done.
"""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from model.message import QT_TRANSLATE_NOOP, Message

SENTENCES = {
    errno.ENOSPC: QT_TRANSLATE_NOOP("model", "the disk is full"),
    errno.EDQUOT: QT_TRANSLATE_NOOP("model", "the disk is full"),
    errno.EACCES: QT_TRANSLATE_NOOP("model", "you are not allowed to read or write here"),
    errno.EPERM: QT_TRANSLATE_NOOP("model", "you are not allowed to read or write here"),
    errno.EROFS: QT_TRANSLATE_NOOP("model", "you are not allowed to read or write here"),
    errno.EISDIR: QT_TRANSLATE_NOOP("model", "this is a folder, not a file"),
    errno.ENOENT: QT_TRANSLATE_NOOP("model", "the file or its folder is not there"),
    errno.ENOTDIR: QT_TRANSLATE_NOOP("model", "the file or its folder is not there"),
    errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("model", "the name is too long"),
}


def write_atomically(path: Path, content: bytes | Callable[[BinaryIO], None]) -> None:
    """Write the file, or leave an earlier one of this name as it was. `content` may be a function that writes it.

    Raises OSError where it cannot be written, and whatever `content` raises. A kill in mid-write leaves a file with
    ".part" behind its name, which the next writing takes over.
    """
    path = Path(os.path.realpath(path))  # of a link, the file that it stands for
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not os.access(path, os.W_OK):  # its name could still be taken over: its owner said no
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                content(file)
            file.flush()
            os.fsync(file.fileno())  # the name must not reach the disk before the bytes do
        os.replace(part, path)  # noqa: PTH105, of one name with fsync
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def in_words(error: OSError) -> Message:
    """Why a file could not be read or written: half a sentence, to stand behind the file's name."""
    known = SENTENCES.get(error.errno or 0)
    if known:
        return Message(known)
    return Message(QT_TRANSLATE_NOOP("model", "the file cannot be used: {reason}"), {"reason": error.strerror or error})
