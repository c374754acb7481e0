"""Optimizer, learning rate, loss and stop conditions in the tool bar. They may be changed while the network learns."""

from typing import cast

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from gui.adapting import with_loss
from gui.form_button import FormButton
from gui.hyperparameter_editor import SpecForm, editor
from gui.number_editor import NumberEditor, as_text
from gui.session import Session
from gui.theme import GRID
from gui.update_form import UpdateForm
from gui.words import words
from model.experiment import Experiment, Stop
from model.experiment_file import ExperimentError, checked
from model.hyperparameter import Spec, hyperparameters
from model.losses import LOSSES, AnyLoss
from model.optimizers import OPTIMIZERS


class OptimizerBar(QWidget):
    """Choosers made from the tables of the model."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        experiment = session.experiment
        self.optimizer = self._chooser(
            self.tr("Optimizer"),
            self.tr("The rule that turns a gradient into a step. It may be changed while the network learns."),
            OPTIMIZERS,
        )
        self.loss = self._chooser(
            self.tr("Loss"), self.tr("What the network is asked to make small. Another one starts a new run."), LOSSES
        )
        rate = next(p for p in hyperparameters(type(experiment.optimizer)) if p.name == "learning_rate")
        box = editor(rate, experiment.optimizer.learning_rate)
        assert isinstance(box, NumberEditor)
        self.rate = box
        self.rate.setFixedWidth(80)
        self.update_form = UpdateForm(session)
        self.stop = SpecForm(experiment.stop)
        self._lay_out()
        self.optimizer.activated.connect(self._choose_optimizer)
        self.loss.activated.connect(self._choose_loss)
        self.rate.edited.connect(self._set_rate)
        self.stop.edited.connect(self._set_stop)
        session.experiment_changed.connect(self._show)
        self._show(experiment)

    def _chooser(self, name: str, tip: str, table: tuple[type[Spec], ...]) -> QComboBox:
        box = QComboBox()
        for kind in table:
            box.addItem(words(kind.label), kind)
            box.setItemData(box.count() - 1, f"<p>{words(kind.meaning)}</p>", Qt.ItemDataRole.ToolTipRole)
        box.setAccessibleName(name)
        box.setToolTip(f"<p>{tip}</p>")
        return box

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, 0, 0)
        row.setSpacing(GRID // 2)
        rate_label = QLabel(self.tr("rate"))
        rate_label.setBuddy(self.rate)
        rate_label.setToolTip(self.rate.toolTip())
        tip = self.tr(
            "All that makes a step of a gradient, live: the constants of the optimizer, a schedule of its learning "
            "rate, a penalty on the weights (L1, L2), gradient clipping."
        )
        self.update_button = FormButton(self.tr("Update"), tip, self.update_form)
        self.stop_button = FormButton(self.tr("Stop"), self.tr("When training pauses by itself."), self.stop)
        for widget in (self.optimizer, rate_label, self.rate, self.update_button, self.loss, self.stop_button):
            row.addWidget(widget)
        row.addStretch()

    def _show(self, experiment: Experiment) -> None:
        self.optimizer.setCurrentIndex(OPTIMIZERS.index(type(experiment.optimizer)))
        self.loss.setCurrentIndex(LOSSES.index(type(experiment.loss)))
        self.rate.set_value(experiment.optimizer.learning_rate)
        self.stop.set_spec(experiment.stop)

    def _choose_optimizer(self, index: int) -> None:
        kind = OPTIMIZERS[index]
        if type(self._session.experiment.optimizer) is not kind:
            text = self.tr("optimizer {name}").format(name=words(kind.label))
            self._session.change(text, optimizer=kind())  # pyright: ignore[reportCallIssue]  its fields have defaults
        self._show(self._session.experiment)

    def _choose_loss(self, index: int) -> None:
        experiment, kind = self._session.experiment, LOSSES[index]
        if type(experiment.loss) is not kind:
            text = self.tr("loss {name}").format(name=words(kind.label))
            self._session.propose(with_loss(experiment, cast(AnyLoss, kind())), text)
        self._show(self._session.experiment)

    def _set_rate(self, rate: float) -> None:
        experiment = self._session.experiment
        changed = structs.replace(experiment.optimizer, learning_rate=rate)
        text = self.tr("learning rate {rate}").format(rate=as_text(rate))
        self._session.change(text, merge=self.rate.merge, optimizer=changed)
        self._show(self._session.experiment)

    def _set_stop(self, stop: Stop) -> None:
        try:
            checked(structs.replace(self._session.experiment, stop=stop))
        except ExperimentError as error:  # said in the form: a message box would stand under it
            self._show(self._session.experiment)
            self.stop.say(words(error.message))
            return
        self._session.change(self.tr("change stop condition"), merge=self.stop.merge, stop=stop)
        self._show(self._session.experiment)
