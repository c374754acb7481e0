"""The screen's own clock: 60 ticks a second while something happens, none while nothing does.

At each tick the newest snapshot is pulled, and some panels draw it. A panel says how often a second its kind of picture
needs a new one; the clock spreads the panels over the ticks so that no tick draws everything, and skips those that
nobody can see.
"""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.session import Session

INTERVAL = 16  # ms
PATIENCE = 0.04  # s that a panel may be put off
GLANCE = 0.2  # s between two looks at which panels can be seen
MOST_AT_ONCE = 2.0  # panels drawn in one tick
BUDGET = 0.006  # s of drawing a tick; the rest waits for the next one


class FrameClock(QObject):
    """Hands progress to the panels, a few at every tick."""

    began_tick = Signal()
    ticked = Signal()

    def __init__(self, session: Session, parent: QObject | None = None, pictures: PictureWorker | None = None) -> None:
        """`pictures`: whose finished pictures are handed over at each tick."""
        super().__init__(parent)
        self._session = session
        self._pictures = pictures
        self._panels: list[Panel] = []
        self._shown: dict[Panel, Progress] = {}  # what each panel drew last
        self._next: dict[Panel, float] = {}  # when each may draw again
        self._seen: list[Panel] = []
        self._look_again = 0.0
        self._credit = 0.0  # panels that may be drawn now; what is not drawn in this tick counts for the next
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
        panel.became_visible.connect(self._look)
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
        if self._ended:
            return
        self._shown.clear()
        self._next.clear()
        for panel in self._panels:
            panel.begin(run)
        self._wake()

    def _look(self) -> None:
        self._look_again = 0.0
        self._wake()

    def _wake(self, *_: object) -> None:
        if not self._ended and not self._timer.isActive():
            self._timer.start()
            self._tell_pictures(True)

    def _tell_pictures(self, ticking: bool) -> None:
        if self._pictures is not None:
            self._pictures.set_ticking(ticking)

    def _tick(self) -> None:
        self._session.turns.take()
        self.began_tick.emit()
        delivered = self._pictures is not None and self._pictures.deliver()
        if self._session.playing:
            self._session.pull()
        self._draw(delivered)
        self.ticked.emit()
        if not self._session.playing and not self._waiting():
            self._timer.stop()
            self._tell_pictures(False)

    def _draw(self, delivered: bool) -> None:
        """The panels that are due, the longest overdue first: as many as it takes to keep up, within the budget.

        Where a picture was `delivered` and will be painted now, a panel that paints at once waits for the next frame.
        """
        progress = self._session.progress
        if progress is None:
            return
        started = time.perf_counter()
        if started >= self._look_again:
            self._look_again = started + GLANCE
            self._seen = [p for p in self._panels if p.follows() and p.is_seen()]
        # Drawn together they would be late together, again and again. So many a tick, one now and one then, keep every
        # panel's own rate and leave no tick without a picture.
        self._credit = min(self._credit + sum(p.per_second for p in self._seen) * INTERVAL / 1000, MOST_AT_ONCE)
        due = [p for p in self._seen if self._shown.get(p) is not progress and self._next.get(p, 0.0) <= started]
        for panel in sorted(due, key=lambda p: self._next.get(p, 0.0)):
            if self._credit < 1:
                break
            if delivered and not panel.asks_for_pictures and started - self._next.get(panel, 0.0) < PATIENCE:
                continue
            self._credit -= 1
            # Noted before drawing: a panel that fails must not take the turn of the others at every tick.
            self._shown[panel] = progress
            # Counted from when it was due, not from now: ticks are coarse, and waiting for the next one adds up.
            self._next[panel] = max(self._next.get(panel, 0.0) + 1 / panel.per_second, started)
            panel.draw(progress)
            if time.perf_counter() - started > BUDGET:
                break

    def _waiting(self) -> bool:
        """Some panel that can be seen has not yet drawn where the run stands."""
        progress = self._session.progress
        late = [p for p in self._panels if self._shown.get(p) is not progress]
        return progress is not None and any(p.follows() and p.is_seen() for p in late)
