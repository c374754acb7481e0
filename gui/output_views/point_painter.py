"""Painting own points: the tools at work on a draft, each stroke one change of the experiment's data.

A stroke is painted at once, here; when it ends the whole draft is proposed, and the network goes on with it. What no
experiment can be (an empty plane) stays a draft until the next stroke.
"""

import random
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal

from gui.output_views.draft import Draft
from gui.output_views.marks import PARTS, Marks
from gui.output_views.paint_bar import ERASE, MOVE, PAINT, SET, PaintBar
from gui.output_views.point_canvas import Brush, PointCanvas
from gui.output_views.point_words import hint
from model.data import Parts
from model.datasets import AnyDataset
from model.datasets.points import NAMES, Point, Points

translate = QCoreApplication.translate

TAKES = 10  # px: so near a point must lie to be taken by Move, or by Delete
PUFF = 0.5  # of the brush's radius: Paint leaves points each time it has gone so far


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
        self._before: list[Point] | None = None  # the stroke: what there was when it began
        self._carried: int | None = None  # the point that Move has taken
        self._last = (0.0, 0.0)  # where Paint has left its last puff
        canvas.touched.connect(self._touch)
        canvas.dragged.connect(self._drag)
        canvas.lifted.connect(self._lift)
        canvas.pressed.connect(self._press)
        canvas.hovered.connect(self._hover)
        canvas.erased.connect(self._erase_at)
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
        self._canvas.set_open(True)
        self._canvas.setFocus()
        self._choose_tool(self._bar.tool())

    def stop(self) -> None:
        """End it. What could not be proposed is gone."""
        if self.open:
            self._abort()
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
            self._abort()
            self.draft = Draft.of(dataset)
            self.label = min(self.label, self.draft.classes - 1)
            self.show()

    def take_parts(self, parts: Parts) -> None:
        """How the points were shared out."""
        self._parts = {
            (x1, x2, int(label)): name
            for name in PARTS
            for (x1, x2), label in zip(
                getattr(parts, name).points.tolist(), getattr(parts, name).targets.tolist(), strict=True
            )
        }
        if self.open and self._before is None:
            self._show_marks()

    def refuse(self, reason: str) -> None:
        """What was proposed cannot be an experiment's data: it stays a draft."""
        self._known = self._agreed
        self._refused = reason

    def show(self) -> None:
        """Everything anew: the draft, the classes, the brush, the words."""
        self._bar.swatches.show_classes(self.draft.classes, self.label)
        self._show_marks()
        self._show_brush()
        self._say()

    # A stroke

    def _touch(self, x1: float, x2: float) -> None:
        self._before = list(self.draft.points)
        tool = self._bar.tool()
        if tool == SET:
            self._set([self.draft.add(x1, x2, self.label, self._canvas.reach)])
        elif tool == PAINT:
            self._puff(x1, x2)
        elif tool == MOVE:
            self._carried = self.draft.nearest((x1, x2), self._canvas.units(TAKES))
            self._show_brush(self._taken())
        else:
            self._erase(x1, x2)

    def _drag(self, x1: float, x2: float) -> None:
        if self._before is None:
            return
        tool = self._bar.tool()
        if tool == PAINT:
            self._paint_to(x1, x2)
        elif tool == MOVE and self._carried is not None:
            self.draft.move(self._carried, x1, x2, self._canvas.reach)
            self._show_marks()
            self._show_brush(self._taken())
        elif tool == ERASE:
            self._erase(x1, x2)

    def _lift(self) -> None:
        """The stroke ends: what it has done is one change."""
        before, self._before, self._carried = self._before, None, None
        if before is None:
            return
        after = self.draft.points
        if after != before:
            self._refused = ""
            self._propose(self._words(len(after) - len(before)))
        self._show_marks()
        self._show_brush()
        self._say()

    def _press(self, x1: float, x2: float) -> None:
        """A key instead of the button: Move takes a point, and lets it go at the next press."""
        if self._bar.tool() != MOVE:
            self._touch(x1, x2)
            self._lift()
        elif self._carried is None:
            self._touch(x1, x2)
        else:
            self._lift()

    def _hover(self, x1: float, x2: float) -> None:
        if self._carried is not None:
            self._drag(x1, x2)
        elif self._bar.tool() == MOVE:
            found = self.draft.nearest((x1, x2), self._canvas.units(TAKES))
            self._show_brush(self.draft.points[found][:2] if found is not None else None)

    def _erase_at(self, x1: float, x2: float) -> None:
        """Delete: what Erase would take; with another tool the point that is nearest."""
        self._abort()
        self._before = list(self.draft.points)
        if self._bar.tool() in (PAINT, ERASE):
            self._erase(x1, x2)
        else:
            found = self.draft.nearest((x1, x2), self._canvas.units(TAKES))
            if found is not None:
                del self.draft.points[found]
                self._show_marks()
        self._lift()

    def _abort(self) -> None:
        """Forget the stroke that has begun."""
        if self._before is not None:
            self.draft.points, self._before, self._carried = self._before, None, None
            self._show_marks()

    def _paint_to(self, x1: float, x2: float) -> None:
        """A puff each time the brush has gone far enough: how fast it goes makes no difference."""
        step = PUFF * self._bar.radius(self._canvas.reach)
        way = float(np.hypot(x1 - self._last[0], x2 - self._last[1]))
        for _ in range(int(way / step)):
            share = step / way
            way -= step
            self._puff(self._last[0] + share * (x1 - self._last[0]), self._last[1] + share * (x2 - self._last[1]))

    def _puff(self, x1: float, x2: float) -> None:
        self._last = x1, x2
        radius, reach = self._bar.radius(self._canvas.reach), self._canvas.reach
        self._set(self.draft.spray(self._chance, (x1, x2), radius, self._bar.density(), self.label, reach))

    def _set(self, points: list[Point] | list[Point | None]) -> None:
        for point in points:
            if point is not None:
                self._canvas.add_mark(point[0], point[1], self.label, self.draft.classes)
        if self.draft.full:
            self._say()

    def _erase(self, x1: float, x2: float) -> None:
        if self.draft.erase((x1, x2), self._bar.radius(self._canvas.reach)):
            self._show_marks()

    def _propose(self, words_for_undo: str) -> None:
        if self.draft.points:
            self._agreed, self._known = self._known, self.draft.made()
            self.proposed.emit(self._known, words_for_undo)

    def _words(self, more: int) -> str:
        name = NAMES[self.label]
        if more == 1:
            return translate("PointPainter", "set a point of class {name}").format(name=name)
        if more > 1:
            text = translate("PointPainter", "paint %n points of class {name}", None, more)
            return text.format(name=name)
        if more == -1:
            return translate("PointPainter", "erase a point")
        if more < -1:
            return translate("PointPainter", "erase %n points", None, -more)
        return translate("PointPainter", "move a point")

    # The tools

    def _choose_tool(self, name: str) -> None:
        self._abort()
        self._bar.set_tool(name)
        self.show()

    def _choose_class(self, label: int) -> None:
        """A swatch or a number key; it is to be set, so Move and Erase give way to Set."""
        if label < self.draft.classes:
            self.label = label
            if self._bar.tool() in (MOVE, ERASE):
                self._abort()
                self._bar.set_tool(SET)
            self._canvas.setFocus()
            self.show()

    def _add_class(self) -> None:
        if self.draft.add_class():
            self._choose_class(self.draft.classes - 1)

    def _clear(self) -> None:
        self._abort()
        self.draft = Draft()
        self.label = 0
        self._choose_tool(SET if self._bar.tool() in (MOVE, ERASE) else self._bar.tool())

    def _taken(self) -> tuple[float, float] | None:
        return self.draft.points[self._carried][:2] if self._carried is not None else None

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
        tool, label = self._bar.tool(), self.label if self._bar.tool() == SET else None
        radius = self._bar.radius(self._canvas.reach) if tool in (PAINT, ERASE) else 0.0
        if tool == MOVE and at is not None:
            radius = self._canvas.units(TAKES)
        self._canvas.set_brush(Brush(radius, label, self.draft.classes), at)

    def _say(self) -> None:
        self.said.emit(self._refused or hint(self._bar.tool(), self.label, self.draft))
