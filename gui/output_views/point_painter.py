"""Painting own points: the tools at work on a draft, each stroke one change of the experiment's data.

A stroke is painted at once, here; when it ends the whole draft is proposed, and the network goes on with it. What no
experiment can be (an empty plane) stays a draft until the next stroke.
"""

import random
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, Signal

from gui.output_views.draft import Draft
from gui.output_views.marks import PARTS, Marks
from gui.output_views.paint_bar import ERASE, MOVE, PAINT, SET, PaintBar
from gui.output_views.point_canvas import Brush, PointCanvas
from gui.output_views.point_words import hint, words_for_undo
from gui.output_views.stroke import Stroke, Touch
from model.data import Parts
from model.datasets import AnyDataset
from model.datasets.points import Point, Points

TAKES = 10  # px: so near a point must lie to be taken by Move, or by Delete


class PointPainter(QObject):
    """Turns touches of the canvas into proposals."""

    proposed = Signal(object, str)  # Points, and words for undo
    said = Signal(str)  # what the tool does, and what there is so far
    ended = Signal()

    def __init__(self, canvas: PointCanvas, bar: PaintBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = Draft()
        self.label = 0  # the class that is set
        self._canvas, self._bar = canvas, bar
        self._known: AnyDataset | None = None  # the data of the experiment, or what was proposed in their place
        self._agreed: AnyDataset | None = None  # what they were before that
        self._parts: Mapping[Point, str] = {}  # to which part of the data a point belongs, where that is known
        self._refused = ""  # why the last proposal was not taken
        self._chance = random.Random()
        self._stroke: Stroke | None = None
        canvas.touched.connect(self._touch)
        canvas.dragged.connect(self._drag)
        canvas.lifted.connect(self._lift)
        canvas.pressed.connect(self._press)
        canvas.hovered.connect(self._hover)
        canvas.erased.connect(self._erase)
        canvas.class_wanted.connect(self._choose_class)
        canvas.left.connect(self.stop)
        bar.tool_chosen.connect(self._choose_tool)
        bar.class_chosen.connect(self._choose_class)
        bar.class_added.connect(self._add_class)
        bar.brush_changed.connect(self._show_brush)
        bar.cleared.connect(self._clear)
        bar.ended.connect(self.stop)

    @property
    def open(self) -> bool:
        return self._canvas.open

    def start(self, dataset: AnyDataset, *, empty: bool = False) -> None:
        """Begin to paint on own points; `empty`: on none, and `dataset` stays until the first is set."""
        self._known = dataset
        self.draft = Draft() if empty or not isinstance(dataset, Points) else Draft.of(dataset)
        self.label = min(self.label, self.draft.classes - 1)
        self._refused = ""
        self._canvas.set_open(True)
        self._canvas.setFocus()
        self._choose_tool(self._bar.tool())

    def stop(self) -> None:
        """End it. What could not be proposed is gone."""
        if self.open:
            self._give_up()
            self._canvas.set_open(False)
            self.ended.emit()

    def take(self, dataset: AnyDataset) -> None:
        """The experiment has these data now, by whatever way: an own stroke, undo, another branch, the gallery."""
        if not self.open or dataset == self._known:
            return
        self._known = dataset
        if not isinstance(dataset, Points):
            self.stop()
        elif dataset.points != tuple(self.draft.points) or dataset.classes > self.draft.classes:
            self._give_up()
            self.draft = Draft.of(dataset)
            self.label = min(self.label, self.draft.classes - 1)
            self._refused = ""
            self._show()

    def take_parts(self, parts: Parts) -> None:
        """How the points were shared out."""
        self._parts = {
            (x1, x2, label): name
            for name in PARTS
            for (x1, x2), label in zip(
                getattr(parts, name).points.tolist(), getattr(parts, name).targets.tolist(), strict=True
            )
        }
        if self.open and self._stroke is None:
            self._show_marks()

    def refuse(self, reason: str) -> None:
        """What was proposed cannot be an experiment's data: it stays a draft."""
        self._known = self._agreed
        self._refused = reason

    # A stroke

    def _touch(self, x1: float, x2: float) -> None:
        self._stroke = self._new_stroke()
        self._stroke.begin((x1, x2))
        self._show_stroke(self._stroke)

    def _drag(self, x1: float, x2: float) -> None:
        if self._stroke is not None:
            self._stroke.go((x1, x2))
            self._show_stroke(self._stroke)

    def _lift(self) -> None:
        """The stroke ends: what it has done is one change."""
        stroke, self._stroke = self._stroke, None
        if stroke is None:
            return
        more = stroke.outcome()
        if more is not None:
            self._refused = ""
            if self.draft.points:
                self._agreed, self._known = self._known, self.draft.made()
                self.proposed.emit(self._known, words_for_undo(more, self.label))
        self._show()

    def _press(self, x1: float, x2: float) -> None:
        """A key instead of the button: Move takes a point, and lets it go at the next press."""
        carrying = self._stroke is not None
        if not carrying:
            self._touch(x1, x2)
        if carrying or self._stroke is None or self._stroke.carried is None:
            self._lift()

    def _hover(self, x1: float, x2: float) -> None:
        if self._stroke is not None:
            self._drag(x1, x2)
        elif self._bar.tool() == MOVE:
            found = self.draft.nearest((x1, x2), self._canvas.units(TAKES))
            self._show_brush(self.draft.points[found][:2] if found is not None else None)

    def _erase(self, x1: float, x2: float) -> None:
        """Delete, whatever the tool."""
        self._give_up()
        self._stroke = self._new_stroke()
        self._stroke.erase((x1, x2))
        self._lift()

    def _new_stroke(self) -> Stroke:
        reach, brush = self._canvas.reach, self._bar.tool() in (PAINT, ERASE)
        radius = self._bar.radius(reach) if brush else 0.0
        takes = self._canvas.units(TAKES)
        touch = Touch(self._bar.tool(), self.label, radius, self._bar.density(), takes, reach)
        return Stroke(self.draft, touch, self._chance)

    def _give_up(self) -> None:
        """Forget the stroke that has begun."""
        if self._stroke is not None:
            self._stroke.give_up()
            self._stroke = None
            self._show_marks()

    # The tools

    def _choose_tool(self, name: str) -> None:
        self._give_up()
        self._bar.set_tool(name)
        self._show()

    def _choose_class(self, label: int) -> None:
        """A swatch or a number key; it is to be set, so Move and Erase give way to Set."""
        if label < self.draft.classes:
            self.label = label
            if self._bar.tool() in (MOVE, ERASE):
                self._give_up()
                self._bar.set_tool(SET)
            self._canvas.setFocus()
            self._show()

    def _add_class(self) -> None:
        if self.draft.add_class():
            self._choose_class(self.draft.classes - 1)

    def _clear(self) -> None:
        self._give_up()
        self.draft = Draft()
        self.label = 0
        self._choose_tool(SET if self._bar.tool() in (MOVE, ERASE) else self._bar.tool())

    # What is seen

    def _show(self) -> None:
        """Everything anew: the draft, the classes, the brush, the words."""
        self._bar.swatches.show_classes(self.draft.classes, self.label)
        self._show_marks()
        self._show_brush()
        self.said.emit(self._refused or hint(self._bar.tool(), self.label, self.draft))

    def _show_stroke(self, stroke: Stroke) -> None:
        """What a stroke has just done: the points that it has set are put over those that there are."""
        for x1, x2, label in stroke.set_now:
            self._canvas.add_mark(x1, x2, label, self.draft.classes)
        if stroke.changed:
            self._show_marks()
        if stroke.carried is not None:
            self._show_brush(stroke.carried_at())

    def _show_marks(self) -> None:
        """The draft on the canvas, each point as the part to which it belongs; a new one as one for training."""
        found: dict[str, list[Point]] = {name: [] for name in PARTS}
        for point in self.draft.points:
            found[self._parts.get(point, "train")].append(point)
        self._canvas.set_marks(
            [
                Marks(name, np.array([p[:2] for p in each]), np.array([p[2] for p in each]), self.draft.classes, 1.0)
                for name, each in found.items()
                if each
            ]
        )

    def _show_brush(self, at: tuple[float, float] | None = None) -> None:
        tool = self._bar.tool()
        radius = self._bar.radius(self._canvas.reach) if tool in (PAINT, ERASE) else 0.0
        if tool == MOVE and at is not None:
            radius = self._canvas.units(TAKES)
        self._canvas.set_brush(Brush(radius, self.label if tool == SET else None, self.draft.classes), at)
