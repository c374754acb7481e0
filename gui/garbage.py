"""Garbage in circles is collected in the window's thread only.

Python looks for objects that only hold each other in whichever thread happens to make one object too many. Were that
the training thread, it would destroy widgets there: Qt's destructor waits for the interpreter while it holds a lock of
Qt, and the window's thread waits for that lock while it holds the interpreter. Neither ever goes on.

So the automatic search is switched off while there are other threads, and a timer does the same in the window's thread:
the young objects often, all of them rarely, since that takes long.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000  # ms
ALL_AFTER = 30.0  # s between two searches among all objects


class Garbage(QObject):
    """Collects from when it is made until `end`."""

    _at_work = 0  # how many there are: the last one switches the automatic search on again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._searched_all = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._ended = False
        Garbage._at_work += 1
        gc.disable()

    def end(self) -> None:
        """There are no other threads any more."""
        if not self._ended:
            self._ended = True
            self._timer.stop()
            Garbage._at_work -= 1
            if Garbage._at_work == 0:
                gc.enable()

    def _look(self) -> None:
        """As Python would: a generation whose count is above its threshold, with all that are younger."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [place for place in range(3) if counts[place] > thresholds[place]]
        if due and due[-1] == 2:
            if time.monotonic() - self._searched_all < ALL_AFTER:
                gc.collect(1)
                return
            self._searched_all = time.monotonic()
        if due:
            gc.collect(due[-1])
