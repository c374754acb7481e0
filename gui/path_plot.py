"""The path of a network, seen along the two directions in which it moved most."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.curve_range import Numbers
from gui.palette import blend
from gui.plot import Plot
from gui.theme import current_theme, font

translate = QCoreApplication.translate

SHADES = 8  # pieces of the path, from pale (the start) to strong (now)
PALEST = 0.25
ROOM = 0.05  # beside the path, as a share of its extent


class PathPlot(Plot):
    """Points of the path in the order of their steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._pieces = [pg.PlotCurveItem(skipFiniteCheck=True) for _ in range(SHADES)]
        self._start, self._now = pg.ScatterPlotItem(pxMode=True), pg.ScatterPlotItem(pxMode=True)
        self._shares: tuple[float, float] | None = None
        self.steps: Numbers = np.empty(0)
        self.points: Numbers = np.empty((0, 2))
        super().__init__(translate("PathPlot", "Path of the network"), "", "", parent=parent)
        for item in (*self._pieces, self._start, self._now):
            self.addItem(item)
        self.show_path(self.steps, self.points)
        self.name_axes(None)

    def show_path(self, steps: Numbers, points: Numbers) -> None:
        """`steps` (n,) and `points` (n, 2), the last one being where the network is now."""
        self.steps, self.points = steps, points
        bounds = np.linspace(0, max(0, len(points) - 1), SHADES + 1).round().astype(int)
        for piece, first, last in zip(self._pieces, bounds[:-1], bounds[1:], strict=True):
            piece.setData(*points[first : last + 1].T, antialias=True)
        self._start.setData(*points[:1].T)
        self._now.setData(*points[-1:].T)
        if len(points):
            low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            # The axes of other plots end where the data end; a path wants some room on all sides.
            room = [ROOM * max(b - a, 1e-9) for a, b in zip(low, high, strict=True)]
            self.fit(low[0] - room[0], high[0] + room[0], low[1] - room[1], high[1] + room[1])

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
        """The step of the nearest point of the path, measured as the eye does: in shares of the picture."""
        if not len(self.points):
            return ""
        ranges = np.array(self.view.viewRange())
        offsets = (self.points - (x, y)) / (ranges[:, 1] - ranges[:, 0])
        place = int((offsets**2).sum(axis=1).argmin())
        return translate("PathPlot", "step {step:,}\n{x:.3g}, {y:.3g}").format(
            step=int(self.steps[place]), x=self.points[place, 0], y=self.points[place, 1]
        )

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is None:
            return
        theme = current_theme()
        width = None if not self._animating else 1
        for i, piece in enumerate(self._pieces):
            share = PALEST + (1 - PALEST) * i / (SHADES - 1)
            piece.setPen(self.pen(blend(theme.accent, theme.panel, share), width))
        for marker, fill, size in (
            (self._start, theme.panel, theme.marker + 2),
            (self._now, theme.accent, theme.marker + 3),
        ):
            marker.setPen(self.pen(theme.text, 1))
            marker.setBrush(pg.mkBrush(fill))
            marker.setSize(size)

    def set_animating(self, animating: bool) -> None:
        super().set_animating(animating)
        self.restyle()
