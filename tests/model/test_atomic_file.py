"""Whatever goes wrong, the old file is whole and no rubbish lies beside it."""

import errno
import os
import time
from pathlib import Path

import pytest

from model.atomic_file import in_words, write_atomically


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "run.downhill"
    path.write_bytes(b"old")
    return path


def failing(number):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    return fail


def test_a_file_is_written_and_written_over(tmp_path):
    path = tmp_path / "new"
    write_atomically(path, b"one")
    write_atomically(path, lambda file: file.write(b"two") and None)
    assert path.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_at_the_end_leaves_the_old_file(old, monkeypatch, step):
    monkeypatch.setattr(os, step, failing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space"):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"old"
    assert [each.name for each in old.parent.iterdir()] == [old.name]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), ValueError("a mistake"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_the_old_file(old, error):
    def content(file):
        file.write(b"half")
        raise error

    with pytest.raises(type(error)):
        write_atomically(old, content)
    assert old.read_bytes() == b"old"
    assert [each.name for each in old.parent.iterdir()] == [old.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_really_full_disk(old):
    def content(file):
        with Path("/dev/full").open("wb") as full:
            full.write(b"new")

    with pytest.raises(OSError) as caught:
        write_atomically(old, content)
    assert str(in_words(caught.value)) == "the disk is full"
    assert old.read_bytes() == b"old"


def test_what_a_kill_in_mid_write_left_is_removed_a_day_later(old):
    day = 24 * 60 * 60
    others = {  # how old each is, and whether it is a left-over of this very file
        ".run.downhill.0123abcd.part": (2 * day, True),
        ".run.downhill.89abcdef.part": (60, False),  # may be at work
        ".other.downhill.0123abcd.part": (2 * day, False),
        ".run.downhill.mine.part": (2 * day, False),
        "run.downhill.part": (2 * day, False),  # somebody's own
    }
    for name, (age, _) in others.items():
        other = old.parent / name
        other.write_bytes(b"half of a longer file")
        os.utime(other, (time.time() - age, time.time() - age))
    write_atomically(old, b"new")
    kept = {name for name, (_, is_left_over) in others.items() if not is_left_over}
    assert {each.name for each in old.parent.iterdir()} == kept | {old.name}


def test_two_who_write_at_once_each_write_a_whole_file(old):
    def content(file):
        file.write(b"one")
        write_atomically(old, b"two")
        assert old.read_bytes() == b"two"
        file.write(b"!")

    write_atomically(old, content)
    assert old.read_bytes() == b"one!"


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_who_may_read_the_file_stays_as_it_was(old):
    old.chmod(0o600)
    write_atomically(old, lambda file: file.write(oct(os.fstat(file.fileno()).st_mode & 0o777).encode()) and None)
    assert old.read_bytes() == b"0o600" and old.stat().st_mode & 0o777 == 0o600
    beside = old.parent / "beside"
    beside.touch()
    write_atomically(old.parent / "new", b"new")
    assert (old.parent / "new").stat().st_mode == beside.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="folders that can be opened")
def test_the_name_reaches_the_disk_after_the_bytes(old, monkeypatch):
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (synced.append(old.read_bytes()), fsync(number)))
    write_atomically(old, b"new")
    assert synced == [b"old", b"new"]  # the file's bytes, then the folder


def test_a_link_still_points_to_the_file(old):
    link = old.parent / "link"
    link.symlink_to(old)
    write_atomically(link, b"new")
    assert link.is_symlink() and old.read_bytes() == b"new"


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError) as caught:
        write_atomically(tmp_path, b"new")
    assert str(in_words(caught.value)) == "this is a folder, not a file"


def test_a_file_that_may_not_be_written_stays(old, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "you are not allowed to read or write here"),
        (errno.ENOENT, "the file or its folder is not there"),
        (errno.EIO, "the file cannot be used: Input/output error"),
    ],
)
def test_sentences(number, sentence):
    assert str(in_words(OSError(number, os.strerror(number)))) == sentence
