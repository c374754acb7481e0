"""Tells how far a long way to another step has come."""

import time

from PySide6.QtCore import SignalInstance

from model.timeline import Timeline

PATIENCE = 0.15  # s: a shorter way is not worth a word
INTERVAL = 0.1  # s


class Watch:
    """Looked at before every step."""

    def __init__(self, told: SignalInstance, timeline: Timeline, target: int | None) -> None:
        """`told` is emitted with the steps done and those wanted; without a `target`, to the end of the branch."""
        self._told, self._timeline, self._target = told, timeline, target
        self._next = time.perf_counter() + PATIENCE
        self._from: int | None = None

    def look(self) -> bool:
        """False: nothing of it stops the way."""
        now = time.perf_counter()
        if self._from is None:
            self._from = self._timeline.steps
        if now >= self._next:
            self._next = now + INTERVAL
            target = self._timeline.branch.steps if self._target is None else self._target
            self._told.emit(self._timeline.steps - self._from, max(1, target - self._from))
        return False
