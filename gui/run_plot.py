"""Curves over the steps of the run: what the plots of losses, accuracies and gradients have in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QCoreApplication, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.curve_range import Numbers
from gui.logarithmic_axis import simplify
from gui.plot import Plot
from gui.plot_line import Line
from gui.theme import current_theme

translate = QCoreApplication.translate

Curve = tuple[Numbers, Numbers]  # x and y, shape (n,) each

REACH = 24.0  # px above or below a point at which a click still means it

NOTHING: Curve = (np.empty(0), np.empty(0))


@dataclass(frozen=True, eq=False)
class OtherCurve:
    """The curve of a branch that is compared with the shown one."""

    number: int  # of the branch
    title: str
    color: QColor
    steps: Numbers  # (n,), from where the two parted
    values: Numbers  # (n,)


class RunPlot(Plot):
    """Curves of the run over its steps. What they say under the pointer are the data, wherever they are drawn."""

    log_changed = Signal(bool)
    point_chosen = Signal(str, int, float)  # a point was clicked on: its curve, by its name in `curves`, step and value

    def __init__(self, name: str, y_label: str, y_unit: str = "", parent: QWidget | None = None) -> None:
        self._mark = pg.InfiniteLine(angle=90, movable=False)  # before the plot, which styles it
        super().__init__(name, translate("RunPlot", "step"), y_label, y_unit=y_unit, parent=parent)
        self._mark.hide()
        self._mark.setZValue(5)
        self.view.addItem(self._mark, ignoreBounds=True)
        self.epochs: Callable[[int], int] | None = None  # whole epochs done after so many steps
        self.curves: dict[str, Line] = {}  # as drawn
        self.data: dict[str, Curve] = {}  # the same, as measured
        self.titles: dict[str, str] = {}  # what each is called
        self.others: dict[int, Line] = {}  # of the branches that are compared, by number
        self.compared: tuple[OtherCurve, ...] = ()  # the same, as measured
        self._inspected = -1  # the curve whose point the key chose last
        self._add_inspect_action()
        simplify(self.item.getAxis("left"))

    def set_curves(self, curves: dict[str, Line], titles: dict[str, str]) -> None:
        """Have these lines and say these names of them; nothing was measured yet."""
        self.curves, self.titles = curves, titles
        self.data = dict.fromkeys(curves, NOTHING)
        self.others, self.compared = {}, ()

    def show_others(self, curves: Sequence[OtherCurve]) -> None:
        """Have lines for these beside the run's own, thin and behind them; `draw_others` gives them their points."""
        wanted = {each.number: (each.title, each.color) for each in curves}
        if wanted != {number: (line.label, line.color) for number, line in self.others.items()}:
            for line in self.others.values():
                self.removeItem(line)
                self.lines.remove(line)
            self.others = {}
            for number, (title, color) in wanted.items():
                self.others[number] = self.line(title, color, width=1)
                self.others[number].setZValue(-0.2)
            self._legend.write(self.lines, current_theme())
        self.compared = tuple(curves)

    def draw_others(self, ceiling: float = np.inf) -> None:
        """Draw the compared branches, cut off at `ceiling`. The same points again cost nothing."""
        for each in self.compared:
            self.others[each.number].draw(each.steps, np.minimum(each.values, ceiling))

    def mark_step(self, step: int | None) -> None:
        """A vertical line at a step that was gone back to; None: there is none."""
        self._mark.setVisible(step is not None)
        if step is not None and self._mark.value() != step:
            self._mark.setValue(step)

    def restyle(self) -> None:
        super().restyle()
        if self.plotItem is not None:
            self._mark.setPen(self.pen(current_theme().accent, 1))

    def longest(self, steps: int) -> int:
        """How far to the right there is something: `steps` of the run itself, or more of a branch compared to it."""
        return max([steps, 1, *(int(each.steps[-1]) for each in self.compared if len(each.steps))])

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
        return "\n".join([*rows, *self._others_at(x, at)])

    def _others_at(self, x: float, at: float | None) -> list[str]:
        """What the compared branches have there, where they have anything; `at`: the step that was said last."""
        rows: list[str] = []
        for each in self.compared:
            if not len(each.steps) or not each.steps[0] <= x <= each.steps[-1]:
                continue
            place = nearest(each.steps, x)
            if each.steps[place] != at:  # its epochs may be longer or shorter than those of the run
                at = float(each.steps[place])
                rows.append(translate("RunPlot", "step {step:,}").format(step=int(at)))
            if np.isfinite(each.values[place]):
                rows.append(f"{each.title} {self.value_text(float(each.values[place]))}")
        return rows

    def point_at(self, where: QPointF) -> tuple[str, int, float] | None:
        """The measured point next to `where` in the scene, one of those that the readout says: curve, step, value."""
        at = self.view.mapSceneToView(where)
        found: list[tuple[float, tuple[str, int, float]]] = []
        for name, (steps, values) in self.data.items():
            if not len(steps):
                continue
            place = nearest(steps, at.x())
            step, value = float(steps[place]), float(values[place])
            if np.isfinite(value) and not (self.log and value <= 0):
                there = self.view.mapViewToScene(QPointF(step, np.log10(value) if self.log else value))
                found.append((abs(there.y() - where.y()), (name, int(step), value)))
        distance, point = min(found, default=(np.inf, None))
        return point if distance <= REACH else None

    def inspect(self) -> None:
        """Choose the newest point of a curve; asked again, that of the next curve."""
        names = [name for name, (steps, values) in self.data.items() if len(steps) and np.isfinite(values[-1])]
        if names:
            self._inspected = (self._inspected + 1) % len(names)
            steps, values = self.data[names[self._inspected]]
            self.point_chosen.emit(names[self._inspected], int(steps[-1]), float(values[-1]))

    def _clicked(self, event: MouseClickEvent) -> None:
        super()._clicked(event)
        where = event.scenePos()
        inside = self.view.sceneBoundingRect().contains(where)
        if event.button() == Qt.MouseButton.LeftButton and not event.double() and inside:
            point = self.point_at(where)
            if point is not None:
                self.point_chosen.emit(*point)

    def _add_inspect_action(self) -> None:
        action = QAction(translate("RunPlot", "Inspect the newest point"), self)
        action.setShortcut(QKeySequence("I"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(translate("RunPlot", "Show in the inspector what was measured last; again: the next curve"))
        action.triggered.connect(self.inspect)
        self.addAction(action)

    def place_text(self, step: int) -> str:
        if self.epochs is None:
            return translate("RunPlot", "step {step:,}").format(step=step)
        return translate("RunPlot", "step {step:,} (epoch {epoch:,})").format(step=step, epoch=self.epochs(step))

    def value_text(self, value: float) -> str:
        return f"{value:.4g}"


def nearest(rising: Numbers, x: float) -> int:
    """The place of the number closest to `x` in `rising` (n,), n > 0."""
    place = int(np.searchsorted(rising, x))
    if place == len(rising) or (place > 0 and x - rising[place - 1] < rising[place] - x):
        place -= 1
    return place
