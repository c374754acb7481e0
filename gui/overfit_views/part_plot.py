"""Training and validation curves of several runs: thin and dashed what is learnt from, firm what is not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.curve_range import Numbers, linear_range, logarithmic_range, quantile
from gui.logarithmic_axis import simplify
from gui.palette import blend
from gui.plot import Plot
from gui.plot_line import Line
from gui.plot_range import Interval
from gui.run_plot import Curve, nearest
from gui.theme import Theme, current_theme

translate = QCoreApplication.translate

FADED = 0.3  # of its colour, while another run is looked at
EARLY = 0.05  # the share of the points that may lie below the picture: a run begins with next to nothing right
REACH = 16.0  # px above or below a curve at which the pointer still means it


@dataclass(frozen=True, eq=False)
class PartCurves:
    """One run: what was measured on its training and on its validation part."""

    name: str
    title: str
    color: QColor
    train: Curve  # steps and values, (n,) each
    validation: Curve


class PartLine(Line):
    """Dashed or firm; it fades while another run is looked at."""

    def __init__(self, title: str, color: QColor, dashed: bool) -> None:
        super().__init__(title, color, 1 if dashed else None, pale=False, along_x=True)
        self._dashed = dashed
        self.faded = False

    def shade(self, theme: Theme) -> QColor:
        return blend(self.color, theme.panel, FADED) if self.faded else self.color

    def restyle(self, theme: Theme, animating: bool, scale: float) -> None:
        super().restyle(theme, animating, scale)
        if self._dashed:
            pen = QPen(self.opts["pen"])
            pen.setDashPattern([4, 3])
            self.setPen(pen)


class PartPlot(Plot):
    """Accuracy in per cent, or the loss."""

    run_pointed = Signal(str)  # the name of the run whose curve is under the pointer; "": none

    def __init__(self, name: str, y_label: str, y_unit: str = "", parent: QWidget | None = None) -> None:
        self._runs: dict[str, PartCurves] = {}
        # Training and validation. Before the plot, which styles them.
        self._lines: dict[str, tuple[PartLine, PartLine]] = {}
        super().__init__(name, translate("PartPlot", "step"), y_label, y_unit=y_unit, parent=parent)
        simplify(self.item.getAxis("left"))
        self._highlighted = ""
        self._pointed = ""
        self._percent = y_unit == "%"
        self.setMinimumHeight(120)

    def show_runs(self, runs: Sequence[PartCurves]) -> None:
        """Draw these; the same points again cost nothing."""
        looks = [(each.name, each.title, each.color.name()) for each in runs]
        if looks != [(each.name, each.title, each.color.name()) for each in self._runs.values()]:
            self._make_lines(runs)
        self._runs = {each.name: each for each in runs}
        curves = [curve for each in runs for curve in (each.train, each.validation)]
        longest = max([1.0, *(float(steps[-1]) for steps, _ in curves if len(steps))])
        for each in runs:
            for line, curve in zip(self._lines[each.name], (each.train, each.validation), strict=True):
                line.draw(*curve)
        self.fit(0, longest, *self._range([values for _, values in curves]), margin=0.04)

    def highlight(self, name: str) -> None:
        """All runs but this one fade; "": none does."""
        if name not in self._lines:
            name = ""
        if name != self._highlighted:
            self._highlighted = name
            self._fade()

    def readout(self, x: float, y: float) -> str:
        """The step nearest to the pointer, and what was measured there: of the run that is looked at, else of all."""
        rows: list[str] = []
        for each in self._runs.values():
            steps = each.validation[0]
            if not len(steps) or self._highlighted not in ("", each.name):
                continue
            step = translate("PartPlot", "step {step:,}").format(step=int(steps[nearest(steps, x)]))
            if step not in rows:
                rows.append(step)
            text = translate("PartPlot", "{run}: train {train}, validation {validation}")
            train, validation = self._measured(each.train, x), self._measured(each.validation, x)
            rows.append(text.format(run=each.title, train=train, validation=validation))
        return "\n".join(rows)

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is not None:
            self._name_lines()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point(self.run_at(self.mapToScene(event.position().toPoint())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point("")

    def run_at(self, where: QPointF) -> str:
        """The run one of whose curves is next to `where` in the scene; "" where none is near."""
        at, found = self.view.mapSceneToView(where), list[tuple[float, str]]()
        if not self.view.sceneBoundingRect().contains(where):
            return ""
        for name, lines in self._lines.items():
            for line in lines:
                if len(line.x) and line.x[0] <= at.x() <= line.x[-1]:
                    shown = np.interp(at.x(), line.x, line.y)
                    if self.log:
                        shown = np.log10(shown) if shown > 0 else np.nan
                    distance = abs(self.view.mapViewToScene(QPointF(at.x(), float(shown))).y() - where.y())
                    if distance <= REACH:
                        found.append((distance, name))
        return min(found, default=(0.0, ""))[1]

    def _point(self, name: str) -> None:
        if name != self._pointed:
            self._pointed = name
            self.run_pointed.emit(name)

    def _measured(self, curve: Curve, x: float) -> str:
        value = float(curve[1][nearest(curve[0], x)])
        return f"{value:.1f} %" if self._percent else f"{value:.4g}"

    def _range(self, values: list[Numbers]) -> Interval:
        """Accuracies: from the lowest that counts to 100 %; losses: from 0."""
        numbers = np.concatenate([np.empty(0), *values])
        if not self._percent:
            return (logarithmic_range if self.log else linear_range)(np.empty(0), numbers)
        return (10.0 * (quantile(numbers, EARLY) // 10), 100.0) if len(numbers) else (0.0, 100.0)

    def _make_lines(self, runs: Sequence[PartCurves]) -> None:
        self.clear_lines()
        self._lines = {}
        for each in runs:
            pair = PartLine(each.title, each.color, dashed=True), PartLine(each.title, each.color, dashed=False)
            for line in pair:
                line.set_log(self.log)
                self.lines.append(line)
                self.addItem(line)
            self._lines[each.name] = pair
        self._highlighted = self._highlighted if self._highlighted in self._lines else ""
        self._fade()
        self._name_lines()

    def _fade(self) -> None:
        for name, pair in self._lines.items():
            for line in pair:
                line.faded = self._highlighted not in ("", name)
                line.setZValue(1 if self._highlighted == name else 0)
                line.restyle(current_theme(), self._animating, self._pen_scale)

    def _name_lines(self) -> None:
        """Each run once: its firm line."""
        self._legend.write([pair[1] for pair in self._lines.values()], current_theme())
