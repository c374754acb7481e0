"""Two linear layers are one line; a function between them bends it."""

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.export import Table
from gui.neuron_lab.choice_row import ChoiceRow
from gui.neuron_lab.figures import added, factor, figure, pair
from gui.neuron_lab.input_handle import InputHandle
from gui.neuron_lab.lab_page import PlanePage, column_of, lattice
from gui.neuron_lab.line_handles import LineHandles
from gui.neuron_lab.neuron_fields import NeuronFields
from gui.neuron_lab.paragraph import Paragraph
from gui.neuron_lab.plane import Plane
from gui.neuron_lab.scene import Line, Region, Spot
from gui.neuron_lab.symbol import Symbol
from gui.panel import Export
from gui.theme import GRID
from gui.words import words
from model.perceptron import ACTIVATIONS, TWO_LINEAR_LAYERS, Neuron, Point
from model.perceptron.line import has_line

REACH = 2.5
FIRST_INPUT: Point = (1.0, -1.0)
PIVOTS = (-1.5, -1.0), (-0.5, 1.0)
BETWEEN = "identity", "tanh", "relu", "step"  # what may stand between the layers


class LinearPage(PlanePage):
    """The plane with the boundary of both layers, the weights, and the one neuron that they come to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.network, self.point = TWO_LINEAR_LAYERS, FIRST_INPUT
        self.plane = Plane(self.tr("Two layers in the plane"), -REACH, REACH)
        self.plane.grips, self.plane.has_key = (0, 1), True
        self.handles = tuple(LineHandles(self.plane, i, "w", name) for i, name in enumerate(("h₁", "h₂")))
        self.input = InputHandle(self.plane)
        self.activations = ChoiceRow(
            self.tr("Function between the layers"),
            [(key, words(ACTIVATIONS[key].label), words(ACTIVATIONS[key].meaning)) for key in BETWEEN],
        )
        self.numbers = (
            NeuronFields(("w₁", "w₂", "b"), "h₁"),
            NeuronFields(("w₁", "w₂", "b"), "h₂"),
            NeuronFields(("v₁", "v₂", "c"), "y"),
        )
        self.composite = Paragraph(self.tr("Both layers put together"), 4)
        self.check = Paragraph(self.tr("The input through both ways"), 3)
        self.verdict = Paragraph(self.tr("What the boundary is"), 3)
        self.plane.rows = self.rows
        self._build()
        self.activations.chosen.connect(lambda _: self._show())
        self.input.moved.connect(self._move_input)
        for which in range(3):
            self.numbers[which].edited.connect(lambda neuron, which=which: self._take(which, neuron))
        for which in range(2):
            self.handles[which].moved.connect(lambda neuron, which=which: self._take(which, neuron))
        self.reset()

    def reset(self) -> None:
        self.network, self.point = TWO_LINEAR_LAYERS, FIRST_INPUT
        self.activations.choose("identity")
        for handles, pivot in zip(self.handles, PIVOTS, strict=True):
            handles.pivot = pivot
        self._show()

    def exports(self) -> list[Export]:
        return [(self.plane.accessibleName(), self.plane, self.rows)]

    def rows(self) -> Table:
        """Both hidden outputs and the output over the plane, the input of the moment first."""
        points = np.array([self.point, *lattice(-REACH, REACH)])
        table = np.column_stack([points, self.network.hidden_outputs(points), self.network.outputs(points)])
        return ("x1", "x2", "h1", "h2", "y"), table.tolist()

    def _take(self, which: int, neuron: Neuron) -> None:
        self.network = self.network.with_neuron(which, neuron)
        self._show()

    def _move_input(self, point: Point) -> None:
        self.point = point
        self._show()

    def _show(self) -> None:
        network = self.network = self.network.with_activation(self.activations.key())
        straight = self.activations.key() == "identity"
        one = network.composite()
        for handles, neuron in zip(self.handles, network.hidden, strict=True):
            handles.show(neuron)
        for numbers, neuron in zip(self.numbers, (*network.hidden, network.output), strict=True):
            numbers.show_neuron(neuron)
        hidden = [
            Line(neuron, name, style="dashed", arrow=handles.pivot)
            for neuron, name, handles in zip(network.hidden, ("h₁", "h₂"), self.handles, strict=True)
        ]
        together = [Line(one, "y = 0")] if straight else [Line(one, style="pale")]
        answer = network.outputs(np.array([self.point])).item()
        self.plane.show_scene(
            Region(network.outputs, network, 0.0, 2.0, "y", boundary=not straight),
            [*hidden, *together],
            [Spot(self.point, name=f"x: y = {figure(answer)}")],
        )
        self.input.show_input(self.point, "y", answer)
        self.composite.setText(self._put_together(one))
        self.check.setText(self._both_ways(one, answer, straight))
        self.verdict.setText(self._meaning(one, straight))

    def _put_together(self, one: Neuron) -> str:
        """w' = W2 W1 and b' = W2 b1 + c, the numbers put in."""
        (first, second), (v1, v2) = self.network.hidden, self.network.output.weights
        rows = [self.tr("Put together: w′ = W₂W₁, b′ = W₂b + c")]
        for i, symbol in enumerate(("w′₁", "w′₂")):
            a, b = first.weights[i], second.weights[i]
            rows.append(f"{symbol} = {figure(v1)}·{factor(a)} + {factor(v2)}·{factor(b)} = {figure(one.weights[i])}")
        rows.append(
            f"b′ = {figure(v1)}·{factor(first.bias)} + {factor(v2)}·{factor(second.bias)} "
            f"{added(self.network.output.bias)} = {figure(one.bias)}"
        )
        return "\n".join(rows)

    def _both_ways(self, one: Neuron, answer: float, straight: bool) -> str:
        h = self.network.hidden_outputs(np.array([self.point]))[0].tolist()
        at_once = figure(one.sum(self.point))
        return "\n".join(
            (
                self.tr("At x = {x}").format(x=pair(self.point)),
                self.tr("layer by layer: h = {h}, y = {y}").format(h=pair(h), y=figure(answer)),
                self.tr("at once: w′·x + b′ = {y}: the same").format(y=at_once)
                if straight
                else self.tr("at once: w′·x + b′ = {y}: not the same any more").format(y=at_once),
            )
        )

    def _meaning(self, one: Neuron, straight: bool) -> str:
        w1, w2 = one.weights
        if straight and not has_line(one):
            return self.tr("The weights cancel: y is the same everywhere, and there is no line at all.")
        if straight:
            return self.tr(
                "Two linear layers are one neuron, y = {w1} x₁ {w2} x₂ {bias}: one straight line, however many layers."
            ).format(w1=figure(w1), w2=added(w2), bias=added(one.bias))
        return self.tr(
            "{function} between the layers bends the boundary: no single neuron does this. Pale: where the line of the "
            "linear layers is."
        ).format(function=words(ACTIVATIONS[self.activations.key()].label))

    def _build(self) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(GRID // 2)
        for name, numbers in zip(("h₁", "h₂", "y"), self.numbers, strict=True):
            row = QHBoxLayout()
            row.setSpacing(GRID)
            row.addWidget(Symbol(name, "h₂"))
            row.addWidget(numbers, 1)
            rows.addLayout(row)
        self.lay_out(self.plane, column_of(self.activations, rows, self.composite, self.check, self.verdict))
