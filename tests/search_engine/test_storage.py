import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from search_engine import storage as storage_module
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


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed: alembic_version.version_num")),
        OperationalError("CREATE TABLE", {}, sqlite3.OperationalError("table studies already exists")),
    ],
)
def test_two_who_make_the_tables_at_the_same_time(tmp_path, monkeypatch, error):
    tries = []
    opened = storage_module._opened

    def hindered(url, *, make):
        tries.append(url)
        if len(tries) < 3:
            raise error
        return opened(url, make=make)

    monkeypatch.setattr(storage_module, "_opened", hindered)
    monkeypatch.setattr(storage_module.time, "sleep", lambda seconds: None)
    storage = open_storage(f"sqlite:///{tmp_path / 'search.db'}", make=True)
    assert len(tries) == 3 and storage.get_all_studies() == []
    storage._backend.engine.dispose()
