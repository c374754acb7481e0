"""Curves over the steps of the run: what the plots of losses, accuracies and gradients have in common."""

import numpy as np
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from gui.curve_range import Numbers
from gui.logarithmic_axis import simplify
from gui.plot import Plot
from gui.plot_line import Line

translate = QCoreApplication.translate

Curve = tuple[Numbers, Numbers]  # x and y, shape (n,) each

NOTHING: Curve = (np.empty(0), np.empty(0))


class RunPlot(Plot):
    """Curves of the run over its steps. What they say under the pointer are the data, wherever they are drawn."""

    log_changed = Signal(bool)

    def __init__(self, name: str, y_label: str, y_unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, translate("RunPlot", "step"), y_label, y_unit=y_unit, parent=parent)
        self.steps_per_epoch = 1
        self.curves: dict[str, Line] = {}  # as drawn
        self.data: dict[str, Curve] = {}  # the same, as measured
        self.titles: dict[str, str] = {}  # what each is called
        simplify(self.item.getAxis("left"))

    def set_curves(self, curves: dict[str, Line], titles: dict[str, str]) -> None:
        """Have these lines and say these names of them; nothing was measured yet."""
        self.curves, self.titles = curves, titles
        self.data = dict.fromkeys(curves, NOTHING)

    def seen(self) -> tuple[float, float] | None:
        """The steps between which the person looks from nearer; None: at all of them."""
        if not self.held:
            return None
        (low, high), _ = self.view.viewRange()
        return float(low), float(high)

    def set_log(self, log: bool) -> None:
        super().set_log(log)
        # The few lines of a logarithmic axis may all be opaque, which a transparent one pays for dearly.
        self.item.getAxis("left").setStyle(tickAlpha=255 if log else None)
        self.log_changed.emit(log)

    def readout(self, x: float, y: float) -> str:
        """The step and epoch nearest to the pointer, and what was measured there; an evaluation may be further off."""
        rows: list[str] = []
        at: float | None = None
        for name, (steps, values) in self.data.items():
            if not len(steps):
                continue
            place = nearest(steps, x)
            if steps[place] != at:
                at = float(steps[place])
                rows.append(self.place_text(int(at)))
            if np.isfinite(values[place]):
                rows.append(f"{self.titles[name]} {self.value_text(float(values[place]))}")
        return "\n".join(rows)

    def place_text(self, step: int) -> str:
        return translate("RunPlot", "step {step:,} (epoch {epoch:,})").format(
            step=step, epoch=step // self.steps_per_epoch
        )

    def value_text(self, value: float) -> str:
        return f"{value:.4g}"


def nearest(rising: Numbers, x: float) -> int:
    """The place of the number closest to `x` in `rising` (n,), n > 0."""
    place = int(np.searchsorted(rising, x))
    if place == len(rising) or (place > 0 and x - rising[place - 1] < rising[place] - x):
        place -= 1
    return place
