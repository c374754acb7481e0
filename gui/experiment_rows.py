"""Rows of editors for single fields of the experiment: a label, a box, and the session that hears of an edit."""

from typing import Any

import msgspec
from msgspec import structs
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.hyperparameter_editor import BoolEditor, Editor, editor
from gui.session import Session
from gui.slider_editor import SliderEditor
from gui.theme import GRID
from gui.words import words
from model.experiment import Experiment
from model.hyperparameter import hyperparameters

BOX_WIDTH = 88  # px: six digits and the arrows
Path = tuple[str, ...]  # ("data", "dataset", "noise")


class ExperimentRows(QWidget):
    """Editors of the fields of the session's experiment, in rows; they follow whatever changes it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.editors: dict[Path, Editor | SliderEditor] = {}
        self._labels: dict[Path, QLabel] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(GRID)
        self.grid.setVerticalSpacing(GRID // 2)
        self.grid.setColumnStretch(0, 1)
        session.experiment_changed.connect(self.show_experiment)

    def add(self, path: Path, owner: type[msgspec.Struct], *, label: str = "", slider: bool = False) -> None:
        """A row for the field at `path`, declared in `owner` and called `label` or as declared there.

        Raises KeyError where it is not declared.
        """
        parameter = {each.name: each for each in hyperparameters(owner)}[path[-1]]
        label = label or words(parameter.label)
        experiment = self.session.experiment
        value = value_at(experiment, path) if has_field(experiment, path) else parameter.default
        made = SliderEditor(parameter, value, self) if slider else editor(parameter, value, self)
        made.setObjectName(".".join(path))
        made.setAccessibleName(label)
        made.edited.connect(lambda value: self._edited(path, label, value))
        self.editors[path] = made
        self._place(path, made, label)
        self.show_experiment(experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Take over the values of `experiment`; a field that it does not have is hidden."""
        for path, each in self.editors.items():
            has = has_field(experiment, path)
            each.setVisible(has)
            if isinstance(each, SliderEditor):
                each.box.setVisible(has)
            if path in self._labels:
                self._labels[path].setVisible(has)
            if has and each.value() != value_at(experiment, path):
                each.set_value(value_at(experiment, path))

    def _place(self, path: Path, made: Editor | SliderEditor, label: str) -> None:
        row = self.grid.rowCount()
        if isinstance(made, BoolEditor):
            made.setText(label)
            self.grid.addWidget(made, row, 0, 1, 2)
            return
        box = made.box if isinstance(made, SliderEditor) else made
        box.setMinimumWidth(BOX_WIDTH)
        name = QLabel(label)
        name.setToolTip(box.toolTip())
        name.setBuddy(box)
        self._labels[path] = name
        self.grid.addWidget(name, row, 0)
        if isinstance(made, SliderEditor):
            self.grid.addWidget(made.box, row, 1)
            self.grid.addWidget(made, row + 1, 0, 1, 2)
        else:
            self.grid.addWidget(made, row, 1)

    def _edited(self, path: Path, label: str, value: object) -> None:
        made = self.editors[path]
        after = with_value(self.session.experiment, path, value)
        if not self.session.propose(after, self.tr("change {label}").format(label=label), merge=made.merge):
            made.set_value(value_at(self.session.experiment, path))


def value_at(experiment: msgspec.Struct, path: Path) -> Any:
    """The value of the field at `path`."""
    value: Any = experiment
    for name in path:
        value = getattr(value, name)
    return value


def has_field(experiment: msgspec.Struct, path: Path) -> bool:
    """Whether there is a field at `path`: not every data set has noise."""
    return hasattr(value_at(experiment, path[:-1]), path[-1])


def with_value(experiment: Any, path: Path, value: object) -> Any:
    """A copy with another value at `path`."""
    name, *rest = path
    if rest:
        value = with_value(getattr(experiment, name), tuple(rest), value)
    return structs.replace(experiment, **{name: value})
