"""A long computation in a thread of its own: it gives way to the window, its pictures and training, and can be left.

A gradient check takes two forward passes for every parameter, seconds for a large network; runs that are trained side
by side take minutes. In the picture thread they would stop all pictures for that time. Here the work asks before every
small piece whether it is to go on, and waits for its turn while it asks.
"""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gui.turns import Turns

SPELL = 0.005  # s of work; while the network learns, training then has as long to itself
TELLING = 0.1  # s between two words about how far it has come

Interrupted = Callable[[], bool]
Tell = Callable[[Any], object]  # how far it has come: a number, or whatever can be shown of it; never changed later
Work = Callable[[Interrupted, Tell], Any]


@dataclass(eq=False)
class _Job:
    work: Work
    heard: Callable[[Any], None]
    told: Callable[[Any], None]
    left: threading.Event = field(default_factory=threading.Event)
    rested: float = field(default_factory=time.perf_counter)
    said: float = 0.0


class LongWork(QObject):
    """Made in the window's thread. A thread begins with each job and ends with it; there is one job at a time."""

    _came_on = Signal(object, object)  # a job, and how far it has come
    _ended = Signal(object, object)  # a job and its answer

    def __init__(self, turns: Turns, learns: Callable[[], bool], parent: QObject | None = None) -> None:
        """`learns`: whether the network is being trained, so that a share of the time is training's."""
        super().__init__(parent)
        self._turns, self._learns = turns, learns
        self._job: _Job | None = None
        self._thread: threading.Thread | None = None
        self._came_on.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether somebody is going to hear of a job."""
        return self._job is not None

    def begin(
        self, work: Work, heard: Callable[[Any], None], told: Callable[[Any], None] = lambda so_far: None
    ) -> None:
        """Call `work(interrupted, tell)` in a thread; whatever was begun before is left.

        In the window's thread `heard` gets the answer (None after an error, which is reported), and `told` now and then
        what `work` tells: a few times a second, the rest is dropped. `work` asks `interrupted` before every piece, and
        ends where it says so.
        """
        self.cancel()
        job, before = _Job(work, heard, told), self._thread
        self._job = job
        self._thread = threading.Thread(target=self._run, args=(job, before), name="long work")
        self._thread.start()

    def cancel(self) -> None:
        """Leave the job; nobody hears of it any more."""
        if self._job is not None:
            self._job.left.set()
            self._job = None

    def close(self) -> None:
        """Leave the job and wait for the end of the thread: one piece of work."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    # In the job's thread

    def _run(self, job: _Job, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()  # one at a time; it has been told to end
        answer = None
        try:
            if not job.left.is_set():
                answer = job.work(lambda: self._is_left(job), lambda so_far: self._came(job, so_far))
        except Exception as error:  # the work is lost and the error reported; the next one may do
            sys.excepthook(type(error), error, error.__traceback__)
        if not job.left.is_set():
            self._ended.emit(job, answer)

    def _is_left(self, job: _Job) -> bool:
        """Wait for the window and the pictures, and for training where the network learns."""
        self._turns.wait_for_turn()
        if time.perf_counter() - job.rested > SPELL:
            if self._learns():
                job.left.wait(SPELL)
            job.rested = time.perf_counter()
        return job.left.is_set()

    def _came(self, job: _Job, so_far: object) -> None:
        now = time.perf_counter()
        if now - job.said > TELLING:
            job.said = now
            self._came_on.emit(job, so_far)

    # In the window's thread

    @Slot(object, object)
    def _tell(self, job: _Job, so_far: object) -> None:
        if job is self._job:
            job.told(so_far)

    @Slot(object, object)
    def _hand_over(self, job: _Job, answer: Any) -> None:
        if job is self._job:
            self._job = None
            job.heard(answer)
