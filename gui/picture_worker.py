"""The picture thread: costly pictures, computed off the window's thread.

A panel asks for a picture by a key; while an older request with the same key still waits, the newer one replaces it.
The newest request is served first. Its answer arrives in the window's thread.
"""

import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QThread, Signal


class PictureWorker(QThread):
    """Computes one picture at a time."""

    _ready = Signal(object, object)  # (what to do with the answer, the answer)

    def __init__(self) -> None:
        super().__init__()
        self._requests: dict[object, tuple[Callable[[], Any], Callable[[Any], None]]] = {}
        self._changed = threading.Condition()
        self._closing = False
        self._ready.connect(self._deliver)

    def request(self, key: object, compute: Callable[[], Any], deliver: Callable[[Any], None]) -> None:
        """Compute `compute()` in the picture thread and call `deliver(answer)` in the window's thread."""
        with self._changed:
            self._requests.pop(key, None)  # to the end of the order: the newest
            self._requests[key] = compute, deliver
            self._changed.notify()

    def forget(self, key: object) -> None:
        """Withdraw a request that still waits."""
        with self._changed:
            self._requests.pop(key, None)

    def close(self) -> None:
        """End the thread and wait for it."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self.wait()

    def run(self) -> None:
        """The thread's life: the newest request first, or sleep."""
        while True:
            with self._changed:
                while not self._requests and not self._closing:
                    self._changed.wait()
                if self._closing:
                    return
                compute, deliver = self._requests.pop(next(reversed(self._requests)))
            try:
                picture = compute()
            except Exception as error:  # this picture is lost and the error reported; the next one may do
                sys.excepthook(type(error), error, error.__traceback__)
            else:
                self._ready.emit(deliver, picture)

    def _deliver(self, deliver: Callable[[Any], None], answer: object) -> None:
        if not self._closing:
            deliver(answer)
