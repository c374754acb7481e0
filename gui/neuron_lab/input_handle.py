"""The handle of the input: a point that stays inside the plane, with numbers that can be read."""

from PySide6.QtCore import Signal

from gui.neuron_lab.figures import figure, pair
from gui.neuron_lab.handle import Handle
from gui.neuron_lab.line_handles import PLACES
from gui.neuron_lab.plane import Plane
from model.perceptron import Point


class InputHandle(Handle):
    """Proposes another input (`moved`)."""

    moved = Signal(object)  # Point

    def __init__(self, plane: Plane) -> None:
        super().__init__(
            plane,
            self.tr("Input x"),
            self.tr("The input, a point of the plane. Drag it, or use the arrow keys, with Shift faster."),
            open_ring=True,
        )
        self.dragged.connect(self._propose)

    def show_input(self, point: Point, symbol: str, answer: float) -> None:
        """Stand at `point`, where the output `symbol` is `answer`."""
        self.place(point, f"x = {pair(point)}, {symbol} = {figure(answer)}")

    def _propose(self, x1: float, x2: float) -> None:
        low, high = self._plane.low, self._plane.high
        self.moved.emit(tuple(round(min(max(x, low), high), PLACES) + 0.0 for x in (x1, x2)))  # never -0
