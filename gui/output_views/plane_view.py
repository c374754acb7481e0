"""The output over the plane: decision regions, or the fitted surface, and the points of the data on it."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.export import Table
from gui.live_label import LiveLabel
from gui.output_views.key import Key
from gui.output_views.map_colors import Map, painted
from gui.output_views.marks import PARTS, Marks
from gui.output_views.output_view import OutputView
from gui.output_views.paint_bar import PaintBar
from gui.output_views.plane_canvas import rows_of
from gui.output_views.plane_scores import PlaneScores
from gui.output_views.point_canvas import PointCanvas
from gui.output_views.point_painter import PointPainter
from gui.panel import Export
from gui.round_limit import steady
from gui.run import Run
from gui.selection import INPUTS, Unit
from gui.theme import GRID, current_theme
from gui.words import words
from model.arrays import Floats, Indices, Vector
from model.datasets import AnyDataset
from model.datasets.points import Points
from model.pictures import Pictures

RESOLUTION = 64  # pixels of the map along each axis; it is enlarged smoothly


class PlaneView(OutputView):
    """For data in two variables. While it is painted upon, its tools and their words take the place of the key."""

    painting_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = PointCanvas(self.tr("Output over the plane"), self._answer)
        self.key, self.scores = Key(), PlaneScores()
        self.scores.stale.connect(self.stale)
        self.bar = PaintBar()
        self.hint = LiveLabel(small=True, wrap_lines=2)
        self.hint.setAccessibleName(self.tr("What the tool does"))
        self.painter = PointPainter(self.canvas, self.bar, self)
        for say in (self.hint.setText, self.canvas.setAccessibleDescription):
            self.painter.said.connect(say)
        self.painter.ended.connect(lambda: self._show_painting(False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for each, stretch in ((self.bar, 0), (self.canvas, 1), (self.key, 0), (self.scores, 0), (self.hint, 0)):
            column.addWidget(each, stretch)
        self.bar.hide()
        self.hint.hide()
        self._run: Run | None = None
        self._pictures: Pictures | None = None
        self._parts: tuple[str, ...] = PARTS
        self._map: Map | None = None
        self._unit: Unit | None = None  # whose map is shown; None: the output's
        self._classes: tuple[str, ...] = ()
        self._drawn = ("", "", 0.0)  # the names of the axes, and how far they reach
        self._limits: dict[Unit, float] = {}  # of the colour scales of neurons; of the picture thread

    def begin(self, run: Run, pictures: Pictures) -> None:
        self._run, self._pictures = run, pictures
        dataset = run.experiment.data.dataset
        assert run.parts.plane is not None, "this view is for data in the plane"
        drawn = words(dataset.axis_names[0]), words(dataset.axis_names[1]), run.parts.plane[0][1]
        classes = tuple(words(name) for name in dataset.class_names)
        self._unit, self._limits = None, {}
        if not (self.painter.open and drawn == self._drawn and len(classes) == len(self._classes)):
            # While points are painted the picture of the moment before stays until the next: it would only flicker.
            self._map = None
            self.canvas.set_plane(drawn[:2], drawn[2])
            self.canvas.set_ranges((run.parts.plane[0], run.parts.plane[1]))
        if classes != self._classes or not self.painter.open:
            self.scores.begin(classes)
            self.scores.setVisible(bool(classes) and not self.painter.open)
        self._drawn, self._classes = drawn, classes
        if isinstance(dataset, Points):
            self.painter.take_parts(run.parts)
        self._set_marks()
        self._set_key(None, self._limit_of_output())

    def paint_points(self, dataset: AnyDataset, *, empty: bool = False) -> None:
        """Let the person set points: on those of `dataset`, or on an `empty` plane."""
        self._show_painting(True)
        self.painter.start(dataset, empty=empty)

    def show_parts(self, parts: tuple[str, ...]) -> None:
        self._parts = parts
        self.scores.show_parts(tuple(name for name in PARTS if name in parts))
        self._set_marks()

    def title(self) -> str:
        return self.tr("Decision regions") if self._classes else self.tr("Fitted surface")

    def request(self, unit: Unit | None) -> Callable[[Vector], Any]:
        pictures, size, theme = self._pictures, self.canvas.image_size(), current_theme()
        assert pictures is not None
        limit, limits, wanted = self._limit_of_output(), self._limits, self.scores.wanted
        part = getattr(pictures.parts, wanted) if wanted else None

        def compute(numbers: Vector) -> tuple[Unit | None, Map, QImage, str, Indices | None]:
            if unit is None:
                made = Map(pictures.output_map(numbers, RESOLUTION), limit, boundary=not pictures.regression)
            else:
                values = _unit_map(pictures, numbers, unit)
                limits[unit] = _unit_limit(pictures, unit, values, limits.get(unit))
                made = Map(values, limits[unit], boundary=False)
            counts = None if part is None else pictures.confusion(numbers, part).counts
            return unit, made, painted(made, size, theme), wanted, counts

        return compute

    def accept(self, answer: tuple[Unit | None, Map, QImage, str, Indices | None]) -> None:
        self._unit, self._map, image, part, counts = answer
        self.scores.take(part, counts)
        self._set_key(self._unit, self._map.limit)
        self.canvas.set_map(self._map, image)

    def exports(self) -> list[Export]:
        source = self.canvas if self.painter.open else self  # without the tools
        found: list[Export] = [(self.tr("Output"), source, self.export_rows)]
        if self.scores.wanted:
            found.append((self.scores.table.accessibleName(), self.scores.table, self.scores.table.export_rows))
        return found

    def export_rows(self) -> Table:
        """Both coordinates and the value, or the value of every class, at the middle of each pixel of the map."""
        several = self._map is not None and self._map.values.ndim == 3
        values = self._classes if several else (self.tr("output"),)
        return (*self._drawn[:2], *values), rows_of(self._map, self.canvas.point_at)

    def _limit_of_output(self) -> float:
        assert self._pictures is not None
        return _two_digits_up(self._pictures.value_limit) if self._pictures.regression else 1.0

    def _set_marks(self) -> None:
        if self._run is not None and not self.painter.open:
            parts, limit = self._run.parts, self._limit_of_output()
            classes = len(self._classes)
            self.canvas.set_marks([Marks.of(n, part, classes, limit) for n, part in parts.named() if n in self._parts])

    def _show_painting(self, painting: bool) -> None:
        self.bar.setVisible(painting)
        self.hint.setVisible(painting)
        self.key.setVisible(not painting)
        self.scores.setVisible(not painting and bool(self._classes))
        self._set_marks()
        self.painting_changed.emit(painting)

    def _set_key(self, unit: Unit | None, limit: float) -> None:
        if unit is None and len(self._classes) > 2:
            self.key.set_classes(self._classes)
        else:
            self.key.set_scale(limit, self._classes if unit is None else ())

    def _answer(self, row: int, column: int) -> str:
        """What the network, or the neuron shown, says about one pixel of the map."""
        assert self._map is not None
        values = self._map.values[row, column]
        if values.ndim:
            best = int(np.argmax(values))
            return f"{self._classes[best]} {values[best]:.3g}"
        said = self.tr("output {value}").format(value=f"{float(values):.3g}")
        if self._unit is None and len(self._classes) == 2 and np.isfinite(values):
            return f"{said}\n{self._classes[int(values > 0)]}"
        return said


def _two_digits_up(limit: float) -> float:
    unit = 10.0 ** (math.floor(math.log10(limit)) - 1)
    return math.ceil(limit / unit - 1e-9) * unit


def _unit_map(pictures: Pictures, numbers: Vector, unit: Unit) -> Floats:
    if unit.stage == INPUTS:
        return pictures.input_maps(RESOLUTION)[unit.index]
    return pictures.unit_maps(numbers, RESOLUTION)[unit.stage][unit.index]


def _unit_limit(pictures: Pictures, unit: Unit, values: Floats, shown: float | None) -> float:
    """The end of a neuron's colour scale: that of its activation where it has one, else a round number around it."""
    limit = None if unit.stage == INPUTS else pictures.activation(unit.stage).output_limit
    if limit is not None:
        return limit
    finite = values[np.isfinite(values)]
    return steady(shown, float(np.abs(finite).max()) if finite.size else 1.0)
