"""Files are read and written off the window's thread, one after the other: a slow disk does not stop the picture."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

Job = tuple[Callable[[], Any], Callable[[Any], None]]


class FileThread(QObject):
    """Made in the window's thread. The thread begins with the first job and ends with `close`."""

    _done = Signal(object, object)  # an answer, and who hears it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._done.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def do(self, work: Callable[[], Any], heard: Callable[[Any], None] = lambda answer: None) -> None:
        """Call `work` in the thread, then `heard` with its answer in the window's thread.

        `work` answers with what can go wrong; an error that nobody foresaw is reported, and nobody hears of the job.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="files")
            self._thread.start()
        self._jobs.put((work, heard))

    def close(self) -> None:
        """Do what was asked for, then end; what is heard meanwhile is heard by nobody."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            work, heard = job
            try:
                answer = work()
            except Exception as error:  # this job is lost and the error reported; the next one may do
                threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
            else:
                self._done.emit(answer, heard)

    @Slot(object, object)
    def _hand_over(self, answer: Any, heard: Callable[[Any], None]) -> None:
        if self._thread is not None:
            heard(answer)
