"""Whether the process that a trial was claimed by still lives."""

import os
import socket
import sys
from functools import cache
from pathlib import Path

PROC = Path("/proc")


@cache
def machine() -> str:
    """Where process numbers mean something: this start of this machine, and this container on it."""
    parts = [socket.gethostname()]
    try:
        parts.append((PROC / "sys/kernel/random/boot_id").read_text().strip())
        parts.append(str((PROC / "self/ns/pid").stat().st_ino))
    except OSError:  # no Linux
        pass
    return " ".join(parts)


def began(pid: int) -> str:
    """When the process began, in the system's own count; "" where that is not known. A number is given out again."""
    fields = _stat(pid)
    return fields[19] if fields else ""


def is_alive(pid: int, began_at: str) -> bool:
    """Whether the process lives. True where this system cannot be asked: then its silence tells."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    fields = _stat(pid)
    return not fields or (fields[0] != "Z" and fields[19] == began_at)


def _stat(pid: int) -> list[str]:
    """The fields behind the name in /proc/PID/stat, from the state on; none where there is no such file."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
