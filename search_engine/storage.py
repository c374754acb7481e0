"""Where the trials are kept: any database that Optuna takes, SQLite where nobody names another.

SQLite lets two processes read "this trial waits" and both write "it is mine", unless each begins its transaction with
the right to write. So every transaction here begins with it. They take a millisecond.
"""

import random
import re
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from model.message import QT_TRANSLATE_NOOP, Message

HEARTBEAT, GRACE = 15, 120  # s: how often a trial shows that it lives, and how long it may be silent
TRIES = 8  # to make the tables, where others make them at the same time
PATIENCE = 60.0  # s that one process waits for the others' transactions


class StorageError(Exception):
    """The storage cannot be used: `message` says why, in a sentence."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Errors of the storage as StorageError."""
    from optuna.exceptions import OptunaError
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (OptunaError, SQLAlchemyError, ImportError, ValueError, RuntimeError) as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(_sentence(url, error)) from error


def open_storage(url: str, *, make: bool) -> Any:
    """Optuna's storage at `url`; `make`: its tables where they are missing. Raises StorageError."""
    import optuna
    from sqlalchemy import event

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with in_words(url), warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)  # of the heartbeat
        storage = _made(url) if make else _opened(url, make=False)
        if url.startswith("sqlite"):
            storage.engine.dispose()  # connections from here on are prepared
            event.listen(storage.engine, "connect", _prepare)
            event.listen(storage.engine, "begin", _begin)
    return optuna.storages.get_storage(storage)  # which reads a finished trial once


def _made(url: str) -> Any:
    """The storage with its tables. Two who make them at the same time are in each other's way: one of them comes again,
    and finds them."""
    from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

    for _ in range(TRIES):
        try:
            return _opened(url, make=True)
        except (IntegrityError, OperationalError, ProgrammingError) as error:
            if not isinstance(error, IntegrityError) and "already exists" not in str(error):
                raise
            time.sleep(random.random())
    return _opened(url, make=True)


def _opened(url: str, *, make: bool) -> Any:
    import optuna

    return optuna.storages.RDBStorage(
        url,
        engine_kwargs={"connect_args": {"timeout": PATIENCE}} if url.startswith("sqlite") else {"pool_pre_ping": True},
        heartbeat_interval=HEARTBEAT,
        grace_period=GRACE,
        skip_table_creation=not make,
        skip_compatibility_check=not make,
    )


def _prepare(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver begins no transaction of its own
    # A journal that is appended to: readers do not stop the writer, and a commit need not wait for the disk.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _sentence(url: str, error: BaseException) -> Message:
    """What the database says last is what went wrong first."""
    reasons: list[str] = []
    each: BaseException | None = error
    while each is not None:
        reasons.append(str(getattr(each, "orig", None) or each))
        each = each.__cause__
    values: dict[str, object] = {"url": hidden(url), "reason": reasons[-1].splitlines()[0] if reasons[-1] else ""}
    if any("full" in reason for reason in reasons):
        return Message(QT_TRANSLATE_NOOP("model", "{url}: the disk is full; free some space and go on."), values)
    if any("parse" in reason or "Can't load plugin" in reason or "dialect" in reason for reason in reasons):
        text = QT_TRANSLATE_NOOP(
            "model",
            "{url}: this is no address of a database; it looks like sqlite:///search.db or "
            "postgresql://user@host/name.",
        )
        return Message(text, values)
    if any("DB access module" in reason or "No module named" in reason for reason in reasons):
        text = QT_TRANSLATE_NOOP("model", "{url}: the Python package for this database is not installed ({reason}).")
        return Message(text, values)
    return Message(QT_TRANSLATE_NOOP("model", "{url}: the database cannot be used ({reason})."), values)


def hidden(url: str) -> str:
    """The address without its password."""
    return re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:…@", url)
