"""The path of a network, seen along the two directions in which it moved most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.curve_range import Numbers
from gui.palette import blend
from gui.plot import Plot
from gui.theme import current_theme, font

translate = QCoreApplication.translate

SHADES = 8  # pieces of the path, from pale (the start) to strong (now)
PALEST = 0.25
ROOM = 0.05  # beside the path, as a share of its extent
BESIDES = 20.0  # other paths are followed so many times the extent of the own one to each side, not further


@dataclass(frozen=True, eq=False)
class OtherPath:
    """The path of a branch that is compared, along the same two directions."""

    title: str
    color: QColor
    steps: Numbers  # (n,)
    points: Numbers  # (n, 2)


class PathPlot(Plot):
    """Points of the path in the order of their steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._pieces = [pg.PlotCurveItem(skipFiniteCheck=True) for _ in range(SHADES)]
        self._start, self._now = pg.ScatterPlotItem(pxMode=True), pg.ScatterPlotItem(pxMode=True)
        self._color: QColor | None = None  # of the path; None: the accent
        self.compared: tuple[OtherPath, ...] = ()
        self._shares: tuple[float, float] | None = None
        self.steps: Numbers = np.empty(0)
        self.points: Numbers = np.empty((0, 2))
        super().__init__(translate("PathPlot", "Path of the network"), "", "", parent=parent)
        for item in (*self._pieces, self._start, self._now):
            self.addItem(item)
        self.show_path(self.steps, self.points)
        self.name_axes(None)

    def show_path(self, steps: Numbers, points: Numbers, now: Numbers | None = None) -> None:
        """`steps` (n,) and `points` (n, 2); `now` (2,) is where the network is, the last point unless it went back."""
        self.steps, self.points = steps, points
        bounds = np.linspace(0, max(0, len(points) - 1), SHADES + 1).round().astype(int)
        for piece, first, last in zip(self._pieces, bounds[:-1], bounds[1:], strict=True):
            piece.setData(*points[first : last + 1].T, antialias=True)
        self._start.setData(*points[:1].T)
        self._now.setData(*(points[-1:] if now is None else now[None]).T)
        if len(points):
            low, high = (each.tolist() for each in self._extent())
            # The axes of other plots end where the data end; a path wants some room on all sides.
            room = [ROOM * max(b - a, 1e-9) for a, b in zip(low, high, strict=True)]
            self.fit(low[0] - room[0], high[0] + room[0], low[1] - room[1], high[1] + room[1])

    def show_others(self, paths: Sequence[OtherPath], color: QColor | None) -> None:
        """Have these paths beside the own one, which is drawn in `color`, that of its branch (None: in the accent)."""
        self.compared = tuple(paths)
        if [(each.title, each.color) for each in paths] != [(line.label, line.color) for line in self.lines]:
            self.clear_lines()
            for each in paths:
                self.line(each.title, each.color, width=1, along_x=False).setZValue(-0.2)
        for line, each in zip(self.lines, paths, strict=True):
            line.draw(*each.points.T)
        if color != self._color:
            self._color = color
            self.restyle()

    def _extent(self) -> tuple[Numbers, Numbers]:
        """The lowest and the highest place along each direction.

        A path that went very far away, of a run that diverged, must not shrink the own one to a point.
        """
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        most = BESIDES * (high - low)
        for each in self.compared:
            places = each.points[np.isfinite(each.points).all(axis=1)]
            if len(places):
                low = np.minimum(low, np.maximum(places.min(axis=0), self.points.min(axis=0) - most))
                high = np.maximum(high, np.minimum(places.max(axis=0), self.points.max(axis=0) + most))
        return low, high

    def name_axes(self, shares: tuple[float, float] | None) -> None:
        """Say how much of the movement each direction shows; in short where the axis is too short for it."""
        self._shares = shares
        lengths = {"bottom": 0.85 * self.width(), "left": 0.75 * self.height()}
        names = {side: self._axis_name(i, length) if shares else "" for i, (side, length) in enumerate(lengths.items())}
        if self._titles != names:
            self._titles = names
            self.restyle()

    def _axis_name(self, index: int, length: float) -> str:
        assert self._shares is not None
        share = f"{self._shares[index]:.0%}".replace("%", " %")
        long = translate("PathPlot", "principal direction {number} ({share} of the movement)")
        name = long.format(number=index + 1, share=share)
        if QFontMetricsF(font(current_theme().small)).horizontalAdvance(name) > length:
            name = translate("PathPlot", "direction {number} ({share})").format(number=index + 1, share=share)
        return name

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.plotItem is not None and self._shares is not None:
            self.name_axes(self._shares)

    def readout(self, x: float, y: float) -> str:
        """The step of the nearest point of all paths, measured as the eye does: in shares of the picture."""
        paths = [("", self.steps, self.points), *((each.title, each.steps, each.points) for each in self.compared)]
        places = np.concatenate([points for _, _, points in paths])
        if not len(self.points):
            return ""
        ranges = np.array(self.view.viewRange())
        offsets = (places - (x, y)) / (ranges[:, 1] - ranges[:, 0])
        place = int(np.nan_to_num((offsets**2).sum(axis=1), nan=np.inf).argmin())
        text = translate("PathPlot", "step {step:,}\n{x:.3g}, {y:.3g}").format(
            step=int(np.concatenate([steps for _, steps, _ in paths])[place]), x=places[place, 0], y=places[place, 1]
        )
        ends = np.cumsum([len(steps) for _, steps, _ in paths])
        title = paths[int(np.searchsorted(ends, place, side="right"))][0]
        return f"{title}\n{text}" if title else text

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is None:
            return
        theme = current_theme()
        color = self._color or theme.accent
        width = None if not self._animating else 1
        for i, piece in enumerate(self._pieces):
            share = PALEST + (1 - PALEST) * i / (SHADES - 1)
            piece.setPen(self.pen(blend(color, theme.panel, share), width))
        for marker, fill, size in (
            (self._start, theme.panel, theme.marker + 2),
            (self._now, color, theme.marker + 3),
        ):
            marker.setPen(self.pen(theme.text, 1))
            marker.setBrush(pg.mkBrush(fill))
            marker.setSize(size)

    def set_animating(self, animating: bool) -> None:
        super().set_animating(animating)
        self.restyle()
