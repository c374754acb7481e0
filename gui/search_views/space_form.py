"""What varies: a row for each hyperparameter, with its tick, its bounds and its scale."""

from dataclasses import replace

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.flow_layout import FlowLayout
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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID // 2)
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
            row.hide()
            row.deleteLater()
        self.rows = {}
        for each in found:
            path = each.axis.path
            known = self._set.get(path)
            variable = each if known is None or type(known) is not type(each.axis) else replace(each, axis=known)
            row = AxisRow(variable, path in self._ticked)
            row.edited.connect(self._remember)
            row.refused.connect(self.refused)
            self._column.addWidget(row)
            self.rows[path] = row
        self._restyle()

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
        """The names are equally wide, so that the bounds stand in columns."""
        for row in self.rows.values():
            row.tick.setMinimumWidth(0)
        widest = max((row.tick.sizeHint().width() for row in self.rows.values()), default=0)
        for row in self.rows.values():
            row.tick.setMinimumWidth(widest)
            for box in row.boxes:
                box.setFixedWidth(round(BOX_LETTERS * current_theme().body))


class AxisRow(QWidget):
    """A tick with the name, from, to, and whether the scale is logarithmic; of kinds only their names.

    Where there is little room the bounds stand below the name.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, variable: Variable, ticked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = variable.axis
        name = words(variable.label)
        tip = tool_tip(variable.declared) if variable.declared is not None else f"<p>{words(variable.meaning)}</p>"
        self.tick, self.boxes, self._bounds = QCheckBox(name), list[NumberEditor](), QWidget()
        self.log: QCheckBox | None = None
        self.tick.setChecked(ticked)
        self.tick.setToolTip(tip)
        bounds = QHBoxLayout(self._bounds)
        bounds.setContentsMargins(0, 0, 0, 0)
        bounds.setSpacing(GRID)
        if isinstance(variable.axis, Choice):
            kinds = QLabel(", ".join(value_text(each) for each in variable.axis.options))
            kinds.setToolTip(tip)
            bounds.addWidget(kinds)
        else:
            self._build(bounds, variable, name)
        row = FlowLayout(self)
        row.addWidget(self.tick)
        row.addWidget(self._bounds)
        self.tick.toggled.connect(self._bounds.setEnabled)
        self.tick.toggled.connect(self.edited)
        self._bounds.setEnabled(ticked)

    def axis(self) -> AnyAxis:
        """As it is set."""
        if isinstance(self._axis, Choice):
            return self._axis
        low, high = (box.value() for box in self.boxes)
        assert low is not None and high is not None and self.log is not None
        scale = "log" if self.log.isChecked() else "linear"
        return structs.replace(self._axis, low=float(low), high=float(high), scale=scale)

    def _build(self, bounds: QHBoxLayout, variable: Variable, name: str) -> None:
        axis, declared = variable.axis, variable.declared
        assert isinstance(axis, Range) and declared is not None
        titles = self.tr("{name}: lowest").format(name=name), self.tr("{name}: highest").format(name=name)
        for value, title in zip((axis.low, axis.high), titles, strict=True):
            # No bound may be left empty, even of what may be "none" in an experiment.
            box = NumberEditor(replace(declared, optional=False), int(value) if axis.whole else value)
            box.setAccessibleName(title)
            box.setToolTip(tool_tip(declared))
            box.edited.connect(self.edited)
            box.refused.connect(self.refused)
            if self.boxes:
                bounds.addWidget(QLabel("–"))
            self.boxes.append(box)
            bounds.addWidget(box)
        self.log = QCheckBox(self.tr("log"))
        self.log.setChecked(axis.scale == "log")
        self.log.setAccessibleName(self.tr("{name}: logarithmic scale").format(name=name))
        self.log.setToolTip(
            self.tr(
                "<p>Equal factors are equally likely: as many trials between 0.001 and 0.01 as between 0.01 and 0.1</p>"
            )
        )
        self.log.toggled.connect(self.edited)
        bounds.addWidget(self.log)
