import pytest

from search_engine.storage import StorageError, hidden, open_storage


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("no address", "this is no address of a database"),
        ("foo://bar", "this is no address of a database"),
        ("sqlite:////no/such/folder/search.db", "unable to open database file"),
        ("postgresql://me:secret@host/name", "the Python package for this database is not installed"),
    ],
)
def test_a_storage_that_cannot_be_used_is_said_in_a_sentence(url, sentence):
    with pytest.raises(StorageError, match=sentence) as refused:
        open_storage(url, make=True)
    assert hidden(url) in str(refused.value) and "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "search.db"
    path.write_text("hello " * 1000)
    with pytest.raises(StorageError, match="not a database"):
        open_storage(f"sqlite:///{path}", make=True)


@pytest.mark.skipif("not __import__('os').path.exists('/dev/full')")
def test_a_full_disk():
    with pytest.raises(StorageError, match="the disk is full"):
        open_storage("sqlite:////dev/full", make=True)
