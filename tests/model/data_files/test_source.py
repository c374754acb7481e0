import hashlib

import pytest

from model.data_files.error import DataFileError, MovedError
from model.data_files.source import File, Packed, Text, file_of, open_source


def test_a_file_is_known_by_size_and_checksum(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2\n")
    found = file_of(path)
    assert found == File(path=str(path), size=4, sha256=hashlib.sha256(b"1,2\n").hexdigest())
    with open_source(found) as file:
        assert file.read() == b"1,2\n"


def test_what_is_embedded_is_read_from_there():
    assert open_source(Text(text="ä")).read() == "ä".encode()
    assert open_source(Packed(content=b"\x00")).read() == b"\x00"


@pytest.mark.parametrize("content", [b"1,3\n", b"1,2\n3,4\n"])
def test_a_file_that_changed_is_said(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2\n")
    found = file_of(path)
    path.write_bytes(content)
    with pytest.raises(
        MovedError, match=r"a\.csv is another file, or has changed since the experiment was saved"
    ) as refused:
        open_source(found)
    assert refused.value.path == str(path)


def test_a_file_that_vanished_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2\n")
    found = file_of(path)
    path.unlink()
    with pytest.raises(MovedError, match=r"a\.csv is not in .* any more: choose where it is now"):
        open_source(found)


@pytest.mark.parametrize("name", [".", "nothing.csv", "\0"])
def test_what_cannot_be_read_is_a_sentence(tmp_path, name):
    with pytest.raises(DataFileError):
        file_of(tmp_path / name)
