"""The screen's own clock: 60 ticks a second while something happens, none while nothing does.

At each tick the newest snapshot is pulled, some panels draw it, and what they changed is painted. A panel says how
often a second its kind of picture needs a new one; the clock spreads the panels over the ticks so that no tick paints
everything, and skips those that nobody can see.
"""

import math
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView
from shiboken6 import isValid

from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.session import Session

INTERVAL = 16  # ms
PATIENCE = 0.04  # s that a panel may be put off
NEARLY = 0.1  # panels that a tick may be short of: two in some ticks would make those twice as long
GLANCE = 0.2  # s between two looks at which panels can be seen
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
        self._scenes: list[QGraphicsScene] = []  # of their plots
        self._look_again = 0.0
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
        self._scenes = []  # they would keep their plots

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
        self._paint()
        if not self._session.playing and not self._waiting():
            self._timer.stop()
            self._tell_pictures(False)

    def _draw(self, delivered: bool) -> None:
        """The panels that are due, the longest overdue first: as many as it takes to keep up, within the budget.

        A panel that asks for its picture is painted when that is `delivered`, in the next tick as a rule. A panel that
        paints at once takes a tick in which nothing is delivered, and nothing is asked for that would come in its way.
        """
        progress = self._session.progress
        if progress is None:
            return
        now = time.perf_counter()
        if now >= self._look_again:
            self._look_again = now + GLANCE
            self._seen = [p for p in self._panels if p.follows() and p.is_seen()]
            self._scenes = [view.scene() for p in self._seen for view in p.findChildren(QGraphicsView)]
        fresh = sorted((p for p in self._seen if self._shown.get(p) is not progress), key=self._due)
        at_once = [p for p in fresh if not p.asks_for_pictures]
        asking = [p for p in fresh if p.asks_for_pictures and self._due(p) <= now]
        room = self._room()
        painted = [p for p in at_once if self._due(p) <= now][: room - delivered]
        painted += [p for p in at_once if p not in painted and self._due(p) <= now - PATIENCE]
        soon = [p for p in at_once if p not in painted and self._due(p) <= now + INTERVAL / 1000]
        # Before a panel that is soon to be painted the tick is kept free, but not for one that has waited for a tick.
        late = [p for p in asking if self._due(p) <= now - INTERVAL / 1000]
        for panel in painted + (asking[: room - len(soon)] or late[:1]):
            # Noted before drawing: a panel that fails must not take the turn of the others at every tick.
            self._shown[panel] = progress
            # Counted from when it was due, not from now: ticks are coarse, and waiting for the next one adds up.
            self._next[panel] = max(self._due(panel), now - PATIENCE) + 1 / panel.per_second
            panel.draw(progress)
            if time.perf_counter() - now > BUDGET:
                break

    def _due(self, panel: Panel) -> float:
        return self._next.get(panel, 0.0)

    def _room(self) -> int:
        """How many panels a tick has to paint for each to keep its rate, or nearly so."""
        return math.ceil(sum(p.per_second for p in self._seen) * INTERVAL / 1000 - NEARLY)

    def _paint(self) -> None:
        """Paint what has changed, in this turn: left to the event loop, it would have to win the turn from training.

        Only that: were everything sent that waits for the event loop, whoever posts again what he was sent would keep
        the window here for ever.
        """
        for scene in self._scenes:
            if isValid(scene):
                QCoreApplication.sendPostedEvents(scene, QEvent.Type.MetaCall.value)  # it tells its view what changed
        for window in {panel.window() for panel in self._seen if isValid(panel)}:
            QCoreApplication.removePostedEvents(window, QEvent.Type.UpdateRequest.value)
            QCoreApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))

    def _waiting(self) -> bool:
        """Some panel that can be seen has not yet drawn where the run stands."""
        progress = self._session.progress
        late = [p for p in self._panels if self._shown.get(p) is not progress]
        return progress is not None and any(p.follows() and p.is_seen() for p in late)
