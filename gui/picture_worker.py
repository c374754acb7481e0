"""The picture thread: costly pictures, computed off the window's thread.

A panel asks for a picture by a key, as often as it likes: of each key one picture at a time is on its way, and of what
is asked for meanwhile the newest comes after it, when the one before has been handed over or has failed. A picture may
therefore build on what the one before it found.

The panels take turns: were the newest request served first, a large network's costly picture would wait for ever behind
the cheap ones. The answer arrives in the window's thread: at the next tick of the frame clock while
that runs, so that a picture does not cost a frame of its own, and at once while it does not.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from PySide6.QtCore import QThread, Signal

from gui.turns import Turns

LONG = 0.005  # s: pictures that take longer are followed by a rest
CROWD = 3  # so many finished pictures are not kept waiting


class PictureWorker(QThread):
    """Computes one picture at a time."""

    _ready = Signal()  # an answer waits, and no tick is going to ask for it

    def __init__(self, turns: Turns | None = None) -> None:
        """`turns`: training waits while a picture is computed."""
        super().__init__()
        self._turn = turns.of_a_picture if turns is not None else nullcontext
        self._requests: dict[object, tuple[Callable[[], Any], Callable[[Any], None]]] = {}
        self._on_their_way: set[object] = set()  # keys of pictures that are computed, or not yet handed over
        self._changed = threading.Condition()
        self._answers: deque[tuple[object, Callable[[Any], None], Any]] = deque()
        self._closing = False
        self._ticking = False
        self._ready.connect(self.deliver)

    def request(self, key: object, compute: Callable[[], Any], deliver: Callable[[Any], None]) -> None:
        """Compute `compute()` in the picture thread and call `deliver(answer)` in the window's thread."""
        with self._changed:
            self._requests[key] = compute, deliver  # a newer request takes the place of the older in the row
            self._changed.notify()

    def is_pending(self, key: object) -> bool:
        """Whether a picture was asked for that has neither been handed over nor failed."""
        with self._changed:
            return key in self._requests or key in self._on_their_way

    def forget(self, key: object) -> None:
        """Withdraw a request that still waits."""
        with self._changed:
            self._requests.pop(key, None)

    def set_ticking(self, ticking: bool) -> None:
        """Whether somebody calls `deliver` at every frame."""
        self._ticking = ticking
        if not ticking:
            self.deliver()  # what was finished before the worker knew

    def deliver(self) -> bool:
        """Hand over the pictures that are finished. In the window's thread. True: there was one."""
        any_finished = bool(self._answers)
        while self._answers:
            key, deliver, picture = self._answers.popleft()
            try:
                if not self._closing:
                    deliver(picture)
            finally:
                self._arrived(key)
            if self._ticking and len(self._answers) < CROWD:
                break  # one a tick: the frames stay equally long
        return any_finished

    def close(self) -> None:
        """End the thread and wait for it."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self.wait()

    def run(self) -> None:
        """The thread's life: one request after the other, or sleep."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._may_begin())
                if self._closing:
                    return
                key = self._may_begin()[0]
                self._on_their_way.add(key)
                compute, deliver = self._requests.pop(key)
            started = time.perf_counter()
            try:
                with self._turn():
                    picture = compute()
            except Exception as error:  # this picture is lost and the error reported; the next one may do
                self._arrived(key)
                sys.excepthook(type(error), error, error.__traceback__)
            else:
                self._answers.append((key, deliver, picture))
                if not self._ticking:
                    self._ready.emit()
            self._rest(time.perf_counter() - started)

    def _may_begin(self) -> list[object]:
        """What was asked for, the longest waiting first, and has no older picture on its way."""
        return [key for key in self._requests if key not in self._on_their_way]

    def _arrived(self, key: object) -> None:
        """The picture has been handed over or is lost: the next one with its key may begin."""
        with self._changed:
            self._on_their_way.discard(key)
            self._changed.notify()

    def _rest(self, worked: float) -> None:
        """After a long picture training gets as much time as that took: a large network goes on learning."""
        if worked > LONG:
            with self._changed:
                self._changed.wait_for(lambda: self._closing, worked)
