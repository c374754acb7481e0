"""Activation functions and their slopes over z, and how the pre-activations of a layer are spread over the same z."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem, QWidget

from gui.export import Table
from gui.palette import CURVES, blend
from gui.plot import Plot
from gui.plot_line import Line
from gui.round_limit import steady
from gui.theme import current_theme
from gui.words import words
from model.arrays import Vector
from model.layers import ACTIVATIONS, Activation

POINTS = 401  # of a curve; odd, so that the kink at 0 is one of them
LOWEST, HIGHEST = -1.6, 3.1  # f beyond these is cut off (further out where z is): what happens near 0 matters
PALE = 0.35  # bars step back behind the curves
ROOM = 1.3  # the scale of the bars ends at least this many times above the highest bar

# The colours of named curves that nothing else in this plot has; each shows on the light and on the dark panel.
COLORS = tuple(dict.fromkeys(CURVES.values()))


def activation_color(kind: type[Activation]) -> QColor:
    """The colour of an activation in every theme."""
    return QColor(COLORS[ACTIVATIONS.index(kind) % len(COLORS)])


class ActivationPlot(Plot):
    """f solid, f' dashed; behind them bars for the share of the pre-activations."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._slopes: list[Line] = []
        self._shares: Vector = np.zeros(0)
        self._bars: pg.PlotCurveItem | None = None
        self._limit = 6.0
        self._tallest: float | None = None  # the share at the upper end of the scale of the bars
        self._functions: tuple[Activation, ...] = ()
        super().__init__("Activation functions", "z", "f(z), f′(z)", parent=parent)
        self.setAccessibleName(self.tr("Activation functions"))
        self._bars = pg.PlotCurveItem()
        self._bars.setZValue(-0.5)
        self.addItem(self._bars)
        self._scale = self.item.getAxis("right")
        self._scale.unlinkFromView()
        self._scale.setStyle(tickLength=0, maxTickLevel=0, autoReduceTextSpace=False)
        self.item.showAxis("right")
        self.view.sigRangeChanged.connect(self._draw_bars)
        self.restyle()

    def show_activations(self, shown: Sequence[Activation]) -> None:
        """Draw these functions and their slopes."""
        if tuple(shown) == self._functions and self.lines:
            return
        self._functions = tuple(shown)
        self._make_lines()
        self._draw_curves()

    def set_limit(self, limit: float) -> None:
        """Draw z from -limit to limit."""
        if limit != self._limit:
            self._limit = limit
            self._draw_curves()

    def set_shares(self, shares: Vector) -> None:
        """The share of the pre-activations in each of equal bins over [-limit, limit]."""
        if np.array_equal(shares, self._shares):
            return
        self._shares = shares
        tallest = float(shares.max()) if len(shares) else 0.0
        wanted = steady(self._tallest, min(0.5, tallest) * ROOM)
        if wanted != self._tallest:
            self._tallest = wanted
            self._scale.setRange(0, 100 * wanted)
        self._draw_bars()

    @property
    def limit(self) -> float:
        return self._limit

    def readout(self, x: float, y: float) -> str:
        said = super().readout(x, y)
        if len(self._shares) and abs(x) < self._limit:
            width = 2 * self._limit / len(self._shares)
            place = int((x + self._limit) / width)
            share = f"{100 * self._shares[min(place, len(self._shares) - 1)]:.3g}"
            left = -self._limit + place * width
            said += "\n" + self.tr("{share} % of z in {left} to {right}").format(
                share=share, left=f"{left:.3g}", right=f"{left + width:.3g}"
            )
        return said

    def export_rows(self) -> Table:
        """The curves' points, then the bars: their middle and their share."""
        return ("curve", "z", "value"), self._rows()

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is None or self._bars is None:
            return
        theme = current_theme()
        for line in self._slopes:
            self._dash(line)
        self._bars.setPen(self.pen(blend(theme.muted, theme.panel, PALE + 0.2), 1))
        self._bars.setBrush(blend(theme.muted, theme.panel, PALE))
        self._bars.setFillLevel(0)
        left = self.item.getAxis("left")
        self._scale.setPen(left.pen())
        self._scale.setTextPen(theme.muted)
        self._scale.setTickFont(left.style["tickFont"])
        self._scale.textWidth = 2 * theme.small
        style = {"color": theme.muted, "font-size": f"{theme.small}px"}
        self._scale.setLabel(self.tr("share of z (%)"), **style)
        self._draw_bars()

    def _make_lines(self) -> None:
        self.clear_lines()
        self._slopes = []
        for activation in self._functions:
            name, color = words(activation.label), activation_color(type(activation))
            self.line(self.tr("{name}: f").format(name=name), color)
            dashed = self.line(self.tr("f′ dashed"), color)
            self._slopes.append(dashed)
            self._dash(dashed)
        for line in self.lines:
            # Painted once and kept: only the bars move while the network learns.
            line.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def _draw_curves(self) -> None:
        """Fill the lines, two for each function: f and its slope."""
        z = np.linspace(-self._limit, self._limit, POINTS)
        lowest, highest = 0.0, 1.0
        for activation, line, dashed in zip(self._functions, self.lines[::2], self._slopes, strict=True):
            f, slope = activation.curve(z)
            line.draw(z, f)
            dashed.draw(z, slope)
            lowest, highest = min(lowest, f.min(), slope.min()), max(highest, f.max(), slope.max())
        self.show_extent(-self._limit, self._limit, max(lowest, LOWEST), min(highest, max(HIGHEST, self._limit / 3)))
        self._draw_bars()

    def _dash(self, line: Line) -> None:
        pen = pg.mkPen(line.opts["pen"])
        pen.setStyle(Qt.PenStyle.DashLine)
        line.setPen(pen)

    def _draw_bars(self, *_: object) -> None:
        """The bars stand on the lower edge of the view, whose height is the scale on the right."""
        if self._bars is None or self._tallest is None or not len(self._shares):
            return
        low, high = self.view.viewRange()[1]
        edges = np.linspace(-self._limit, self._limit, len(self._shares) + 1)
        self._bars.setFillLevel(low)
        heights = low + self._shares / self._tallest * (high - low)
        self._bars.setData(edges, heights, stepMode="center", skipFiniteCheck=True)

    def _rows(self) -> Iterable[Sequence[object]]:
        for line in self.lines:
            yield from ((line.label, z, y) for z, y in zip(line.x.tolist(), line.y.tolist(), strict=True))
        edges = np.linspace(-self._limit, self._limit, len(self._shares) + 1)
        middles = (edges[:-1] + edges[1:]) / 2
        yield from (("share of z", z, share) for z, share in zip(middles.tolist(), self._shares.tolist(), strict=True))
