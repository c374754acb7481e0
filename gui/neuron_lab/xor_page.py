"""XOR by two layers: NAND and OR look at the inputs, AND looks at what they say."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.export import Table
from gui.live_label import LiveLabel
from gui.neuron_lab.figures import figure
from gui.neuron_lab.lab_page import LabPage, scrolled
from gui.neuron_lab.line_handles import LineHandles
from gui.neuron_lab.neuron_fields import NeuronFields
from gui.neuron_lab.paragraph import Paragraph
from gui.neuron_lab.plane import Plane
from gui.neuron_lab.scene import Line, Region, Spot
from gui.neuron_lab.symbol import Symbol
from gui.neuron_lab.truth_table import RIGHT, WRONG, TruthTable
from gui.panel import Export
from gui.theme import GRID
from gui.words import words
from model.perceptron import CORNERS, GATES, XOR_NETWORK, Neuron, gate_of

LOW, HIGH = -0.5, 1.5
LOWEST = 22 * GRID  # px of a plane's height, in which its handles can still be told apart
SYMBOLS = "s₁", "s₂", "y"
TARGETS = GATES["XOR"].targets
PIVOTS = (0.3, 1.1), (0.7, -0.3), (0.95, 0.45)  # where the handles begin, apart from each other


class XorPage(LabPage):
    """Three planes: the inputs with the hidden neurons' lines, what these make of them, and what comes out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.network = XOR_NETWORK
        self.inputs = Plane(self.tr("XOR: inputs with two lines"), LOW, HIGH)
        self.between = Plane(self.tr("XOR: what the hidden neurons say"), LOW, HIGH, ("s₁", "s₂"))
        self.output = Plane(self.tr("XOR: output over the inputs"), LOW, HIGH)
        self.inputs.grips, self.between.grips = (0, 1), (0,)
        self.handles = (
            LineHandles(self.inputs, 0, "w", "s₁"),
            LineHandles(self.inputs, 1, "w", "s₂"),
            LineHandles(self.between, 0, "v", "y"),
        )
        self.numbers = (
            NeuronFields(("w₁", "w₂", "b"), "s₁"),
            NeuronFields(("w₁", "w₂", "b"), "s₂"),
            NeuronFields(("v₁", "v₂", "b"), "y"),
        )
        self.names = tuple(LiveLabel(small=True) for _ in SYMBOLS)
        for symbol, label in zip(SYMBOLS, self.names, strict=True):
            label.keep_room_for(f"{symbol} = {words(GATES['NAND'].label)}")
        titles = ("x₁", "x₂", "s₁", "s₂", "y", self.tr("target"), "")
        self.table = TruthTable(self.tr("Truth table of both layers"), titles, 4)
        self.verdict = Paragraph(self.tr("What the two layers do"), 2)
        self._build()
        for which in range(3):
            self.handles[which].moved.connect(lambda neuron, which=which: self._take(which, neuron))
            self.numbers[which].edited.connect(lambda neuron, which=which: self._take(which, neuron))
        self.reset()

    def reset(self) -> None:
        self.network = XOR_NETWORK
        for handles, pivot in zip(self.handles, PIVOTS, strict=True):
            handles.pivot = pivot
        self._show()

    def exports(self) -> list[Export]:
        return [(plane.accessibleName(), plane, self.rows) for plane in (self.inputs, self.between, self.output)]

    def rows(self) -> Table:
        """The four corners with what each neuron says."""
        rows = [(*x, *s, y, t) for x, s, y, t in self._answers()]
        return ("x1", "x2", "s1", "s2", "y", "target"), rows

    def _answers(self) -> Sequence[tuple[tuple[float, float], tuple[int, int], int, int]]:
        points = np.array(CORNERS)
        said, outputs = self.network.hidden_outputs(points).tolist(), self.network.outputs(points).tolist()
        return [
            (x, (int(s[0]), int(s[1])), int(y), t) for x, s, y, t in zip(CORNERS, said, outputs, TARGETS, strict=True)
        ]

    def _take(self, which: int, neuron: Neuron) -> None:
        self.network = self.network.with_neuron(which, neuron)
        self._show()

    def _show(self) -> None:
        network, answers = self.network, self._answers()
        neurons = (*network.hidden, network.output)
        for handles, numbers, neuron in zip(self.handles, self.numbers, neurons, strict=True):
            handles.show(neuron)
            numbers.show_neuron(neuron)
        for which, neuron in enumerate(neurons):
            self.names[which].setText(self._name(which, neuron))
        first, second, last = (
            Line(neuron, name, arrow=handles.pivot)
            for neuron, name, handles in zip(neurons, SYMBOLS, self.handles, strict=True)
        )
        marks = [Spot(x, t, wrong=y != t) for x, _, y, t in answers]
        # How many of the two hidden neurons say 1.
        both = Region(lambda p: network.hidden_outputs(p).sum(axis=1), network.hidden, 1.0, 1.0, "s₁ + s₂")
        last_alone = Region(network.output.outputs, network.output, 0.5, 0.5, "y")
        self.inputs.show_scene(both, [first, second], marks)
        self.between.show_scene(last_alone, [last], self._moved(answers))
        self.output.show_scene(Region(network.outputs, network, 0.5, 0.5, "y"), [], marks)
        self.table.show_rows(
            [(*map(figure, x), *map(str, s), str(y), str(t), RIGHT if y == t else WRONG) for x, s, y, t in answers]
        )
        self.verdict.setText(self._meaning(sum(y == t for _, _, y, t in answers)))

    def _moved(self, answers: Sequence[tuple]) -> list[Spot]:
        """The corners where the hidden neurons put them, with the names of all that meet there."""
        there: dict[tuple[int, int], list[str]] = {}
        for (x1, x2), said, _, _ in answers:
            there.setdefault(said, []).append(f"{figure(x1)}{figure(x2)}")
        # A name is written once, however many meet there.
        return [Spot(s, t, wrong=y != t, name=", ".join(there.pop(s, []))) for _, s, y, t in answers]

    def _meaning(self, right: int) -> str:
        if right == 4:
            return self.tr(
                "4 of 4 right. Two lines cut the plane of the inputs; the hidden neurons move the corners so that one "
                "line separates what none could separate before."
            )
        return self.tr("{right} of 4 right. Drag the lines, or press Reset for NAND, OR and AND.").format(right=right)

    def _name(self, which: int, neuron: Neuron) -> str:
        """The neuron's symbol, and the gate that it is now."""
        gate = gate_of(neuron)
        symbol = SYMBOLS[which]
        return f"{symbol} = {words(GATES[gate].label)}" if gate is not None else f"{symbol} = ?"

    def _build(self) -> None:
        planes = QHBoxLayout()
        planes.setSpacing(0)
        for plane, title, tip in (
            (
                self.inputs,
                self.tr("Inputs: two lines"),
                self.tr("Blue where both hidden neurons say 1"),
            ),
            (self.between, self.tr("Hidden layer: one line"), self.tr("The corners where the hidden neurons put them")),
            (self.output, self.tr("Output"), self.tr("What both layers together answer over the inputs")),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            caption = Symbol(title)
            caption.setToolTip(f"<p>{tip}</p>")
            caption.setContentsMargins(GRID, 0, 0, GRID // 2)
            column.addWidget(caption)
            plane.setMinimumHeight(LOWEST)
            plane.rows = self.rows
            column.addWidget(plane, 1)
            planes.addLayout(column, 1)
        numbers = QVBoxLayout()
        numbers.setSpacing(GRID // 2)
        for name, fields in zip(self.names, self.numbers, strict=True):
            row = QHBoxLayout()
            row.setSpacing(GRID)
            name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            row.addWidget(name)
            row.addWidget(fields, 1)
            numbers.addLayout(row)
        numbers.addWidget(self.verdict)
        numbers.addStretch()
        below = QHBoxLayout()
        below.setSpacing(2 * GRID)
        below.setContentsMargins(GRID, 0, 0, 0)
        below.addWidget(self.table, 2, Qt.AlignmentFlag.AlignTop)
        below.addLayout(numbers, 3)
        whole = QVBoxLayout()
        whole.setSpacing(GRID)
        whole.addLayout(planes, 1)
        whole.addLayout(below)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, GRID // 2)
        page.addWidget(scrolled(whole))
