"""The output along a line: the fitted curve of a regression in one variable, and the points of the data."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush, QCloseEvent, QColor, QPen
from PySide6.QtWidgets import QGraphicsItem, QVBoxLayout, QWidget

from gui.export import Table
from gui.output_views.marks import MOST, PARTS
from gui.output_views.output_view import OutputView
from gui.palette import blend
from gui.panel import Export
from gui.plot import Plot
from gui.round_limit import steady
from gui.run import Run
from gui.selection import INPUTS, Unit
from gui.theme import Theme, current_theme, theme_switch
from model.arrays import Vector
from model.pictures import Pictures

RESOLUTION = 300  # points of the curve
ROOM = 0.3  # of the targets' range, left free above and below them


class CurveView(OutputView):
    """For data in one variable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = Plot(self.tr("Output"), "x", self.tr("output"))
        self.plot.export_rows = self.export_rows  # points and curve together
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.points = pg.ScatterPlotItem()
        # Painted once and kept: only the curve moves while the network learns.
        self.points.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.plot.addItem(self.points)
        self.curve = self.plot.line(self.tr("output"), current_theme().text)
        self.curve.setZValue(1)
        self._run: Run | None = None
        self._pictures: Pictures | None = None
        self._parts: tuple[str, ...] = PARTS
        self._unit: Unit | None = None
        self._limit: float | None = None  # of the scale of the neuron shown
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def begin(self, run: Run, pictures: Pictures) -> None:
        self._run, self._pictures = run, pictures
        self._unit = None
        self.curve.draw([], [])
        self._fit_targets()
        self.plot.view_all()
        self._show_points()

    def show_parts(self, parts: tuple[str, ...]) -> None:
        self._parts = parts
        self._show_points()

    def title(self) -> str:
        return self.tr("Fitted curve")

    def request(self, unit: Unit | None) -> Callable[[Vector], Any]:
        pictures = self._pictures
        assert pictures is not None

        def compute(numbers: Vector) -> tuple[Unit | None, Vector, Vector]:
            if unit is None:
                return unit, *pictures.output_curve(numbers, RESOLUTION)
            points = pictures.grid(RESOLUTION)
            if unit.stage == INPUTS:
                return unit, points[:, 0], pictures.parts.to_inputs(points)[:, unit.index]
            return unit, points[:, 0], pictures.unit_curves(numbers, RESOLUTION)[unit.stage][unit.index]

        return compute

    def accept(self, answer: tuple[Unit | None, Vector, Vector]) -> None:
        unit, x, y = answer
        other = unit != self._unit
        if other:
            self._unit, self._limit = unit, None
            self._show_points()
        self.curve.draw(x, np.where(np.isfinite(y), y, np.nan))
        if unit is None:
            self._fit_targets()
        else:
            finite = np.abs(y[np.isfinite(y)])
            self._limit = steady(self._limit, float(finite.max()) if finite.size else 1.0)
            self.plot.fit(float(x[0]), float(x[-1]), -self._limit, self._limit)
        if other:
            self.plot.view_all()

    def set_animating(self, animating: bool) -> None:
        self.plot.set_animating(animating)

    def exports(self) -> list[Export]:
        return [(self.plot.accessibleName(), self.plot, self.export_rows)]

    def export_rows(self) -> Table:
        """The curve's points and the data's, a row each."""
        return ("part", "x", "y"), self._rows()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.plot.close()  # pyqtgraph's menus have no parent that would take them along
        self.plot.deleteLater()  # and closing has taken it out of its parent
        super().closeEvent(event)

    def _rows(self) -> Iterable[Sequence[object]]:
        yield from (("network", x, y) for x, y in zip(self.curve.x.tolist(), self.curve.y.tolist(), strict=True))
        if self._run is not None:
            for name, part in self._run.parts.named():
                for point, target in zip(part.points[:, 0].tolist(), part.targets.reshape(-1).tolist(), strict=True):
                    yield name, point, target

    def _fit_targets(self) -> None:
        """The range of the targets decides: a curve that runs away shall not flatten the points."""
        assert self._run is not None and self._run.parts.plane is not None
        targets = np.concatenate([part.targets.reshape(-1) for _, part in self._run.parts.named()])
        low, high = self._run.parts.plane[0]
        self.plot.fit(low, high, float(targets.min()), float(targets.max()), margin=ROOM)

    def _show_points(self) -> None:
        """The points of the chosen parts; none under the curve of a neuron, whose outputs are no targets."""
        assert self._run is not None
        theme = current_theme()
        shown = [(n, part) for n, part in self._run.parts.named() if self._unit is None and n in self._parts]
        x = [part.points[:MOST, 0] for _, part in shown]
        y = [np.asarray(part.targets[:MOST], float).reshape(-1) for _, part in shown]
        looks = [_look(name, theme) for name, _ in shown]
        counts = [len(each) for each in x]
        self.points.setData(
            x=np.concatenate([*x, []]),
            y=np.concatenate([*y, []]),
            size=theme.marker,
            symbol="o",
            pen=[pen for (pen, _), n in zip(looks, counts, strict=True) for _ in range(n)],
            brush=[brush for (_, brush), n in zip(looks, counts, strict=True) for _ in range(n)],
        )

    def _restyle(self, theme: Theme) -> None:
        self.curve.color = QColor(theme.text)
        self.plot.restyle()
        if self._run is not None:
            self._show_points()


def _look(part: str, theme: Theme) -> tuple[QPen, QBrush]:
    """Training points are filled, test points hollow, validation points in between."""
    color = QColor(theme.positive)
    fill = {"train": color, "validation": blend(color, theme.panel, 0.4), "test": QColor(theme.panel)}[part]
    return pg.mkPen(theme.panel if part == "train" else color, width=1.5), pg.mkBrush(fill)
