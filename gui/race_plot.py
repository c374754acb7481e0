"""A surface seen from above, with its contours and downhill arrows, and the paths of optimizers over it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.curve_range import Numbers
from gui.palette import blend
from gui.plot import Plot
from gui.plot_line import Line
from gui.theme import current_theme
from model.landscape import Race, Surface
from model.landscape.contours import contour_lines

translate = QCoreApplication.translate

MOST_POINTS = 1000  # of a path, the last ones; the race may go on for as long as it likes
FAR = 1e4  # a path that leaves for infinity is drawn up to here
MOST_DOTS = 60  # of a path: one for each of the last steps
CONTOURS = 9  # over the domain; at heights that make a bowl's lines stand evenly
AROUND = 2.5  # what is drawn of the surface, in widths of its domain: the view has another shape, and may be moved
FINE = 160  # squares of the contours' grid over that width
BEYOND = 0.4  # of the way from the start to the minimum
ARROWS = 8  # over the width of the domain
ROOM = 0.2  # around the race, as a share of its extent
HEAD = 0.3  # of an arrow's length


class RacePlot(Plot):
    """The plane of a surface; a click chooses a start."""

    start_chosen = Signal(float, float)

    def __init__(self, surface: Surface, parent: QWidget | None = None) -> None:
        self._contours, self._arrows = (pg.PlotCurveItem(connect="pairs", antialias=True) for _ in range(2))
        self._dots, self._start = pg.ScatterPlotItem(pxMode=True), pg.ScatterPlotItem(pxMode=True)
        self._named = False  # the legend is for exported pictures: on the screen the check boxes name the colours
        super().__init__(translate("RacePlot", "Race of optimizers"), "x", "y", parent=parent)
        self.surface = surface
        self.view.setAspectLocked(True)
        self.item.showGrid(x=False, y=False)
        for depth, item in enumerate((self._contours, self._arrows)):
            item.setZValue(depth - 10)
            self.view.addItem(item, ignoreBounds=True)
        self.addItem(self._dots)
        self.addItem(self._start)
        self.setCursor(Qt.CursorShape.CrossCursor)
        scene = self.scene()
        scene.sigMouseClicked.connect(self._choose)  # pyright: ignore[reportAttributeAccessIssue]
        self.restyle()

    def line(self, *arguments: Any, **keywords: Any) -> Line:
        made = super().line(*arguments, **keywords)
        self.restyle()
        return made

    def show_race(self, race: Race, lines: Sequence[Line]) -> None:
        """The paths so far, one line for each optimizer; hidden lines have no dots either."""
        places: list[Numbers] = []
        sizes: list[int] = []
        colors: list[QColor] = []
        small, large = current_theme().marker // 2, current_theme().marker + 1
        for line, path in zip(lines, race.paths, strict=True):
            seen = path[-MOST_POINTS:].clip(-FAR, FAR)
            line.draw(seen[:, 0], seen[:, 1])
            if line.isVisible():
                dots = seen[-MOST_DOTS:]
                places.append(dots)
                sizes += [small] * (len(dots) - 1) + [large]  # the last one is where the optimizer is now
                colors += [line.color] * len(dots)
        x, y = np.concatenate([*places, np.empty((0, 2))]).T
        self._dots.setData(x, y, size=sizes, brush=[pg.mkBrush(color) for color in colors], pen=None)
        self._start.setData([race.start[0]], [race.start[1]])
        self._fit_race(race)

    def _fit_race(self, race: Race) -> None:
        """The start, the minimum, and room to shoot past it: the frame stands still while they race."""
        start, minimum = np.array(race.start), np.array(self.surface.minimum)
        beyond = minimum + BEYOND * (minimum - start)
        across = minimum + (minimum - start) * (0, 1)  # the zigzag over the valley is as high as the start
        points = np.stack([start, minimum, beyond, across])
        low, high = points.min(axis=0), points.max(axis=0)
        room = ROOM * max(*(high - low), 1.0)
        self.fit(*(float(each) for each in (low[0] - room, high[0] + room, low[1] - room, high[1] + room)), margin=0)

    def readout(self, x: float, y: float) -> str:
        return translate("RacePlot", "x {x:.3g}, y {y:.3g}\nf(x, y) = {height:.4g}\nclick: start here").format(
            x=x, y=y, height=float(self.surface.value(x, y))
        )

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is None:
            return
        theme = current_theme()
        if not self._named:
            self._legend.write([], theme)
        self._contours.setPen(self.pen(blend(theme.muted, theme.panel, 0.4), 1))
        self._arrows.setPen(self.pen(blend(theme.muted, theme.panel, 0.7), 1))
        self._start.setPen(self.pen(theme.text, 2))
        self._start.setBrush(pg.mkBrush(theme.panel))
        self._start.setSize(theme.marker + 2)

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        self._named = True
        try:
            with super().exporting(scale):
                self.item.layout.activate()  # make room for the legend now, not at the next event
                yield
        finally:
            self._named = False
            self.restyle()
            self.item.layout.activate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._contours.xData is None or not len(self._contours.xData):
            self._draw_surface()

    def _choose(self, event: MouseClickEvent) -> None:
        place = event.scenePos()
        if event.button() == Qt.MouseButton.LeftButton and self.view.sceneBoundingRect().contains(place):
            point = self.view.mapSceneToView(place)
            self.start_chosen.emit(point.x(), point.y())

    def _draw_surface(self) -> None:
        """Once, at the first sight of it."""
        x, y = (stretched(interval, FINE + 1) for interval in self.surface.domain)
        for item, pieces in (
            (self._contours, contour_lines(self.surface, x, y, levels(self.surface))),
            (self._arrows, downhill_arrows(self.surface)),
        ):
            item.setData(*pieces.reshape(-1, 2).T)


def stretched(interval: tuple[float, float], count: int) -> Numbers:
    """`count` numbers over `interval` and its surroundings."""
    middle, half = (interval[0] + interval[1]) / 2, (interval[1] - interval[0]) / 2 * AROUND
    return np.linspace(middle - half, middle + half, count)


def levels(surface: Surface) -> Iterable[float]:
    """Heights of the contours: squares of equal steps, since a bowl's width grows as the root of its height."""
    x, y = (np.array(interval) for interval in surface.domain)
    corners = np.asarray(surface.value(x, y[:, None]))
    lowest = float(surface.value(*surface.minimum))
    return [lowest + (float(corners.max()) - lowest) * (i / CONTOURS) ** 2 for i in range(1, int(CONTOURS * AROUND))]


