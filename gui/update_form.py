"""All that an update does with a gradient, in one form: the optimizer, its learning rate's schedule, penalty, clipping.

Each may be changed while the network learns. The editors come from the declarations of the model.
"""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.hyperparameter_editor import SpecForm
from gui.schedule_curve import ScheduleCurve
from gui.session import Session
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.words import words
from model.experiment import Experiment
from model.hyperparameter import Spec
from model.schedules import SCHEDULES

WIDTH = 248  # px of a column, at the usual size of the type


class UpdateForm(QWidget):
    """Four parts, each under its name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        experiment = session.experiment
        self.optimizer = SpecForm(experiment.optimizer)
        self.schedule = SpecForm(experiment.schedule)
        self.regularization = SpecForm(experiment.regularization)
        self.clipping = SpecForm(experiment.clipping)
        self.schedules = self._chooser()
        self.curve = ScheduleCurve()
        self._titles = {name: QLabel() for name in ("optimizer", "schedule", "regularization", "clipping")}
        self._columns = [QWidget(), QWidget()]
        self._lay_out()
        self.schedules.activated.connect(self._choose_schedule)
        for name, form in self._forms().items():
            form.edited.connect(lambda spec, name=name: self._edited(name, spec))
        session.experiment_changed.connect(self.show_experiment)
        session.progressed.connect(self._show_step)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())
        self.show_experiment(experiment)

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.optimizer.first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_step()

    def show_experiment(self, experiment: Experiment) -> None:
        """Take over the values of `experiment`."""
        for name, form in self._forms().items():
            form.set_spec(getattr(experiment, name))
        self._name("optimizer", experiment.optimizer)
        self._name("regularization", experiment.regularization)
        self._name("clipping", experiment.clipping)
        self.schedules.setCurrentIndex(SCHEDULES.index(type(experiment.schedule)))
        self.schedule.setVisible(self.schedule.first() is not self.schedule)  # a constant one has nothing to edit
        self.curve.set_schedule(experiment.schedule, experiment.optimizer.learning_rate)

    def _forms(self) -> dict[str, SpecForm]:
        return {
            "optimizer": self.optimizer,
            "schedule": self.schedule,
            "regularization": self.regularization,
            "clipping": self.clipping,
        }

    def _name(self, field: str, spec: Spec) -> None:
        self._titles[field].setText(words(spec.label))
        self._titles[field].setToolTip(f"<p>{words(spec.meaning)}</p>")

    def _chooser(self) -> QComboBox:
        box = QComboBox()
        for kind in SCHEDULES:
            box.addItem(words(kind.label), kind)
            box.setItemData(box.count() - 1, f"<p>{words(kind.meaning)}</p>", Qt.ItemDataRole.ToolTipRole)
        box.setAccessibleName(self.tr("Schedule of the learning rate"))
        tip = self.tr("How the learning rate changes from step to step: a factor on it that depends on the step alone.")
        box.setToolTip(f"<p>{tip}</p>")
        return box

    def _lay_out(self) -> None:
        title = self._titles["schedule"]
        title.setText(self.tr("Learning-rate schedule"))
        title.setToolTip(self.schedules.toolTip())
        title.setBuddy(self.schedules)
        parts: list[list[QWidget]] = [
            [self._titles["optimizer"], self.optimizer, self._titles["regularization"], self.regularization],
            [title, self.schedules, self.schedule, self.curve, self._titles["clipping"], self.clipping],
        ]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        for place, (column, widgets) in enumerate(zip(self._columns, parts, strict=True)):
            rows = QVBoxLayout(column)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(GRID)
            for each in widgets:
                if each in self._titles.values() and rows.count():
                    rows.addSpacing(GRID)
                rows.addWidget(each)
            rows.addStretch()
            grid.addWidget(column, 0, place)

    def _show_step(self) -> None:
        progress = self._session.progress
        if progress is not None and self.isVisible():  # else nobody could see, and `showEvent` asks again
            self.curve.set_step(progress.snapshot.step)

    def _choose_schedule(self, index: int) -> None:
        kind = SCHEDULES[index]
        if type(self._session.experiment.schedule) is not kind:
            text = self.tr("schedule {name}").format(name=words(kind.label))
            self._session.change(text, schedule=kind())
        self.show_experiment(self._session.experiment)

    def _edited(self, field: str, spec: Any) -> None:
        text = {
            "optimizer": self.tr("constants of {name}"),
            "schedule": self.tr("schedule {name}"),
            "regularization": self.tr("change regularization"),
            "clipping": self.tr("change gradient clipping"),
        }[field].format(name=words(spec.label))
        self._session.change(text, merge=self._forms()[field].merge, **{field: spec})
        self.show_experiment(self._session.experiment)

    def _restyle(self, theme: Theme) -> None:
        for title in self._titles.values():
            title.setFont(font(theme.body, bold=True))
        for column in self._columns:
            column.setFixedWidth(round(WIDTH * theme.body / 13))
