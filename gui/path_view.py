"""The path of the network being trained, flattened onto its own two principal directions.

The directions are found anew at most once a second, in the picture thread. Between two findings new points are seen
along the same directions, so the path grows smoothly.
"""

import time

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from gui.curve_range import Numbers
from gui.export import Table
from gui.path_plot import PathPlot
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.theme import GRID
from model.trajectory import Directions, History, principal_directions

EVERY = 1.0  # s between two findings
NUMBERS_AT_ONCE = 1_000_000  # parameters projected in one draw; a long path of a large network takes several
Found = tuple[Directions | None, Numbers, Numbers]  # the directions, and steps (n,) and places (n, 2) seen along them


class PathView(QWidget):
    """The plot of the path, or what to do to get one."""

    def __init__(self, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("path view")
        self.plot = PathPlot()
        self.plot.export_rows = self.rows
        self.hint = QLabel(self.tr("Run a few steps, and the path of the network through its parameters appears here."))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.hint)
        self._pages.addWidget(self.plot)
        self._pictures = pictures
        self._run: Run | None = None
        self._progress: Progress | None = None
        self._directions: Directions | None = None
        self._steps, self._places = np.empty(0), np.empty((0, 2))
        self._asked_at = 0.0
        self._waiting = False
        self._found_of = 0  # the step at which the directions were last found
        # When the run has ended, nothing is drawn any more; the last finding must not be left out for coming too soon.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_again)

    def begin(self, run: Run) -> None:
        self._run, self._progress, self._directions = run, None, None
        self._waiting, self._found_of, self._asked_at = False, 0, 0.0
        self._later.stop()
        self._pictures.forget(self)
        self._steps, self._places = np.empty(0), np.empty((0, 2))
        self._pages.setCurrentWidget(self.hint)
        self.plot.show_path(self._steps, self._places)
        self.plot.view_all()

    def draw(self, progress: Progress) -> None:
        """Show the path up to `progress`; ask for new directions if it is time."""
        self._progress = progress
        self._ask(progress)
        if self._directions is not None:
            self._follow(progress.run.history)
            # Training may be further than what is shown: the path ends at `progress`.
            step, kept = progress.snapshot.step, progress.run.history
            before = int(np.searchsorted(self._steps, step))
            now = seen(self._directions, kept, progress.snapshot.parameters[None])
            self.plot.show_path(np.append(self._steps[:before], step), np.concatenate([self._places[:before], now]))

    def find_now(self, progress: Progress) -> None:
        """Find the directions here and now, for a picture of a view that was not looked at."""
        self._progress = progress
        self._take(progress, find(progress.run.history, self._directions))

    def rows(self) -> Table:
        """The drawn points."""
        steps, places = self.plot.steps.astype(int).tolist(), self.plot.points.tolist()
        rows = ((step, *place) for step, place in zip(steps, places, strict=True))
        return ("step", "direction_1", "direction_2"), rows

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()

    def _ask(self, progress: Progress) -> None:
        now, step = time.perf_counter(), progress.snapshot.step
        if self._waiting or step == self._found_of or len(progress.run.history.kept) < 2:
            return
        if now - self._asked_at < EVERY:
            if not self._later.isActive():
                self._later.start(int(1000 * (self._asked_at + EVERY - now)) + 1)
            return
        self._waiting, self._asked_at, self._found_of = True, now, step
        history, before = progress.run.history, self._directions
        self._pictures.request(self, lambda: find(history, before), lambda found: self._take(progress, found))

    def _draw_again(self) -> None:
        if self._progress is not None:
            self.draw(self._progress)

    def _take(self, progress: Progress, found: Found) -> None:
        if progress.run is not self._run:
            return
        self._waiting = False
        directions, self._steps, self._places = found
        if directions is not None:
            self._directions = directions
            self._pages.setCurrentWidget(self.plot)
            self.plot.name_axes(directions.shares)
            self._draw_again()

    def _follow(self, history: History) -> None:
        """See the points that came since along the same directions."""
        assert self._directions is not None
        last = self._steps[-1] if len(self._steps) else -1
        kept = [each for each in list(history.kept) if each[0] > last]
        if kept:
            kept = kept[: max(1, NUMBERS_AT_ONCE // len(kept[0][1]))]
            self._steps = np.append(self._steps, [step for step, _ in kept])
            points = np.array([point for _, point in kept])
            self._places = np.concatenate([self._places, seen(self._directions, history, points)])


def find(history: History, before: Directions | None) -> Found:
    """The principal directions of the whole history, and its points seen along them."""
    kept = list(history.kept)
    steps, points = np.array([step for step, _ in kept], float), np.array([point for _, point in kept], float)
    directions = principal_directions(points, before) if len(kept) > 1 else None
    places = np.empty((0, 2)) if directions is None else seen(directions, history, points)
    return directions, steps[: len(places)], places


def seen(directions: Directions, history: History, points: Numbers) -> Numbers:
    """Points (n, p) along the directions, (n, 2), measured from where the network began."""
    return (points - history.kept[0][1]) @ directions.axes.T