def downhill_arrows(surface: Surface) -> Numbers:
    """Arrows along the negative gradient on a grid, as straight pieces (n, 2 ends, 2 coordinates).

    The steepest is as long as the grid is wide, the others as the root of their steepness: flat ones still show.
    """
    (x_low, x_high), (y_low, y_high) = surface.domain
    step = (x_high - x_low) / ARROWS
    half = int(ARROWS * AROUND / 2)
    offsets = (np.arange(-half, half) + 0.5) * step
    x, y = (each.ravel() for each in np.meshgrid((x_low + x_high) / 2 + offsets, (y_low + y_high) / 2 + offsets))
    points, slopes = np.stack([x, y], axis=-1), -np.stack(surface.gradient(x, y), axis=-1)
    steepness = np.linalg.norm(slopes, axis=1)
    inside = (x_low <= x) & (x <= x_high) & (y_low <= y) & (y <= y_high)
    lengths = step * np.minimum(1, np.sqrt(steepness / steepness[inside].max()))[:, None]
    points, slopes, steepness, lengths = (each[steepness > 0] for each in (points, slopes, steepness, lengths))
    along = slopes / steepness[:, None] * lengths
    across = along[:, ::-1] * (-1, 1)
    tails, tips = points - along / 2, points + along / 2
    barbs = [tips - HEAD * along + side * HEAD / 2 * across for side in (1, -1)]
    return np.concatenate([np.stack([start, tips], axis=1) for start in (tails, *barbs)])


def dash(color: QColor) -> QIcon:
    """A short piece of the line in the plot."""
    picture = QPixmap(12, 4)
    picture.fill(color)
    return QIcon(picture)
