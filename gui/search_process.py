"""The process that conducts a search, and the thread that listens to it.

The search and its database live outside of this process: nothing of it is imported here, nothing here waits for it.
"""

import subprocess
import threading
from contextlib import suppress

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot

from search_engine.conductor import News, Order
from search_engine.pool import start

PATIENCE = 0.5  # s that it has to end its workers in before it is killed: then they end by themselves


class SearchProcess(QObject):
    """Made in the window's thread. A thread begins with each order and ends with its process; one at a time."""

    told = Signal(object)  # News
    ended = Signal()  # nothing more is told
    _heard = Signal(int, object)  # the number of an order, and News or None at its end

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._heard.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._thread is not None

    def begin(self, order: Order) -> None:
        """Carry it out in a process of its own. One that is at work is ended first."""
        self.close()
        self._number += 1
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, args=(self._number, order), name="search")
        self._thread.start()

    def cancel(self) -> None:
        """Let it end; `ended` says when it has."""
        with self._lock:
            self._cancelled = True
            if self._process is not None and self._process.stdin is not None:
                with suppress(OSError):
                    self._process.stdin.close()

    def close(self) -> None:
        """End it now; nobody hears of it any more."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self.cancel()
        thread.join(PATIENCE)
        with self._lock:
            if self._process is not None:
                self._process.kill()
        thread.join()

    # In the thread

    def _run(self, number: int, order: Order) -> None:
        process = self._begun(order)
        if process is not None:
            assert process.stdin is not None and process.stdout is not None
            with process.stdout as lines:
                for line in lines:
                    with suppress(msgspec.DecodeError):  # half a line of one that was killed
                        self._heard.emit(number, msgspec.json.decode(line, type=News))
            process.wait()
            with self._lock:
                self._process = None
                with suppress(OSError):
                    process.stdin.close()
        self._heard.emit(number, None)

    def _begun(self, order: Order) -> "subprocess.Popen[bytes] | None":
        """The process, with its order; None where it was cancelled before it began."""
        with self._lock:
            if self._cancelled:
                return None
            process = self._process = start("search_engine.conductor", stdout=subprocess.PIPE)
            assert process.stdin is not None
            with suppress(OSError):
                process.stdin.write(msgspec.json.encode(order) + b"\n")
                process.stdin.flush()
            return process

    # In the window's thread

    @Slot(int, object)
    def _hand_over(self, number: int, news: News | None) -> None:
        if number != self._number or self._thread is None:
            return
        if news is not None:
            self.told.emit(news)
            return
        self._thread.join()
        self._thread = None
        self.ended.emit()
