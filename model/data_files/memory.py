"""Will it fit? Asked before a file is read: of the sizes that its header tells, or that its length lets expect."""

import ctypes
import os
import sys
from pathlib import Path

from model.data_files.error import DataFileError
from model.message import QT_TRANSLATE_NOOP

ROOM = 2.5  # times the array: itself, its parts shuffled, and what is in between
UNKNOWN = 4 * 2**30  # bytes that are taken for free where the system does not tell
GIGABYTE = 1e9


def available_memory() -> int:
    """Bytes that can be had without pushing other programs out: free ones, and those that only cache files."""
    try:
        if sys.platform == "win32":
            return _of_windows()
        if sys.platform == "linux":
            for line in Path("/proc/meminfo").read_text().splitlines():
                if line.startswith("MemAvailable:"):
                    return 1024 * int(line.split()[1])
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (AttributeError, OSError, ValueError, IndexError):
        return UNKNOWN


def _of_windows() -> int:
    class Status(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "available", "p", "q", "r", "s", "t")),
        ]

    status = Status()
    status.length = ctypes.sizeof(status)
    windows = getattr(ctypes, "windll")  # noqa: B009 - the checker reads it on another system
    if not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        raise OSError
    return int(status.available)


def check_room(numbers: int) -> None:
    """Raises DataFileError where so many float64 numbers, and what working with them takes, do not fit."""
    needed, free = int(8 * ROOM * numbers), available_memory()
    if needed > free:
        raise DataFileError(
            QT_TRANSLATE_NOOP(
                "model",
                "{numbers:,} numbers would take about {needed:.1f} GB of memory and {free:.1f} GB are free: it was not "
                "read; take fewer rows or columns, or close other programs",
            ),
            numbers=numbers,
            needed=needed / GIGABYTE,
            free=free / GIGABYTE,
        )
