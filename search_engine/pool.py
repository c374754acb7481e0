"""The worker processes of a search on this machine: started, replaced where one is killed, ended all together."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

ROOT = Path(__file__).parents[1]
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


@dataclass(frozen=True)
class Ended:
    """A worker that has ended by itself, or was killed."""

    pid: int
    code: int  # negative: the signal that killed it
    said: str  # on its standard error


class Pool:
    """At most `size` workers on one study."""

    def __init__(self, url: str, name: str, size: int) -> None:
        self._order, self.size = (url, name), size
        self._workers: list[tuple[subprocess.Popen[bytes], IO[bytes]]] = []

    @property
    def pids(self) -> list[int]:
        """The processes at work."""
        return [process.pid for process, _ in self._workers]

    def fill(self, wanted: int) -> None:
        """Start workers until `wanted` are at work, or as many as there may be."""
        while len(self._workers) < min(wanted, self.size):
            said = tempfile.TemporaryFile()  # noqa: SIM115  closed when the process has ended
            process = start("search_engine.worker", stdout=subprocess.DEVNULL, stderr=said)
            self._workers.append((process, said))
            assert process.stdin is not None
            try:
                process.stdin.write(msgspec.json.encode(self._order) + b"\n")
                process.stdin.flush()
            except BrokenPipeError:  # it has ended already, and `ended` will say so
                pass

    def ended(self) -> list[Ended]:
        """The workers that have ended since this was last asked."""
        found: list[Ended] = []
        for each in list(self._workers):
            process, said = each
            if process.poll() is not None:
                self._workers.remove(each)
                found.append(Ended(process.pid, process.returncode, _close(process, said)))
        return found

    def close(self) -> list[int]:
        """End all workers and wait for them; returns their numbers. None of them is left, whatever it was doing."""
        left, self._workers = self._workers, []
        for process, _ in left:
            process.kill()
        for process, said in left:
            process.wait()
            _close(process, said)
        return [process.pid for process, _ in left]


def start(module: str, *, stdout: int, stderr: IO[bytes] | int | None = None) -> subprocess.Popen[bytes]:
    """A process of this program at low priority, that ends when its standard input is closed.

    The sources that run here run there (`-P`: and no others of the same name in the current folder). One BLAS thread
    each: there is a process for every core, and with two threads the bits would change.
    """
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        env={**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C is for whoever started it
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        | getattr(subprocess, "CREATE_NO_WINDOW", 0),
        stdout=stdout,
        stderr=stderr,
    )


def _close(process: subprocess.Popen[bytes], said: IO[bytes]) -> str:
    if process.stdin is not None:
        process.stdin.close()
    said.seek(0)
    text = said.read().decode(errors="replace").strip()
    said.close()
    return text
