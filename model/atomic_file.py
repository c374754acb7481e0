"""Files that are written whole or not at all.

A program that opens a file for writing has emptied it before the first byte is out; whatever goes wrong from there on
(a full disk, a crash, a power cut) leaves nothing of the old file and half of the new one. So the new file is written
beside the old one, under another name, brought to the disk, and then takes the old one's name in one step of the
file system that no reader sees half done.
"""

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from model.message import QT_TRANSLATE_NOOP, Message

LEFT_OVER = 24 * 60 * 60.0  # s: nobody writes one file for longer
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

    Raises OSError where it cannot be written, and whatever `content` raises. A kill in mid-write leaves a file called
    ".NAME.0123abcd.part" beside it, which a later writing removes. Who may read the earlier file may read the new one.
    """
    path = Path(os.path.realpath(path))  # of a link, the file that it stands for
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not os.access(path, os.W_OK):  # its name could still be taken over: its owner said no
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    # A name of its own: two who write the same file at the same time must not write into one another.
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            if path.exists():
                part.chmod(stat.S_IMODE(path.stat().st_mode))
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
    _sync_folder(path.parent)
    _remove_left_overs(path)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, on the systems where a folder can be opened for that."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _remove_left_overs(path: Path) -> None:
    """Of writings of this file that were killed; a young one may still be at work."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}\.part")
    with suppress(OSError):
        for other in path.parent.iterdir():
            if name.fullmatch(other.name) and time.time() - other.stat().st_mtime > LEFT_OVER:
                other.unlink()


def in_words(error: OSError) -> Message:
    """Why a file could not be read or written: half a sentence, to stand behind the file's name."""
    known = SENTENCES.get(error.errno or 0)
    if known:
        return Message(known)
    return Message(QT_TRANSLATE_NOOP("model", "the file cannot be used: {reason}"), {"reason": error.strerror or error})
