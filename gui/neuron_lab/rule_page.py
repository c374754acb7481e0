"""The perceptron learning rule, one sample at a time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from gui.export import Table
from gui.neuron_lab.figures import figure, pair
from gui.neuron_lab.flow import Flow
from gui.neuron_lab.lab_page import PlanePage, column_of
from gui.neuron_lab.neuron_fields import Field
from gui.neuron_lab.paragraph import Paragraph
from gui.neuron_lab.plane import Plane
from gui.neuron_lab.rule_words import told, verdict
from gui.neuron_lab.scene import Line, Region, Spot
from gui.neuron_lab.truth_table import RIGHT, WRONG, TruthTable
from gui.panel import Export
from gui.theme import GRID, current_theme, font, theme_switch
from gui.words import words
from model.perceptron import EXERCISES, Neuron, PerceptronRule, Point, Step, most_mistakes
from model.perceptron.line import has_line, visible_point

FIRST, FIRST_RATE = "AND", 0.5
SHOWN = 7  # of the last steps


class RulePage(PlanePage):
    """The samples, the line before and after the last step, and what the step did in numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.exercises = QComboBox()
        self.rate = Field(self.tr("rate"), "learning_rate")
        exercise = EXERCISES[FIRST]
        self.rule = PerceptronRule(exercise.samples, FIRST_RATE)
        self.plane = Plane(self.tr("Perceptron learning rule"), exercise.low, exercise.high)
        self.plane.has_key = True
        self.one, self.previous, self.all, self.again = (QToolButton() for _ in range(4))
        self.told = Paragraph(self.tr("What the last step did"), 5)
        titles = (self.tr("step"), "x", "t", "y", "t − y", "w", "b", "")
        self.table = TruthTable(self.tr("Last steps"), titles, SHOWN)
        self.verdict = Paragraph(self.tr("How far the learning is"), 4)
        self._most: float | None = None
        self.plane.rows = self.rows
        self._build()
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self.reset()

    def reset(self) -> None:
        self.exercises.setCurrentIndex(self.exercises.findData(FIRST))
        self.rate.set_value(FIRST_RATE)
        self._begin()

    def exports(self) -> list[Export]:
        return [(self.plane.accessibleName(), self.plane, self.rows)]

    def rows(self) -> Table:
        """Every step: its sample, the answer, and the neuron after it."""
        header = ("step", "x1", "x2", "target", "sum", "output", "error", "w1", "w2", "b")
        return header, [
            (number, *s.sample.x, s.sample.target, s.sum, s.output, s.error, *s.after.weights, s.after.bias)
            for number, s in enumerate(self.rule.steps, start=1)
        ]

    def _begin(self) -> None:
        """From zero, on the chosen samples at the chosen rate."""
        exercise = EXERCISES[self.exercises.currentData()]
        self.rule = PerceptronRule(exercise.samples, self.rate.value())
        self._most = most_mistakes(exercise.samples)
        self.plane.set_range(exercise.low, exercise.high)
        self._show()

    def _step(self) -> None:
        self.rule.step()
        self._show()

    def _back(self) -> None:
        self.rule.back()
        self._show()

    def _run(self) -> None:
        self.rule.run()
        self._show()

    def _show(self) -> None:
        rule, neuron = self.rule, self.rule.neuron
        last = rule.steps[-1] if rule.steps else None
        lines = [Line(neuron, arrow=_middle(neuron, self.plane), arrow_name="w" if has_line(neuron) else "")]
        if last is not None and last.error:
            lines.insert(0, Line(last.before, style="pale"))
        shown = last.index if last is not None else rule.next_index
        spots = [
            Spot(each.x, each.target, wrong=neuron.output(each.x) != each.target, current=index == shown)
            for index, each in enumerate(rule.samples)
        ]
        self.plane.show_scene(Region(neuron.outputs, neuron, 0.5, 0.5, "y"), lines, spots)
        self.previous.setEnabled(bool(rule.steps))
        self.all.setEnabled(not rule.separates() and rule.repeats() is None)
        self.told.setText(told(rule))
        self.verdict.setText(verdict(rule, self._most))
        self._list(rule.steps)

    def _list(self, steps: Sequence[Step]) -> None:
        first = max(0, len(steps) - SHOWN)
        rows = [
            (
                str(number),
                pair(step.sample.x),
                str(step.sample.target),
                str(step.output),
                figure(step.error),
                pair(step.after.weights),
                figure(step.after.bias),
                WRONG if step.error else RIGHT,
            )
            for number, step in enumerate(steps[first:], start=first + 1)
        ]
        self.table.show_rows(rows, len(rows) - 1 if rows else None)

    def _restyle(self) -> None:
        small = font(current_theme().small)
        for each in (self.exercises, self.one, self.previous, self.all, self.again):
            each.setFont(small)

    def _build(self) -> None:
        for key, exercise in EXERCISES.items():
            self.exercises.addItem(words(exercise.label), key)
            self.exercises.setItemData(self.exercises.count() - 1, words(exercise.meaning), Qt.ItemDataRole.ToolTipRole)
        self.exercises.setAccessibleName(self.tr("Samples"))
        self.exercises.setToolTip(self.tr("What is to be learnt; another choice begins from zero"))
        self.exercises.activated.connect(lambda _: self._begin())
        self.rate.edited.connect(lambda _: self._begin())
        chosen, buttons = Flow(), Flow(gap=GRID // 2)
        chosen.addWidget(self.exercises)
        chosen.addWidget(self.rate)
        for button, text, tip, slot in (
            (self.one, self.tr("Step"), self.tr("Show the next sample and learn from it"), self._step),
            (self.previous, self.tr("Back"), self.tr("Take the last step back"), self._back),
            (
                self.all,
                self.tr("Run to the end"),
                self.tr("Step until a whole pass is right, or until the weights go round in circles"),
                self._run,
            ),
            (
                self.again,
                self.tr("From zero"),
                self.tr("All weights and the bias to 0, on the same samples"),
                self._begin,
            ),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"<p>{tip}</p>")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, slot=slot: slot())
            buttons.addWidget(button)
        self.lay_out(self.plane, column_of(chosen, buttons, self.told, self.table, self.verdict))


def _middle(neuron: Neuron, plane: Plane) -> Point:
    """Where the arrow of the weights begins: on the line, as near to the middle of the plane as can be."""
    middle = (plane.low + plane.high) / 2
    return visible_point(neuron, (middle, middle), plane.low, plane.high)
