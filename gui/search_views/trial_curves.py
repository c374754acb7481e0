"""The learning curves of the best trials: validation loss over the steps."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gui.export import Table
from gui.palette import curve_color
from gui.plot import Plot
from gui.plot_line import Line
from gui.search_views.found import Found, title
from gui.theme import current_theme
from model.search.trial_record import TrialRecord

translate = QCoreApplication.translate

MOST = 20
MARGIN = 1.04  # of the steps: the last number beside the axis is written in full


class TrialCurves(Plot):
    """The best one in front, by name; nineteen behind it, pale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.others: list[Line] = []  # before the plot, which styles them
        name = translate("TrialCurves", "Learning curves of the best {count} trials").format(count=MOST)
        super().__init__(
            name, translate("TrialCurves", "step"), translate("TrialCurves", "validation loss"), parent=parent
        )
        self.shown: list[TrialRecord] = []
        self.front = self.line(translate("TrialCurves", "best trial"), curve_color("validation"))
        self.set_log(True)

    def show_found(self, found: Found | None) -> None:
        """The curves as far as they have come."""
        self.shown = best(found.trials) if found is not None else []
        while len(self.others) < len(self.shown) - 1:
            made = Line("", curve_color("validation"), 1, pale=True, along_x=True)
            made.set_log(self.log)
            made.setZValue(-0.5)
            self.others.append(made)
            self.addItem(made)
            made.setPen(self.pen(made.shade(current_theme()), 1))
        lines = [self.front, *self.others]
        for line, trial in zip(lines, self.shown, strict=False):
            line.draw(*points(trial))
        for line in lines[len(self.shown) :]:
            line.draw((), ())
        if found is not None and self.shown:
            every = np.concatenate([points(trial)[1] for trial in self.shown])
            finite = every[np.isfinite(every)]
            if len(finite):
                self.fit(0, MARGIN * found.spec.steps, float(finite.min()), float(finite.max()))

    def set_log(self, log: bool) -> None:
        for line in self.others:
            line.set_log(log)
        super().set_log(log)

    def restyle(self) -> None:
        super().restyle()
        for line in self.others:
            line.setPen(self.pen(line.shade(current_theme()), 1))

    def readout(self, x: float, y: float) -> str:
        """The curve nearest to the pointer: its trial, and its loss at the nearest evaluation."""
        found: list[tuple[float, TrialRecord, float, float]] = []
        for trial in self.shown:
            steps, losses = points(trial)
            if len(steps):
                at = int(np.abs(steps - x).argmin())
                distance = abs(math.log(losses[at] / y)) if y > 0 and losses[at] > 0 else abs(losses[at] - y)
                found.append((distance, trial, steps[at], losses[at]))
        if not found:
            return ""
        _, trial, step, loss = min(found, key=lambda each: each[0])
        text = translate("TrialCurves", "trial {number}\nstep {step:,.0f}\nvalidation loss {loss:.4g}")
        return text.format(number=title(trial), step=step, loss=loss)

    def export_rows(self) -> Table:
        """Every point of the curves that are shown."""
        rows = [(each.place + 1, step, loss) for each in self.shown for step, loss in sorted(each.curve.items())]
        return ("trial", "step", "validation_loss"), rows


def best(trials: Sequence[TrialRecord]) -> list[TrialRecord]:
    """The trials with the lowest validation loss where they stand now; those that ended early come last."""
    every = [each for each in trials if each.curve]
    return sorted(every, key=lambda each: (each.state == "pruned", each.curve[max(each.curve)]))[:MOST]


def points(trial: TrialRecord) -> tuple[np.ndarray, np.ndarray]:
    """Steps and losses."""
    steps = sorted(trial.curve)
    return np.array(steps, float), np.array([trial.curve[step] for step in steps], float)
