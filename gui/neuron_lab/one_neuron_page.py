"""One neuron: the line it draws, the point that is its input, and every number of t = f(w · x + b)."""

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QWidget

from gui.export import Table
from gui.neuron_lab.choice_row import ChoiceRow
from gui.neuron_lab.figures import added, factor, figure
from gui.neuron_lab.flow import Flow
from gui.neuron_lab.input_handle import InputHandle
from gui.neuron_lab.lab_page import PlanePage, column_of, lattice
from gui.neuron_lab.line_handles import LineHandles
from gui.neuron_lab.neuron_diagram import NeuronDiagram
from gui.neuron_lab.neuron_fields import Field
from gui.neuron_lab.paragraph import Paragraph
from gui.neuron_lab.plane import Plane
from gui.neuron_lab.scene import Line, Region, Spot
from gui.panel import Export
from gui.words import words
from model.perceptron import ACTIVATIONS, Neuron, Point
from model.perceptron.line import has_line

FIRST = Neuron((1.0, 0.5), -0.5, "step")
FIRST_INPUT: Point = (1.5, 1.0)
FORMULA = "t = f(w·x + b) = f(w₁x₁ + w₂x₂ + b)"
REACH = 2.5  # of the plane, and of the inputs' editors


class OneNeuronPage(PlanePage):
    """The plane with three handles (line, weights, input), the diagram, the editors."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.neuron, self.point = FIRST, FIRST_INPUT
        self.plane = Plane(self.tr("Plane of one neuron"), -REACH, REACH)
        self.plane.grips, self.plane.has_key = (0,), True
        self.handles = LineHandles(self.plane, 0, "w", self.tr("the neuron"))
        self.input = InputHandle(self.plane)
        self.diagram = NeuronDiagram()
        self.activations = ChoiceRow(
            self.tr("Activation function"),
            [(key, words(each.label), f"{each.formula}<br>{words(each.meaning)}") for key, each in ACTIVATIONS.items()],
        )
        self.fields = {
            name: Field(symbol, kind, slider=True)
            for name, symbol, kind in (
                ("x1", "x₁", "input"),
                ("w1", "w₁", "weight"),
                ("x2", "x₂", "input"),
                ("w2", "w₂", "weight"),
                ("b", "b", "bias"),
                ("theta", "θ", "threshold"),
            )
        }
        self.formula = Paragraph(self.tr("The neuron's formula with its numbers"), 3)
        self.reading = Paragraph(self.tr("What the neuron's line means"), 2)
        self.plane.rows = self.rows
        self._build()
        self.handles.moved.connect(self._take)
        self.input.moved.connect(self._move_input)
        self.activations.chosen.connect(lambda key: self._take(replace(self.neuron, activation=key)))
        for name, field in self.fields.items():
            field.edited.connect(lambda value, name=name: self._edit(name, value))
        self.reset()

    def reset(self) -> None:
        self.point = FIRST_INPUT
        self.handles.pivot = (0.0, 0.0)
        self.activations.choose(FIRST.activation)
        self._take(FIRST)

    def exports(self) -> list[Export]:
        return [
            (self.plane.accessibleName(), self.plane, self.rows),
            (self.diagram.accessibleName(), self.diagram, self.diagram.export_rows),
        ]

    def rows(self) -> Table:
        """The sum and the output over the plane, the input of the moment first."""
        points = np.array([self.point, *lattice(-REACH, REACH)])
        table = np.column_stack([points, self.neuron.sums(points), self.neuron.outputs(points)])
        return ("x1", "x2", "u", "t"), table.tolist()

    def _edit(self, name: str, value: float) -> None:
        w1, w2 = self.neuron.weights
        changed = {
            "w1": lambda: replace(self.neuron, weights=(value, w2)),
            "w2": lambda: replace(self.neuron, weights=(w1, value)),
            "b": lambda: replace(self.neuron, bias=value),
            "theta": lambda: self.neuron.with_threshold(value),
        }
        if name in changed:
            self._take(changed[name]())
        else:
            self.point = (value, self.point[1]) if name == "x1" else (self.point[0], value)
            self._show()

    def _move_input(self, point: Point) -> None:
        self.point = point
        self._show()

    def _take(self, neuron: Neuron) -> None:
        self.neuron = neuron
        self._show()

    def _show(self) -> None:
        neuron, how = self.neuron, self.neuron.function
        self.handles.show(neuron)
        t = neuron.output(self.point)
        self.plane.show_scene(
            Region(neuron.outputs, neuron, how.middle, how.spread),
            [Line(neuron, "w·x + b = 0", arrow=self.handles.pivot, arrow_name="w")],
            [Spot(self.point, name=f"x: t = {figure(t)}")],
        )
        self.input.show_input(self.point, "t", t)
        self.diagram.show_neuron(neuron, self.point)
        (w1, w2), (x1, x2) = neuron.weights, self.point
        shown = {"x1": x1, "x2": x2, "w1": w1, "w2": w2, "b": neuron.bias, "theta": neuron.threshold}
        for name, value in shown.items():
            self.fields[name].set_value(value)
        u = neuron.sum(self.point)
        self.formula.setText(
            f"{FORMULA}\n"
            f"  = f({figure(w1)}·{factor(x1)} + {factor(w2)}·{factor(x2)} {added(neuron.bias)})\n"
            f"  = f({figure(u)}) = {figure(t)}"
        )
        self.reading.setText(self._meaning(u))

    def _meaning(self, u: float) -> str:
        neuron = self.neuron
        if not has_line(neuron):
            return self.tr("Both weights are 0: the inputs do not count, and there is no line.")
        weighed = figure(neuron.weighted(np.array([self.point])).item())
        threshold = figure(neuron.threshold)
        if u > 0:
            text = self.tr(
                "w·x = {weighed} exceeds the threshold θ = −b = {threshold}: x lies on the side w points to."
            )
        else:
            text = self.tr("w·x = {weighed} does not exceed the threshold θ = −b = {threshold}.")
        return text.format(weighed=weighed, threshold=threshold)

    def _build(self) -> None:
        numbers = Flow(equal=True)
        for field in self.fields.values():
            numbers.addWidget(field)
        self.lay_out(self.plane, column_of(self.diagram, self.activations, numbers, self.formula, self.reading))
