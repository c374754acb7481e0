"""Unsaved work on the disk: one small file for every running process, never the person's own.

    unsaved/4711-1767225600000000000.json     the recipe, and which document it belongs to
    unsaved/4711-1767225600000000000.lock     held by the process as long as it lives

A file whose lock nobody holds was left behind by a process that ended without a word.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from gui.process_lock import ProcessLock
from model.atomic_file import in_words, write_atomically
from model.message import QT_TRANSLATE_NOOP, Message
from model.run_recipe import RunFileError, from_recipe_json
from model.saved_run import SavedRun

SUFFIX, LOCK_SUFFIX = ".json", ".lock"


class Title(msgspec.Struct, frozen=True):
    """Which document it is: its name in the title bar, its file and its starter, where it has them."""

    name: str
    path: str | None = None
    starter: str | None = None
    path_bytes: bytes | None = None  # of a path that is no text: older systems wrote names as they liked

    @staticmethod
    def of(name: str, path: Path | None, starter: str | None) -> "Title":
        """JSON holds text alone: of a name that is none, what can be read."""
        name = name.encode(errors="replace").decode()
        if path is None:
            return Title(name, None, starter)
        readable = str(path.absolute()).encode(errors="replace").decode()
        exact = os.fsencode(path.absolute())
        return Title(name, readable, starter, None if os.fsencode(readable) == exact else exact)

    @property
    def file(self) -> Path | None:
        """The document's file."""
        if self.path_bytes is not None:
            return Path(os.fsdecode(self.path_bytes))
        return Path(self.path) if self.path else None


class _Kept(msgspec.Struct, tag_field="format", tag="downhill-unsaved"):
    title: Title
    run: msgspec.Raw


@dataclass(frozen=True, eq=False)
class Unsaved:
    """Work as it was left behind."""

    title: Title
    run: SavedRun


class LeftBehind:
    """A file of a process that has ended. Nobody else is offered it as long as this one holds its lock."""

    def __init__(self, path: Path) -> None:
        """Raises OSError where its process lives, or another one has taken it."""
        self.path = path
        self._lock = ProcessLock(path.with_suffix(LOCK_SUFFIX))
        try:
            self.written_at = path.stat().st_mtime  # seconds since 1970
        except OSError:  # taken and done with by another process meanwhile
            self._lock.remove()
            raise

    def read(self) -> Unsaved:
        """Raises RunFileError with one sentence."""
        try:
            kept = msgspec.json.decode(self.path.read_bytes(), type=_Kept)
        except OSError as error:
            raise RunFileError(self.path.name, in_words(error)) from error
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            message = QT_TRANSLATE_NOOP("model", "the file is damaged, or its end is missing")
            raise RunFileError(self.path.name, Message(message)) from error
        return Unsaved(kept.title, from_recipe_json(bytes(kept.run)))

    def leave(self) -> None:
        """For the next start."""
        self._lock.release()

    def discard(self) -> None:
        """Delete it for good."""
        with suppress(OSError):  # then it is offered again
            self.path.unlink(missing_ok=True)
            self._lock.remove()
        self._lock.release()


class UnsavedStore:
    """The files in one folder: that of this process, and those left behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"{os.getpid()}-{time.time_ns()}{SUFFIX}"
        self._lock: ProcessLock | None = None

    def write(self, title: Title, recipe: bytes) -> None:
        """Replace what this process keeps. Raises OSError; what was kept before stays."""
        self._hold()  # before the file: without a lock it would look left behind
        write_atomically(self.path, msgspec.json.encode(_Kept(title, msgspec.Raw(recipe))))

    def _hold(self) -> None:
        """Lock what this process keeps; the folder may have gone away meanwhile, and the lock with it."""
        lock = self.path.with_suffix(LOCK_SUFFIX)
        if self._lock is not None and not lock.exists():
            self._lock.release()
            self._lock = None
        if self._lock is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = ProcessLock(lock)

    def remove(self) -> None:
        """There is nothing to keep any more."""
        if self._lock is not None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
                self._lock.remove()
            self._lock.release()
            self._lock = None

    def left_behind(self) -> list[LeftBehind]:
        """Work of processes that have ended, the newest first. Each is to be left or discarded."""
        found: list[LeftBehind] = []
        with suppress(OSError):
            for path in [each for each in self.folder.iterdir() if each.suffix == SUFFIX and each != self.path]:
                with suppress(OSError):
                    found.append(LeftBehind(path))
        return sorted(found, key=lambda each: each.written_at, reverse=True)
