"""A regression in many variables: each sample's prediction over its target. On the diagonal both are the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QCloseEvent, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.export import Table
from gui.output_views.output_view import OutputView
from gui.panel import Export
from gui.plot import Plot
from gui.run import Run
from gui.selection import INPUTS, Unit
from gui.theme import Theme, current_theme, theme_switch
from model.arrays import Vector
from model.pictures import Pictures

MARGIN = 0.08  # of the range of the targets, left free around them


@dataclass(frozen=True, eq=False)
class Said:
    """A number that the network (or a neuron) has for samples, over their targets."""

    unit: Unit | None
    part: str
    targets: Vector  # (n,)
    values: Vector  # (n,)


class RegressionView(OutputView):
    """For samples of any shape that have a number as their target."""

    one_part = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot(self.tr("Output"), self.tr("target"), self.tr("prediction"))
        self.plot.export_rows = self.export_rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.diagonal = self.plot.line(self.tr("prediction = target"), current_theme().muted)
        self.points = pg.ScatterPlotItem()
        self.points.setZValue(1)
        self.plot.addItem(self.points)
        self._run: Run | None = None
        self._pictures: Pictures | None = None
        self._part = "test"
        self._shown: Said | None = None
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, run: Run, pictures: Pictures) -> None:
        self._run, self._pictures, self._shown = run, pictures, None
        self.points.setData([], [])
        low, high = self._range()
        self.diagonal.draw([low, high], [low, high])
        self.plot.fit(low, high, low, high)
        self.plot.view_all()

    def show_parts(self, parts: tuple[str, ...]) -> None:
        if parts and parts[0] != self._part:
            self._part = parts[0]
            self.stale.emit()

    def title(self) -> str:
        return self.tr("Predictions over targets")

    def request(self, unit: Unit | None) -> Callable[[Vector], Any]:
        pictures, name = self._pictures, self._part
        assert pictures is not None
        if unit is None:
            part = getattr(pictures.parts, name)

            def predict(numbers: Vector) -> Said:
                found = pictures.predictions(numbers, part)
                return Said(
                    None, name, np.asarray(found.targets, float).reshape(-1), np.asarray(found.outputs).reshape(-1)
                )

            return predict

        def look(numbers: Vector) -> Said:
            train = pictures.parts.train
            targets = np.asarray(train.targets[: pictures.samples], float).reshape(-1)
            if unit.stage == INPUTS:
                values = train.inputs[: len(targets)].reshape(len(targets), -1)[:, unit.index]
            else:
                values = pictures.activations(numbers, unit.stage)[:, unit.index]
            return Said(unit, "train", targets[: len(values)], values)

        return look

    def accept(self, answer: Said) -> None:
        if answer.unit is None and answer.part != self._part:
            return
        other = self._shown is None or self._shown.unit != answer.unit
        self._shown = answer
        finite = np.isfinite(answer.values)
        self.points.setData(x=answer.targets[finite], y=answer.values[finite])
        if other:
            low, high = self._range()
            self.diagonal.setVisible(answer.unit is None)
            if answer.unit is None:
                self.plot.fit(low, high, low, high)
            elif finite.any():
                values = answer.values[finite]
                self.plot.fit(low, high, float(values.min()), float(values.max()), margin=MARGIN)
            self.plot.view_all()

    def set_animating(self, animating: bool) -> None:
        self.plot.set_animating(animating)

    def exports(self) -> list[Export]:
        return [(self.plot.accessibleName(), self.plot, self.export_rows)]

    def export_rows(self) -> Table:
        """A row for each sample shown: its target, and what the network says."""
        return ("target", "prediction"), self._rows()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.plot.close()  # pyqtgraph's menus have no parent that would take them along
        self.plot.deleteLater()
        super().closeEvent(event)

    def _rows(self) -> Iterable[Sequence[object]]:
        if self._shown is not None:
            yield from zip(self._shown.targets.tolist(), self._shown.values.tolist(), strict=True)

    def _range(self) -> tuple[float, float]:
        """From the smallest target of all parts to the largest, and a little beyond."""
        assert self._run is not None
        parts = self._run.parts
        targets = [each.targets for each in (parts.train, parts.validation, parts.test) if len(each.targets)]
        low, high = min(float(each.min()) for each in targets), max(float(each.max()) for each in targets)
        room = MARGIN * (high - low) or 1.0
        return low - room, high + room

    def _restyle(self, theme: Theme) -> None:
        self.diagonal.color = QColor(theme.muted)
        color = QColor(theme.positive)
        self.points.setPen(pg.mkPen(theme.panel, width=1))
        self.points.setBrush(pg.mkBrush(color))
        self.points.setSize(theme.marker)
        self.plot.restyle()
