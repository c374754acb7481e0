"""The log: errors that nobody foresaw, with all that a report needs. It never takes more than four megabytes."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

MOST_BYTES, KEPT = 1_000_000, 3


class LogFile:
    """Writes to `path`; when that is full it becomes `path`.1, and so on up to `path`.3."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handler: RotatingFileHandler | None = None

    def write(self, details: str) -> bool:
        """Add an entry, at once. False where the disk takes it not; an error in reporting errors helps nobody."""
        try:
            if self._handler is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._handler = _Raising(self.path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8")
                self._handler.setFormatter(logging.Formatter("%(asctime)s %(process)d\n%(message)s"))
            self._handler.handle(_record(details))
        except (OSError, ValueError):
            return False
        return True

    def close(self) -> None:
        if self._handler is not None:
            self._handler.close()
            self._handler = None


class _Raising(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        raise  # noqa: PLE0704  called while the error is handled


def _record(details: str) -> logging.LogRecord:
    # Not through a logger: that would look at the thread, and Python keeps what it has seen of Qt's threads for ever.
    threads_before, logging.logThreads = logging.logThreads, False
    try:
        return logging.LogRecord("downhill", logging.ERROR, "", 0, details, None, None)
    finally:
        logging.logThreads = threads_before
