"""A run as one file: a zip of its recipe, `run.json`, and of arrays that any other program reads.

    import numpy as np
    run = np.load("spiral.downhill")
    run["branches/0/losses"], run["branches/0/parameters"]

The recipe (see `run_recipe`) is the run: without it the file cannot be opened. The arrays (see `run_cache`) only spare
the time of computing them again: one that is damaged is left out, and a note says so.

A file may come from anywhere. It is data alone, no part of it is ever executed, and the memory that it can take is
bounded, whatever it says of itself.
"""

import errno
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from model.atomic_file import in_words, write_atomically
from model.message import QT_TRANSLATE_NOOP, Message
from model.npy_members import DAMAGE, MemberError, Members, shown, write_member
from model.run_cache import CACHED, BranchCache
from model.run_recipe import MOST_BYTES as MOST_OF_RECIPE
from model.run_recipe import Cached, RunFileError, from_recipe_json, from_text, recipe_json, recipe_of, to_json
from model.saved_run import SavedBranch, SavedRun

__all__ = ["RunFileError", "from_recipe_json", "read", "recipe_json", "write"]

SUFFIX = ".downhill"
RECIPE = "run.json"
MOST_BYTES = 2**30  # that the arrays of a file may take in memory
MOST_OF_DIRECTORY = 2**20  # bytes of the zip's table of contents: some hundred a member


def write(path: Path, saved: SavedRun) -> None:
    """Write the run. The same run gives the same bytes.

    Arrays that together would take more than MOST_BYTES are left out, checkpoints first. Raises RunFileError where the
    file cannot be written, or could not be read again; an earlier one stays as it was.
    """
    branches = [BranchCache(number, branch) for number, branch in enumerate(saved.branches)]
    chosen = _chosen(branches)
    text = to_json(recipe_of(saved, tuple(chosen)))
    if len(text) > MOST_OF_RECIPE:  # it could not be opened again: every change of painted points is there whole
        source = QT_TRANSLATE_NOOP(
            "model",
            "the run has become too long for a file ({found:,} bytes of at most {most:,}): delete branches, or save "
            "the experiment alone",
        )
        raise RunFileError(path.name, Message(source, {"found": len(text), "most": MOST_OF_RECIPE}))

    def content(file: BinaryIO) -> None:
        with ZipFile(file, "w") as archive:
            write_member(archive, RECIPE, [text])
            for branch, some in zip(branches, chosen, strict=True):
                for cached in some:
                    branch.write(archive, cached)

    try:
        write_atomically(path, content)
    except OSError as error:
        raise RunFileError(path.name, in_words(error)) from error


def read(path: Path) -> SavedRun:
    """Read a run; `notes` say what of its arrays was damaged and is left out.

    Raises RunFileError with one sentence and the place where it cannot be opened.
    """
    try:
        if path.exists() and not path.is_file():  # a folder; or a pipe, which would keep us waiting
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with _DirectoryBound(path) as file:
            return _read(file, path.name)
    except OSError as error:
        raise RunFileError(path.name, in_words(error)) from error


class _DirectoryBound(io.FileIO):
    """A file that a zip's table of contents is read from: a false one cannot ask for any amount of memory."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.most = MOST_OF_DIRECTORY

    def read(self, size: int | None = -1, /) -> bytes:
        size = self.most + 1 if size is None or size < 0 else size
        found = super().read(min(size, self.most + 1)) or b""
        if len(found) > self.most:
            raise BadZipFile
        return found


def _read(file: _DirectoryBound, name: str) -> SavedRun:
    try:
        archive = ZipFile(file)
    except DAMAGE as error:
        file.seek(0)
        begins_well = file.read(4) == b"PK\x03\x04"
        cut = QT_TRANSLATE_NOOP("model", "the file is damaged, or its end is missing")
        other = QT_TRANSLATE_NOOP("model", "this is not a run of Downhill")
        raise RunFileError(name, Message(cut if begins_well else other)) from error
    file.most = MOST_BYTES
    members = Members(archive, MOST_BYTES)
    try:
        recipe = from_text(members.whole(RECIPE, MOST_OF_RECIPE))
    except MemberError as error:
        raise RunFileError(RECIPE, error.message) from error
    run = recipe.saved()
    branches = [BranchCache(number, branch) for number, branch in enumerate(run.branches)]
    named = [(branch, one.arrays) for branch, one in zip(branches, recipe.branches, strict=True)]
    _check_names(archive, {file for branch, arrays in named for cached in arrays for file in branch.files(cached)})
    notes: list[Message] = []
    full = tuple(_with_arrays(branch, arrays, members, notes) for branch, arrays in named)
    return replace(run, branches=full, notes=tuple(notes))


def _check_names(archive: ZipFile, arrays: set[str]) -> None:
    """Every member once, and none that the recipe does not name."""
    seen: set[str] = set()
    for name in archive.namelist():
        if name in seen:
            raise RunFileError(shown(name), Message(QT_TRANSLATE_NOOP("model", "is there twice")))
        if name != RECIPE and name not in arrays:
            raise RunFileError(shown(name), Message(QT_TRANSLATE_NOOP("model", "does not belong to this run")))
        seen.add(name)


def _with_arrays(cache: BranchCache, arrays: tuple[Cached, ...], members: Members, notes: list[Message]) -> SavedBranch:
    branch = cache.branch
    for cached in CACHED:
        if cached in arrays:
            try:
                branch = replace(branch, **cache.read(members, cached))
            except MemberError as error:
                note = QT_TRANSLATE_NOOP("model", "{place} {reason}: it is left out and computed again")
                notes.append(Message(note, {"place": f"{cache.at}{cached}", "reason": error.message}))
    return branch


def _chosen(branches: list[BranchCache]) -> list[tuple[Cached, ...]]:
    """What of each branch is written, within MOST_BYTES: first the parameters of all, last the checkpoints."""
    chosen: list[tuple[Cached, ...]] = [()] * len(branches)
    left = MOST_BYTES
    for cached in CACHED:
        for place, branch in enumerate(branches):
            size = branch.bytes(cached)
            if size is not None and size <= left:
                left -= size
                chosen[place] += (cached,)
    return chosen
