"""The two handles of a neuron's line: one shifts it, the other is the tip of its weight vector."""

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, Signal

from gui.neuron_lab.figures import figure, pair
from gui.neuron_lab.handle import Handle
from gui.neuron_lab.plane import Plane
from model.hyperparameter import hyperparameters
from model.perceptron import Neuron, NeuronNumbers, Point
from model.perceptron.line import has_line, through, turned, visible_point

LIMITS = {each.name: each.maximum for each in hyperparameters(NeuronNumbers)}
PLACES = 2  # after the point: a drag leaves numbers that can be read


class LineHandles(QObject):
    """Drags of a line, proposed as another neuron (`moved`). `show` puts the handles where a neuron's line is."""

    moved = Signal(object)  # Neuron

    def __init__(self, plane: Plane, index: int, symbol: str, name: str, pivot: Point = (0.0, 0.0)) -> None:
        """`index`: of the line among the plane's; `symbol`: of the weights, w; `name`: of the neuron, or ""."""
        super().__init__(plane)
        self._plane, self._index, self._symbol = plane, index, symbol
        self._neuron = Neuron((0.0, 0.0), 0.0)
        self.pivot = pivot  # a point of the line: the arrow begins here
        self.shift = Handle(
            plane,
            self.tr("Line of {neuron}").format(neuron=name),
            self.tr(
                "Drag to shift the line: the bias changes, the weights stay. Arrow keys do it too (Shift: faster)."
            ),
        )
        self.turn = Handle(
            plane,
            self.tr("Weights of {neuron}").format(neuron=name),
            self.tr(
                "The tip of the weight vector. Drag to turn the line; the longer the vector, the faster the sum grows. "
                "Arrow keys do it too, with Shift faster."
            ),
        )
        self.shift.dragged.connect(self._shift)
        self.turn.dragged.connect(self._turn)
        plane.line_pressed.connect(self._take)
        plane.line_dragged.connect(self.shift.drag_to)
        plane.line_released.connect(self.shift.let_go)

    def show(self, neuron: Neuron) -> None:
        """Stand on the line of `neuron`."""
        self._neuron = neuron
        self.pivot = visible_point(neuron, self.pivot, self._plane.low, self._plane.high)
        w1, w2 = neuron.weights
        self.shift.place(self.pivot, self.tr("bias {bias}").format(bias=figure(neuron.bias)))
        tip = self.pivot[0] + w1, self.pivot[1] + w2
        self.turn.place(tip, f"{self._symbol} = {pair(neuron.weights)}")

    def _take(self, index: int, place: QPointF) -> None:
        if index == self._index:
            self.pivot = visible_point(
                self._neuron, self._plane.view.point_at(place), self._plane.low, self._plane.high
            )
            self.moved.emit(self._neuron)  # the handle comes to where the line was taken
            self.shift.grab_at(place)

    def _shift(self, x: float, y: float) -> None:
        self.pivot = (x, y)
        self._propose(through(self._neuron, self.pivot))

    def _turn(self, x: float, y: float) -> None:
        w1, w2 = turned(self._neuron, self.pivot, (x, y)).weights
        weights = _rounded(w1, "weight"), _rounded(w2, "weight")
        self._propose(through(replace(self._neuron, weights=weights), self.pivot))

    def _propose(self, neuron: Neuron) -> None:
        if not has_line(neuron):  # no line to go through anything
            neuron = replace(neuron, bias=self._neuron.bias)
        self.moved.emit(replace(neuron, bias=_rounded(neuron.bias, "bias")))


def _rounded(value: float, name: str) -> float:
    """To be read easily, and within what its editor allows."""
    limit = LIMITS[name]
    assert limit is not None
    return min(max(round(value, PLACES), -limit), limit) + 0.0  # never -0
