"""The norm of each layer's gradient over the steps, on a logarithmic axis: where the layers part, it fades."""

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gui.curve_range import Numbers, logarithmic_range
from gui.palette import blend
from gui.plot_line import Line
from gui.run_plot import NOTHING, Curve, RunPlot, nearest
from gui.theme import current_theme

translate = QCoreApplication.translate

# From the first layer to the last: mid tones that can be read on the light and on the dark panel.
LAYERS = ("#8455e8", "#2f80c8", "#009494", "#6f8c00", "#c46f00")
MOST_NAMED = 6  # of more layers, only the first and the last have a name, a firm line and their single steps
BELOW = 2.0  # a gradient of zero has no place on a logarithmic axis: it is drawn so many times below the lowest
SPIKES = 0.005  # share of the points that may lie outside
SMOOTH = 50  # most points of the firm line; the single steps lie behind it, pale


class GradientPlot(RunPlot):
    """One curve a layer: the mean over neighbouring steps, and behind it, pale, every single one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.bands: dict[str, Line] = {}  # before the plot, which styles them
        super().__init__(
            translate("GradientPlot", "Gradient norms"), translate("GradientPlot", "gradient norm"), parent=parent
        )
        self.set_log(True)

    def show_layers(self, count: int) -> None:
        """Have lines for `count` layers, without points yet."""
        self.clear_lines()
        for band in self.bands.values():
            self.removeItem(band)
        self.bands = {}
        called = {str(i): translate("GradientPlot", "layer {number}").format(number=i + 1) for i in range(count)}
        lines: dict[str, Line] = {}
        for i, (key, title) in enumerate(called.items()):
            color, prominent = layer_color(i, count), count <= MOST_NAMED or i in (0, count - 1)
            if prominent:
                self.bands[key] = Line("", color, 1, pale=True, along_x=True)
                self.bands[key].set_log(self.log)
                self.bands[key].setZValue(-0.5)  # behind all firm lines, before the grid
                self.addItem(self.bands[key])
            # A dash without a name between the first and the last: the legend then is a scale of colours.
            lines[key] = self.line(title if prominent else "", color, width=None if prominent else 1)
        self.set_curves(lines, called)
        self.restyle()

    def show_run(self, x: Numbers, y: Numbers, steps: int) -> None:
        """Steps (layers, n) and norms (layers, n); `steps`: how far the run was trained."""
        low, high = logarithmic_range(y.ravel(), np.empty(0), SPIKES)
        floor = low / BELOW if self.log else 0.0
        # The drawn points are the lowest and the highest of a block, in pairs that a mean must not part.
        group = 2 * -(-x.shape[1] // (2 * SMOOTH)) if x.shape[1] > SMOOTH else 1
        for row, (key, line) in enumerate(self.curves.items()):
            self.data[key] = x[row], y[row]
            drawn = np.maximum(y[row], floor)
            line.draw(*means(x[row], drawn, group))
            if key in self.bands:
                self.bands[key].draw(*((x[row], drawn) if group > 1 else NOTHING))
        lowest = low if self.log and y.all() else floor
        self.fit(0, max(steps, 1), lowest, high)

    def set_log(self, log: bool) -> None:
        for band in self.bands.values():
            band.set_log(log)
        super().set_log(log)

    def restyle(self) -> None:
        super().restyle()
        for band in self.bands.values():
            band.setPen(self.pen(band.shade(current_theme()), 1))

    def readout(self, x: float, y: float) -> str:
        """The step nearest to the pointer, and every layer's norm there or at a drawn neighbour of it."""
        rows: list[str] = []
        for key, (steps, norms) in self.data.items():
            if len(steps):
                place = nearest(steps, x)
                rows = rows or [self.place_text(int(steps[place]))]
                rows.append(f"{self.titles[key]} {self.value_text(float(norms[place]))}")
        return "\n".join(rows)

    def value_text(self, value: float) -> str:
        return f"{value:.2g}"


def means(x: Numbers, y: Numbers, group: int) -> Curve:
    """The means of every `group` neighbours of x and y (n,), the last fewer.

    The plain mean and not the geometric one, whatever the axis: a batch whose samples happen to cancel each other has
    next to no gradient, and on a logarithmic axis a few of those would drag the curve down.
    """
    if group == 1:
        return x, y
    starts = np.arange(0, len(x), group)
    sizes = np.diff(np.append(starts, len(x)))
    return np.add.reduceat(x, starts) / sizes, np.add.reduceat(y, starts) / sizes


def layer_color(index: int, count: int) -> QColor:
    """The colour of layer `index` of `count`: equal steps along `LAYERS`, from its one end to the other."""
    place = (len(LAYERS) - 1) * index / max(1, count - 1)
    left = min(int(place), len(LAYERS) - 2)
    return blend(LAYERS[left + 1], LAYERS[left], place - left)
