"""The window, its pictures and the training thread take turns.

Python runs one thread at a time. Two that want to run at once are switched every few milliseconds, and a window that
loses its turn in the middle of a frame stutters. So training waits while the window is awake, and has the processor to
itself while the window sleeps: the event dispatcher says when it wakes and when it is about to sleep. Not all of them
say in time that they wake (glib's does so after the timers and paintings that it woke for), so whatever costs much in
the window begins with `take`. Training waits for a picture too: a picture of 2 milliseconds takes 10 where the two
snatch the interpreter from each other at every call.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractEventDispatcher, QObject

LONGEST_WAIT = 0.1  # s, for the window and for a picture: however busy both are, at least five steps a second
SWITCH_INTERVAL = 0.0005  # s: how soon the window gets the interpreter when it wakes while training runs


class Turns(QObject):
    """Whose turn it is. Made in the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asleep = threading.Event()  # the window sleeps
        self._asleep.set()
        self._no_picture = threading.Event()
        self._no_picture.set()
        self._interval_before = sys.getswitchinterval()
        self._watched: QAbstractEventDispatcher | None = None

    def begin(self) -> None:
        """From now on training yields to the window."""
        dispatcher = QAbstractEventDispatcher.instance()
        if self._watched is None and dispatcher is not None:
            self._interval_before = sys.getswitchinterval()
            sys.setswitchinterval(SWITCH_INTERVAL)
            dispatcher.awake.connect(self._asleep.clear)
            dispatcher.aboutToBlock.connect(self._asleep.set)
            self._watched = dispatcher

    def end(self) -> None:
        """Training need not yield any more."""
        if self._watched is not None:
            self._watched.awake.disconnect(self._asleep.clear)
            self._watched.aboutToBlock.disconnect(self._asleep.set)
            sys.setswitchinterval(self._interval_before)
            self._watched = None
        self._asleep.set()

    def take(self) -> None:
        """The window's turn begins now; it ends when the dispatcher is about to sleep."""
        if self._watched is not None:
            self._asleep.clear()

    def wait_for_turn(self) -> None:
        """Called between two steps by the training thread: returns when the window sleeps."""
        if not self._asleep.is_set():
            self._asleep.wait(LONGEST_WAIT)
        if not self._no_picture.is_set():
            self._no_picture.wait(LONGEST_WAIT)

    @contextmanager
    def of_a_picture(self) -> Iterator[None]:
        """While the picture thread, the only one of its kind, computes a picture. It begins when the window sleeps."""
        self._no_picture.clear()
        self._asleep.wait(LONGEST_WAIT)
        try:
            yield
        finally:
            self._no_picture.set()
