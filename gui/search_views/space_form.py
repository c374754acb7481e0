"""What varies: a row for each hyperparameter, with its tick, its bounds and its scale."""

from dataclasses import replace

from msgspec import structs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from gui.hyperparameter_editor import tool_tip
from gui.number_editor import NumberEditor
from gui.search_views.found import value_text
from gui.theme import GRID, current_theme, theme_switch
from gui.words import words
from model.experiment import Experiment
from model.search.space import AnyAxis, Choice, Range
from model.search.variables import Variable, default_axes, variables

BOX_LETTERS = 5.5  # of a box for a bound


class SpaceForm(QWidget):
    """The hyperparameters of an experiment; what was set stays for those that the next experiment has too."""

    edited = Signal()
    refused = Signal(str)  # a sentence: an entry that was not taken

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self._variables: list[Variable] = []
        self._set: dict[str, AnyAxis] = {}  # as they were last set, by path
        self._ticked: set[str] | None = None  # None: as proposed
        self.rows: dict[str, AxisRow] = {}
        theme_switch().changed.connect(self._restyle)

    def show_experiment(self, experiment: Experiment) -> None:
        """Have a row for everything that may vary in it."""
        found = variables(experiment)
        if [each.axis.path for each in found] == [each.axis.path for each in self._variables]:
            return
        if self._ticked is None:
            self._ticked = {axis.path for axis in default_axes(experiment)}
        self._variables = found
        for row in self.rows.values():
            row.remove()
        self.rows = {}
        for number, each in enumerate(found):
            path = each.axis.path
            known = self._set.get(path)
            variable = each if known is None or type(known) is not type(each.axis) else replace(each, axis=known)
            row = AxisRow(self, self._grid, number, variable, path in self._ticked)
            row.tick.toggled.connect(self._remember)
            for box in row.boxes:
                box.edited.connect(self._remember)
                box.refused.connect(self.refused)
            if row.log is not None:
                row.log.toggled.connect(self._remember)
            self.rows[path] = row

    def axes(self) -> tuple[AnyAxis, ...]:
        """What is ticked."""
        return tuple(row.axis() for row in self.rows.values() if row.tick.isChecked())

    def _remember(self) -> None:
        for path, row in self.rows.items():
            self._set[path] = row.axis()
            ticked = self._ticked if self._ticked is not None else set[str]()
            (ticked.add if row.tick.isChecked() else ticked.discard)(path)
        self.edited.emit()

    def _restyle(self) -> None:
        for row in self.rows.values():
            row.restyle()


class AxisRow:
    """One row: a tick with the name, from, to, and whether the scale is logarithmic; of kinds only their names."""

    def __init__(self, form: SpaceForm, grid: QGridLayout, number: int, variable: Variable, ticked: bool) -> None:
        self._axis = variable.axis
        name = words(variable.label)
        tip = tool_tip(variable.declared) if variable.declared is not None else f"<p>{words(variable.meaning)}</p>"
        self.tick = QCheckBox(name)
        self.tick.setChecked(ticked)
        self.tick.setToolTip(tip)
        self.boxes: list[NumberEditor] = []
        self.log: QCheckBox | None = None
        self._widgets: list[QWidget] = [self.tick]
        grid.addWidget(self.tick, number, 0)
        if isinstance(variable.axis, Choice):
            kinds = QLabel(", ".join(value_text(each) for each in variable.axis.options))
            kinds.setToolTip(tip)
            grid.addWidget(kinds, number, 1, 1, 4, Qt.AlignmentFlag.AlignLeft)
            self._widgets.append(kinds)
        else:
            self._build(form, grid, number, variable, name)
        self.restyle()
        self.tick.toggled.connect(self._enable)
        self._enable(ticked)

    def axis(self) -> AnyAxis:
        """As it is set."""
        if isinstance(self._axis, Choice):
            return self._axis
        low, high = (box.value() for box in self.boxes)
        assert low is not None and high is not None and self.log is not None
        scale = "log" if self.log.isChecked() else "linear"
        return structs.replace(self._axis, low=float(low), high=float(high), scale=scale)

    def remove(self) -> None:
        for each in self._widgets:
            each.hide()
            each.deleteLater()

    def restyle(self) -> None:
        for box in self.boxes:
            box.setMinimumWidth(round(BOX_LETTERS * current_theme().body))
            box.setMaximumWidth(round(1.5 * BOX_LETTERS * current_theme().body))

    def _build(self, form: SpaceForm, grid: QGridLayout, number: int, variable: Variable, name: str) -> None:
        axis, declared = variable.axis, variable.declared
        assert isinstance(axis, Range) and declared is not None
        for place, (value, title) in enumerate(
            (
                (axis.low, form.tr("{name}: lowest").format(name=name)),
                (axis.high, form.tr("{name}: highest").format(name=name)),
            )
        ):
            # In a range a penalty must begin above 0, and no bound may be left empty.
            box = NumberEditor(replace(declared, optional=False), int(value) if axis.whole else value)
            box.setAccessibleName(title)
            box.setToolTip(tool_tip(declared))
            self.boxes.append(box)
            grid.addWidget(box, number, 1 + 2 * place)
        to = QLabel("–")
        self.log = QCheckBox(form.tr("log"))
        self.log.setChecked(axis.scale == "log")
        self.log.setAccessibleName(form.tr("{name}: logarithmic scale").format(name=name))
        self.log.setToolTip(
            form.tr(
                "<p>Equal factors are equally likely: as many trials between 0.001 and 0.01 as from there to 0.1</p>"
            )
        )
        grid.addWidget(to, number, 2)
        grid.addWidget(self.log, number, 4)
        self._widgets += [*self.boxes, to, self.log]

    def _enable(self, ticked: bool) -> None:
        for each in self._widgets[1:]:
            each.setEnabled(ticked)
