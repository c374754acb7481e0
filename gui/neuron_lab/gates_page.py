"""Gates: which of the four rows a neuron answers right, and why no weights answer all four of XOR."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from gui.export import Table
from gui.neuron_lab.choice_row import ChoiceRow
from gui.neuron_lab.figures import added, factor, figure
from gui.neuron_lab.lab_page import PlanePage, column_of
from gui.neuron_lab.line_handles import LineHandles
from gui.neuron_lab.neuron_fields import Field, NeuronFields
from gui.neuron_lab.paragraph import Paragraph
from gui.neuron_lab.plane import Plane
from gui.neuron_lab.scene import Line, Region, Spot
from gui.neuron_lab.truth_table import RIGHT, WRONG, TruthTable
from gui.panel import Export
from gui.words import words
from model.perceptron import GATES, Neuron, Row, pair_sums, truth_table

SUMS = ("b", "w₂ + b", "w₁ + b", "w₁ + w₂ + b")  # w · x + b of the four rows
LOW, HIGH = -0.5, 1.5
PIVOT = (0.5, 0.5)  # the handles begin in the middle of the plane


class GatesPage(PlanePage):
    """The plane with the four corners, and the truth table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plane = Plane(self.tr("Gate in the plane"), LOW, HIGH)
        self.plane.grips, self.plane.has_key = (0,), True
        self.handles = LineHandles(self.plane, 0, "w", self.tr("the neuron"), PIVOT)
        self.gates = ChoiceRow(
            self.tr("Gate"), [(key, words(each.label), words(each.meaning)) for key, each in GATES.items()]
        )
        self.neuron = GATES["AND"].neuron
        self.numbers, self.threshold = NeuronFields(("w₁", "w₂", "b")), Field("θ", "threshold")
        titles = ("x₁", "x₂", self.tr("target"), self.tr("sum"), self.tr("must be"), self.tr("output"))
        self.table = TruthTable(self.tr("Truth table"), titles, 4)
        self.meaning = Paragraph(self.tr("What the gate says"), 1)
        self.verdict = Paragraph(self.tr("How many rows are right"), 2)
        self.reason = Paragraph(self.tr("Why XOR fails"), 6)
        self.plane.rows = self.rows
        self._build()
        self.gates.chosen.connect(self._choose)
        self.handles.moved.connect(self._take)
        self.numbers.edited.connect(self._take)
        self.threshold.edited.connect(lambda value: self._take(self.neuron.with_threshold(value)))
        self.reset()

    def reset(self) -> None:
        self.gates.choose("AND")
        self._choose("AND")

    def exports(self) -> list[Export]:
        return [(self.plane.accessibleName(), self.plane, self.rows)]

    def rows(self) -> Table:
        """The truth table with the sums in full."""
        rows = self._rows()
        return ("x1", "x2", "target", "sum", "output"), [(*row.x, row.target, row.sum, row.output) for row in rows]

    def _rows(self) -> tuple[Row, ...]:
        return truth_table(self.neuron, GATES[self.gates.key()].targets)

    def _choose(self, gate: str) -> None:
        self.meaning.setText(words(GATES[gate].meaning))
        self.handles.pivot = PIVOT
        self._take(GATES[gate].neuron)

    def _take(self, neuron: Neuron) -> None:
        self.neuron = neuron
        self.handles.show(neuron)
        self.numbers.show_neuron(neuron)
        self.threshold.set_value(neuron.threshold)
        rows = self._rows()
        step = replace(neuron, activation="step")
        self.plane.show_scene(
            Region(step.outputs, step, 0.5, 0.5),
            [Line(neuron, arrow=self.handles.pivot, arrow_name="w")],
            [Spot(row.x, row.target, wrong=not row.right) for row in rows],
        )
        self.table.show_rows([self._texts(row, SUMS[place]) for place, row in enumerate(rows)])
        self._say(rows)

    def _texts(self, row: Row, formula: str) -> tuple[str, ...]:
        x1, x2 = map(figure, row.x)
        demand = "> 0" if row.target else "≤ 0"
        mark = RIGHT if row.right else WRONG
        return x1, x2, str(row.target), f"{formula} = {figure(row.sum)}", demand, f"{row.output}  {mark}"

    def _say(self, rows: tuple[Row, ...]) -> None:
        right, gate = sum(row.right for row in rows), self.gates.key()
        text = self.tr("{right} of 4 rows are right.").format(right=right)
        if gate == "XOR":
            text += " " + self.tr("Try it: move the line. More than 3 will not be right.")
            self.reason.setText(self._contradiction())
        else:
            if right == 4:
                text += " " + self.tr("This neuron is {gate}.").format(gate=gate)
            else:
                text += " " + self.tr("Move the line until the marks have the colour of their side.")
            self.reason.setText("")
        self.verdict.setText(text)

    def _contradiction(self) -> str:
        """The four demands added up two by two, with the numbers of the moment."""
        middle, outer = pair_sums(self.neuron)
        w1, w2 = self.neuron.weights
        numbers = f"{figure(w1)} {added(w2)} + 2·{factor(self.neuron.bias)}"
        fails = self.tr("this one fails")
        holds = self.tr("this one holds")
        return "\n".join(
            (
                self.tr("Why: add the sums of two rows at a time."),
                self.tr("Middle rows: w₁ + w₂ + 2b = {numbers} = {sum}, must be > 0: {verdict}").format(
                    numbers=numbers, sum=figure(middle), verdict=holds if middle > 0 else fails
                ),
                self.tr("Outer rows: w₁ + w₂ + 2b = {sum}, must be ≤ 0: {verdict}").format(
                    sum=figure(outer), verdict=holds if outer <= 0 else fails
                ),
                self.tr("One number cannot be above 0 and not above 0: no weights give XOR, no line does."),
            )
        )

    def _build(self) -> None:
        self.numbers.add(self.threshold)
        column = column_of(self.gates, self.meaning, self.numbers, self.table, self.verdict, self.reason)
        self.lay_out(self.plane, column)
