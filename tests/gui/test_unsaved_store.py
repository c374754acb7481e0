"""Files of unsaved work: whose process lives, whose has ended."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gui.process_lock import ProcessLock
from gui.unsaved_store import Title, UnsavedStore
from model.run_recipe import RunFileError, recipe_json
from model.saved_run import SavedBranch, SavedRun
from model.starters import starter

ROOT = Path(__file__).parents[2]
RUN = SavedRun((SavedBranch("first", starter("xor"), (), 312),), 0, 300)
TITLE = Title("mine", "/somewhere/mine.downhill", None)


def abandoned(folder: Path, title: Title = TITLE, recipe: bytes | None = None) -> Path:
    """A file as a process leaves it that was killed."""
    store = UnsavedStore(folder)
    store.write(title, recipe_json(RUN) if recipe is None else recipe)
    assert store._lock is not None
    store._lock.release()  # as the operating system does
    return store.path


def test_what_was_left_behind_is_read_back(tmp_path):
    path = abandoned(tmp_path / "made")
    store = UnsavedStore(tmp_path / "made")
    (left,) = store.left_behind()
    unsaved = left.read()
    assert left.path == path and unsaved.title == TITLE
    assert (unsaved.run.branches[0].experiment, unsaved.run.branches[0].steps) == (starter("xor"), 312)
    assert unsaved.run.position == 300
    assert UnsavedStore(tmp_path / "made").left_behind() == []  # nobody else is offered it meanwhile
    left.leave()
    (again,) = store.left_behind()
    again.discard()
    assert store.left_behind() == [] and list((tmp_path / "made").iterdir()) == []


def test_the_newest_comes_first(tmp_path):
    import os

    paths = [abandoned(tmp_path) for _ in range(3)]
    for age, path in zip((30, 10, 20), paths, strict=True):
        os.utime(path, (10**9 - age, 10**9 - age))
    found = UnsavedStore(tmp_path).left_behind()
    assert [each.path for each in found] == [paths[1], paths[2], paths[0]]
    for each in found:
        each.leave()


def test_one_s_own_file_and_that_of_a_living_process_are_not_left_behind(tmp_path):
    code = """
        import sys
        from pathlib import Path
        from gui.unsaved_store import Title, UnsavedStore
        store = UnsavedStore(Path(sys.argv[1]))
        store.write(Title("theirs"), b"{}")
        print(store.path, flush=True)
        sys.stdin.read()
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        own = UnsavedStore(tmp_path)
        own.write(TITLE, recipe_json(RUN))
        assert theirs.exists() and own.left_behind() == []
        other.kill()
        other.wait()
    (left,) = own.left_behind()
    assert left.path == theirs
    left.leave()
    own.remove()
    assert theirs.exists() and not own.path.exists()


def test_removed_and_written_again(tmp_path):
    store = UnsavedStore(tmp_path)
    store.remove()
    for _ in range(2):
        store.write(TITLE, recipe_json(RUN))
        assert store.path.exists()
        store.remove()
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"format": "else"}', b"[" * 100_000, b"null"])
def test_a_damaged_file_is_a_sentence_and_stays(tmp_path, content):
    path = abandoned(tmp_path)
    path.write_bytes(content)
    (left,) = UnsavedStore(tmp_path).left_behind()
    with pytest.raises(RunFileError, match="damaged"):
        left.read()
    left.leave()
    assert path.read_bytes() == content


def test_a_recipe_from_the_future_is_a_sentence(tmp_path):
    abandoned(tmp_path, recipe=recipe_json(RUN).replace(b'"version": 1', b'"version": 9', 1))
    (left,) = UnsavedStore(tmp_path).left_behind()
    with pytest.raises(RunFileError, match="version 9"):
        left.read()
    left.leave()


def test_a_folder_that_is_none(tmp_path):
    (tmp_path / "file").touch()
    store = UnsavedStore(tmp_path / "file")
    assert store.left_behind() == []
    with pytest.raises(OSError):
        store.write(TITLE, recipe_json(RUN))


def test_a_lock_is_held_once(tmp_path):
    lock = ProcessLock(tmp_path / "lock")
    with pytest.raises(OSError):
        ProcessLock(tmp_path / "lock")
    lock.release()
    ProcessLock(tmp_path / "lock").remove()
    assert not (tmp_path / "lock").exists()
