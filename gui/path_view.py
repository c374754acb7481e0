"""The path of the network being trained, flattened onto its own two principal directions.

The directions are found anew at most once a second, in the picture thread. Between two findings new points are seen
along the same directions, so the path grows smoothly. Branches that are compared with the shown one are seen along its
directions, too.
"""

import time
from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from gui.branch_words import shortened
from gui.comparison import Comparison
from gui.curve_range import Numbers
from gui.export import Table
from gui.path_plot import OtherPath, PathPlot
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.theme import GRID, theme_switch
from model.branch import BranchView
from model.trajectory import Directions, History, principal_directions

EVERY = 1.0  # s between two findings
NUMBERS_AT_ONCE = 1_000_000  # parameters projected in one draw; a long path of a large network takes several
Seen = tuple[Numbers, Numbers]  # steps (n,) and places (n, 2) seen along the directions
Found = tuple[Directions | None, Seen, list[Seen]]  # the directions, the path along them, and those of other branches

NOTHING: Seen = (np.empty(0), np.empty((0, 2)))


class PathView(QWidget):
    """The plot of the path, or what to do to get one."""

    def __init__(self, pictures: PictureWorker, comparison: Comparison, parent: QWidget | None = None) -> None:
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
        self._comparison = comparison
        self._run: Run | None = None
        self._progress: Progress | None = None
        self._directions: Directions | None = None
        self._steps, self._places = np.empty(0), np.empty((0, 2))
        self._asked_at = 0.0
        self._found_of: tuple[object, ...] = ()  # the step at which the directions were last found, and for whom
        # When the run has ended, nothing is drawn any more; the last finding must not be left out for coming too soon.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_again)
        comparison.changed.connect(self._compare)
        theme_switch().changed.connect(self._compare)  # in large type names are shorter

    def begin(self, run: Run) -> None:
        self._run, self._progress, self._directions = run, None, None
        self._found_of, self._asked_at = (), 0.0
        self._later.stop()
        self._pictures.forget(self)
        self._steps, self._places = np.empty(0), np.empty((0, 2))
        self._pages.setCurrentWidget(self.hint)
        self.plot.show_others((), None)
        self.plot.show_path(self._steps, self._places)
        self.plot.view_all()

    def draw(self, progress: Progress) -> None:
        """Show the path up to `progress`; ask for new directions if it is time."""
        self._progress = progress
        self._ask(progress)
        if self._directions is not None:
            self._follow(progress.run.history)
            # Training may be further than what is shown: the path ends at `progress`, unless the person went back.
            step, kept = progress.snapshot.step, progress.run.history
            before = int(np.searchsorted(self._steps, step))
            now = seen(self._directions, kept, progress.snapshot.parameters[None])
            after = (
                int(np.searchsorted(self._steps, step, side="right")) if step < progress.furthest else len(self._steps)
            )
            places = np.concatenate([self._places[:before], now, self._places[after:]])
            self.plot.show_path(np.concatenate([self._steps[:before], [step], self._steps[after:]]), places, now[0])

    def find_now(self, progress: Progress) -> None:
        """Find the directions here and now, for a picture of a view that was not looked at."""
        self._progress = progress
        others = self._others(progress.run)
        found = find(progress.run.history, self._directions, [each.history for each in others])
        self._take(progress, others, found)

    def rows(self) -> Table:
        """The drawn points; where branches are compared, those of all of them, behind a column that names each."""
        own = self.plot.steps, self.plot.points
        header = ("step", "direction_1", "direction_2")
        if not self.plot.compared:
            return header, _rows(*own)
        named = [(self._comparison.title(self._comparison.shown), *own)]
        named += [(each.title, each.steps, each.points) for each in self.plot.compared]
        return ("branch", *header), ((name, *row) for name, *path in named for row in _rows(*path))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_again()  # other branches may be compared by now

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()

    def _ask(self, progress: Progress) -> None:
        now, others = time.perf_counter(), self._others(progress.run)
        wanted = (progress.snapshot.step, *((each.history, self._comparison.color(each.number)) for each in others))
        history, before = progress.run.history, self._directions
        if self._pictures.is_pending(self) or wanted == self._found_of or len(history.kept) < 2:
            return
        if now - self._asked_at < EVERY:
            if not self._later.isActive():
                self._later.start(int(1000 * (self._asked_at + EVERY - now)) + 1)
            return
        self._asked_at, self._found_of = now, wanted
        histories = [each.history for each in others]
        self._pictures.request(
            self, lambda: find(history, before, histories), lambda found: self._take(progress, others, found)
        )

    def _others(self, run: Run) -> list[BranchView]:
        """The branches whose parameters are the same ones."""
        return [each for each in self._comparison.others() if each.layout.entries == run.layout.entries]

    def _compare(self) -> None:
        """Other branches, or other names or colours: they are seen at once."""
        self._found_of, self._asked_at = (), 0.0
        if self.isVisible():
            self._draw_again()

    def _draw_again(self) -> None:
        if self._progress is not None and self._progress.run is self._run:
            self.draw(self._progress)

    def _take(self, progress: Progress, others: list[BranchView], found: Found) -> None:
        if progress.run is not self._run:
            self._later.start(0)  # the picture of a run that is over: that of this one waits until it is gone
            return
        directions, (self._steps, self._places), paths = found
        if directions is not None:
            self._directions = directions
            self._pages.setCurrentWidget(self.plot)
            self.plot.name_axes(directions.shares)
            self._show_others(others, paths)
            self._draw_again()

    def _show_others(self, others: list[BranchView], paths: list[Seen]) -> None:
        """Each from where it left the shown one, or the shown one left it."""
        comparison, drawn = self._comparison, list[OtherPath]()
        for view, (steps, places) in zip(others, paths, strict=True):
            color = comparison.color(view.number)
            if color is not None:  # else it was hidden meanwhile
                first = max(0, int(np.searchsorted(steps, comparison.parted(view), side="right")) - 1)
                title = shortened(comparison.title(view.number), len(others))
                drawn.append(OtherPath(title, color, steps[first:], places[first:]))
        self.plot.show_others(drawn, comparison.color(comparison.shown) if drawn else None)

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


def find(history: History, before: Directions | None, others: Sequence[History] = ()) -> Found:
    """The principal directions of the whole history, and its points and those of `others` seen along them."""
    kept = list(history.kept)
    points = np.array([point for _, point in kept], float)
    directions = principal_directions(points, before) if len(kept) > 1 else None
    if directions is None:
        return None, NOTHING, []
    steps = np.array([step for step, _ in kept], float)
    return directions, (steps, seen(directions, history, points)), [_path(directions, history, each) for each in others]


def seen(directions: Directions, history: History, points: Numbers) -> Numbers:
    """Points (n, p) along the directions, (n, 2), measured from where the network began."""
    return (points - history.kept[0][1]) @ directions.axes.T


def _path(directions: Directions, history: History, other: History) -> Seen:
    """Another branch's path. Point by point: together they may be as large as all of the history."""
    kept = list(other.kept)
    with np.errstate(over="ignore", invalid="ignore"):  # a branch that diverged
        places = [seen(directions, history, point[None])[0] for _, point in kept]
    return np.array([step for step, _ in kept], float), np.array(places).reshape(-1, 2)


def _rows(steps: Numbers, places: Numbers) -> Iterator[tuple[object, ...]]:
    for step, place in zip(steps.astype(int).tolist(), places.tolist(), strict=True):
        yield step, *place
