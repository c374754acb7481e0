"""The loss over the steps: of every mini-batch, pale, and of whole parts of the data at the evaluations."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gui.curve_range import linear_range, logarithmic_range, with_others
from gui.palette import curve_color
from gui.run_plot import NOTHING, Curve, RunPlot
from gui.theme import current_theme
from model.record_curves import Evaluations

translate = QCoreApplication.translate

PARTS = ("train", "validation", "test")
EDGE = 1.04
BEYOND = 2.0  # curves are cut off this many heights above the picture: a loss of 1e300 is no place on a screen


def titles() -> dict[str, str]:
    """What the curves are called."""
    return {
        "batch": translate("LossPlot", "mini-batch"),
        "train": translate("LossPlot", "train"),
        "validation": translate("LossPlot", "validation"),
        "test": translate("LossPlot", "test"),
    }


def show_curves(plot: RunPlot, names: Sequence[str]) -> None:
    """Have lines for these curves, without points yet."""
    plot.clear_lines()
    called = titles()
    lines = {name: plot.line(called[name], curve_color(name), pale=name == "batch") for name in names}
    if "batch" in lines:
        lines["batch"].setZValue(-0.4)  # behind the branches that are compared, which are behind the means
    plot.set_curves(lines, called)


class LossPlot(RunPlot):
    """The loss, linear or logarithmic; where a run diverged, its last point is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._end = pg.ScatterPlotItem(symbol="x", pxMode=True)  # before the plot, which styles it
        super().__init__(translate("LossPlot", "Loss"), translate("LossPlot", "loss"), parent=parent)
        self._end.setZValue(10)
        self._end.hide()
        self.addItem(self._end)

    def show_run(self, batch: Curve, evaluations: Curve, steps: int, diverged: bool) -> None:
        """`batch`: steps and losses; `evaluations`: steps (6, n) and measures (6, n) in the order of MEASURES.

        `steps`: how far the run was trained.
        """
        for row, part in enumerate(PARTS):
            if part in self.curves:
                self.data[part] = evaluations[0][row], evaluations[1][row]
        self.data["batch"] = batch
        means = np.concatenate([self.data[part][1] for part in PARTS if part in self.data])
        others = np.concatenate([NOTHING[1], *(each.values for each in self.compared)])
        low, high = with_others((logarithmic_range if self.log else linear_range)(batch[1], means), others, self.log)
        ceiling = np.inf if self.log else high + BEYOND * (high - low)
        for name, line in self.curves.items():
            x, y = self.data[name]
            line.draw(x, np.minimum(y, ceiling))
        self.draw_others(ceiling)
        # A diverged run has gone back by one step; its record shows the last finite loss all the same.
        end = max([self.longest(steps), *batch[0][-1:].tolist()])
        self.fit(0, end * EDGE if diverged else end, low, high)  # the mark stands wholly inside
        self._mark_end(batch, diverged)

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is not None:
            theme = current_theme()
            self._end.setPen(self.pen(theme.warning, 2))
            self._end.setBrush(pg.mkBrush(theme.warning))
            self._end.setSize(theme.marker + 3)

    def _mark_end(self, batch: Curve, diverged: bool) -> None:
        marked = diverged and len(batch[0]) > 0
        self._end.setVisible(marked)
        if marked:
            x, y = float(batch[0][-1]), float(batch[1][-1])
            if self.log:
                y = math.log10(y) if y > 0 else -math.inf
            # Where it lies outside, it is marked at the edge that it has left.
            _, (bottom, top) = self.view.viewRange()
            room = 0.05 * (top - bottom)
            self._end.setData([x], [min(max(y, bottom + room), top - room)])


class AccuracyPlot(RunPlot):
    """The share of samples whose class is found, in per cent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("LossPlot", "Accuracy"), translate("LossPlot", "accuracy"), y_unit="%", parent=parent
        )

    def show_run(self, evaluations: Curve, steps: int) -> None:
        first = Evaluations.MEASURES.index("train_accuracy")
        for row, part in enumerate(PARTS, start=first):
            if part in self.curves:
                self.data[part] = evaluations[0][row], 100 * evaluations[1][row]
                self.curves[part].draw(*self.data[part])
        self.draw_others()
        self.fit(0, self.longest(steps), 0, 100, margin=0.04)

    def value_text(self, value: float) -> str:
        return f"{value:.1f} %"
