"""The screen's own clock: 60 ticks a second while something happens, none while nothing does.

At each tick the newest snapshot is pulled, and some panels draw it. A panel says how often a second its kind of picture
needs a new one; the clock spreads the panels over the ticks so that no tick draws everything, and skips those that
nobody can see.
"""

import math
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gui.panel import Panel
from gui.run import Progress, Run
from gui.session import Session

INTERVAL = 16  # ms
BUDGET = 0.006  # s of drawing a tick; the rest waits for the next one


class FrameClock(QObject):
    """Hands progress to the panels, a few at every tick."""

    ticking = Signal(bool)  # it has begun, or ended
    began_tick = Signal()
    ticked = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panels: list[Panel] = []
        self._shown: dict[Panel, Progress] = {}  # what each panel drew last
        self._next: dict[Panel, float] = {}  # when each may draw again
        self._ended = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._tick)
        session.run_began.connect(self._begin)
        session.progressed.connect(self._wake)
        session.playing_changed.connect(self._wake)

    def add(self, panel: Panel) -> None:
        """From now on `panel` is shown every run and its progress."""
        self._panels.append(panel)
        panel.became_visible.connect(self._wake)
        if self._session.run is not None:
            panel.begin(self._session.run)
        self._wake()

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def stop(self) -> None:
        """No more ticks; for the window's end."""
        self._ended = True
        self._timer.stop()

    def _begin(self, run: Run) -> None:
        self._shown.clear()
        self._next.clear()
        for panel in self._panels:
            panel.begin(run)
        self._wake()

    def _wake(self, *_: object) -> None:
        if not self._ended and not self._timer.isActive():
            self._timer.start()
            self.ticking.emit(True)

    def _tick(self) -> None:
        self._session.turns.take()
        self.began_tick.emit()
        if self._session.playing:
            self._session.pull()
        waiting = self._draw()
        self.ticked.emit()
        if not waiting and not self._session.playing:
            self._timer.stop()
            self.ticking.emit(False)

    def _draw(self) -> bool:
        """The panels that are due, the longest overdue first: as many as it takes to keep up, within the budget.

        True: some still wait.
        """
        progress = self._session.progress
        if progress is None:
            return False
        seen = [p for p in self._panels if p.is_seen()]
        stale = [p for p in seen if self._shown.get(p) is not progress]
        # Drawn together they would be late together, again and again: this many a tick keep every panel's own rate.
        most = math.ceil(sum(p.per_second for p in seen) * INTERVAL / 1000)
        started = time.perf_counter()
        due = sorted((p for p in stale if self._next.get(p, 0.0) <= started), key=lambda p: self._next.get(p, 0.0))
        for panel in due[:most]:
            # Noted before drawing: a panel that fails must not take the turn of the others at every tick.
            self._shown[panel] = progress
            # Counted from when it was due, not from now: ticks are coarse, and waiting for the next one adds up.
            self._next[panel] = max(self._next.get(panel, 0.0) + 1 / panel.per_second, started)
            panel.draw(progress)
            if time.perf_counter() - started > BUDGET:
                break
        return bool(stale)
