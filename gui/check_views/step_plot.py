"""The error of central differences against the difference step h: a V, and where on it the chosen step lies."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gui.export import Table
from gui.logarithmic_axis import simplify
from gui.number_editor import as_text
from gui.plot import Plot
from gui.theme import GRID, current_theme
from model.arrays import Floats
from model.difference_steps import STEPS, medians
from model.gradient_check import GradientCheck

translate = QCoreApplication.translate

COLOR = QColor("#009494")  # a mid tone: it can be read on the light and on the dark panel
LOWEST, HIGHEST = 1e-12, 10.0  # relative errors in view at least
X = np.log10(STEPS)[::-1]  # from the left to the right
REACH = float(X[0]) - 0.4, float(X[-1]) + 0.4  # a mark at either end is seen
NOTHING = np.zeros((len(STEPS), 0))


class StepPlot(Plot):
    """Pale lines for single parameters, a firm one for their median; both axes are logarithmic."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("StepPlot", "Error of differences by step"),
            translate("StepPlot", "difference step h"),
            translate("StepPlot", "relative error"),
            parent=parent,
        )
        self.setMinimumWidth(16 * GRID)
        self.errors, self._names = NOTHING, ()
        for side in ("bottom", "left"):
            simplify(self.item.getAxis(side))
        self.item.getAxis("bottom").setLogMode(True)
        self.item.getAxis("bottom").setStyle(tickAlpha=255)
        self.single = self.line(translate("StepPlot", "single parameters"), COLOR, pale=True, along_x=False)
        self.median = self.line(translate("StepPlot", "median"), COLOR)
        self.usual = self.line("", COLOR, width=1, along_x=False)
        self.chosen = self.line("", COLOR, width=1, along_x=False)
        self.limit = self.line(translate("StepPlot", "tolerance"), COLOR, width=1, along_x=False)
        self.set_log(True)
        self.mark(GradientCheck())
        self.show_extent(*REACH, LOWEST, HIGHEST, margin=0)

    def show_errors(self, errors: Floats, names: tuple[str, ...]) -> None:
        """Errors (steps, parameters) at each of STEPS, and what the parameters are called in files."""
        self.errors, self._names = errors, names
        gap = np.full((1, errors.shape[1]), np.nan)
        rising = np.concatenate([errors[::-1], gap])  # one line for all, lifted between two parameters
        self.single.draw(np.tile(np.append(X, np.nan), errors.shape[1]), rising.T.ravel())
        self.median.draw(X, medians(errors)[::-1])
        positive = errors[np.isfinite(errors) & (errors > 0)]
        low, high = (positive.min(), positive.max()) if positive.size else (LOWEST, HIGHEST)
        self.show_extent(*REACH, min(float(low), LOWEST), max(float(high), HIGHEST), margin=0)
        self._draw_marks()

    def mark(self, settings: GradientCheck) -> None:
        """Where the chosen step and the tolerance are."""
        self._settings = settings
        self.chosen.label = translate("StepPlot", "h = {step}").format(step=as_text(settings.step))
        default = GradientCheck().step
        self.usual.label = translate("StepPlot", "usual h = {step}").format(step=as_text(default))
        self.usual.setVisible(settings.step != default)
        self._draw_marks()
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(32 * GRID, 0)  # as high as what it stands in lets it

    def readout(self, x: float, y: float) -> str:
        """The step nearest to the pointer, and the errors there."""
        row = int(np.argmin(np.abs(np.log10(STEPS) - x)))
        errors = self.errors[row][np.isfinite(self.errors[row])]
        rows = [translate("StepPlot", "h = {step}").format(step=as_text(STEPS[row]))]
        if errors.size:
            rows.append(translate("StepPlot", "median error {error:.1e}").format(error=float(np.median(errors))))
            text = translate("StepPlot", "from {low:.1e} to {high:.1e}")
            rows.append(text.format(low=float(errors.min()), high=float(errors.max())))
        return "\n".join(rows)

    def export_rows(self) -> Table:
        """One row a step: the median and every parameter."""
        middle = medians(self.errors).tolist()
        rows = ((h, m, *errors) for h, m, errors in zip(STEPS, middle, self.errors.tolist(), strict=True))
        return ("h", "median", *self._names), rows

    def restyle(self) -> None:
        if self.plotItem is None or not hasattr(self, "limit"):  # closed, or not yet made
            super().restyle()
            return
        theme = current_theme()
        self.chosen.color, self.usual.color = QColor(theme.text), QColor(theme.muted)
        self.limit.color = QColor(theme.warning)
        super().restyle()
        for each in (self.usual, self.limit):
            pen = each.opts["pen"]
            pen.setStyle(Qt.PenStyle.DashLine)
            each.setPen(pen)
        self._legend.write([each for each in self.lines if each.isVisible()], theme)

    def _draw_marks(self) -> None:
        low, high = (10.0**each for each in self.view.viewRange()[1])
        for each, step in ((self.chosen, self._settings.step), (self.usual, GradientCheck().step)):
            each.draw([math.log10(step)] * 2, [low, high])
        self.limit.draw(REACH, [self._settings.tolerance] * 2)
