"""A lock that a process holds as long as it lives.

The operating system takes it back when the process ends, however it ends: a number in a file would not, and another
process may have got the same number meanwhile.
"""

import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class ProcessLock:
    """Held from the moment it is made."""

    def __init__(self, path: Path) -> None:
        """Raises OSError where another process holds it, or where it cannot be had at all."""
        self._path = path
        self._file = path.open("ab")
        try:
            _try_lock(self._file)
        except OSError:
            self._file.close()
            raise

    def release(self) -> None:
        """Give it back; its file stays."""
        self._file.close()

    def remove(self) -> None:
        """Give it back for good."""
        if sys.platform == "win32":  # where a file that is open cannot be deleted
            self._file.close()
        self._path.unlink(missing_ok=True)
        self._file.close()
