"""The gradient check: backpropagation beside numerical differences, for every parameter of the moment."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.check_thread import CheckThread, Interrupted, Tell
from gui.check_views.fault_chooser import Choice, FaultChooser
from gui.check_views.finding import Finding
from gui.check_views.introduction import Introduction
from gui.check_views.result_view import ResultView
from gui.flow_layout import FlowLayout
from gui.hyperparameter_editor import editor
from gui.live_label import LiveLabel
from gui.panel import Export, Panel
from gui.parameter_name import ParameterNames
from gui.run import Progress, Run
from gui.session import Session
from gui.theme import GRID, Theme, current_theme, theme_switch
from gui.words import words
from model.check_report import CheckReport, report
from model.gradient_check import GradientCheck
from model.hyperparameter import hyperparameters
from model.next_step import NextStep, next_step
from model.timeline import Timeline

BOX = 88  # px, of a number at the desk


class CheckPanel(Panel):
    """A button, its settings, and what it has found."""

    per_second = 4.0  # only a line of words follows the run
    _answered = Signal(int, object)  # the number of a question to the training thread, and NextStep | None

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("check panel")
        self.setAccessibleName(self.tr("Gradient check"))
        self.settings = GradientCheck()
        self._run: Run | None = None
        self._names: ParameterNames | None = None
        self._question = 0  # the last one
        self._waiting = False  # for its answer
        self._parameters = 0  # of the network that is checked
        self._thread = CheckThread(session.turns, lambda: session.playing, self)
        self.button, self.faults = QPushButton(), FaultChooser()
        self.note = LiveLabel(small=True, wrap_lines=2)  # how far the check is, or what the fault means
        self.boxes = {each.name: editor(each, each.default) for each in hyperparameters(GradientCheck)}
        self.introduction, self.result = Introduction(), ResultView()
        self._lay_out()
        self._connect()
        self._restyle(current_theme())
        self._turn_to(self.introduction)
        self._show_busy()

    # The run

    def begin(self, run: Run) -> None:
        before, self._run = self._run, run
        if before is not None and before.number == run.number and before.record is run.record:
            return  # other data or batches came in the midst of it: what was found was found
        self._thread.cancel()  # a question that waits is answered for the new network
        self._names = ParameterNames(run.experiment)
        self.faults.set_network(run.experiment.network.layers, self._names)
        self.result.show_finding(None)
        self._turn_to(self.introduction)
        self._show_busy()

    def draw(self, progress: Progress) -> None:
        if self.may_write():
            self.result.show_now(progress.snapshot.step)

    def follows(self) -> bool:
        return self.result.finding is not None

    def exports(self) -> list[Export]:
        """The heat map with every parameter, and the errors over the step, once there are any."""
        if self.result.finding is None:
            return []
        shown = (self.result.map, self.result.plot)
        return [(each.accessibleName(), each, each.export_rows) for each in shown]

    # The check

    @property
    def busy(self) -> bool:
        return self._waiting or self._thread.busy

    def check(self) -> None:
        """Ask the training thread where it stands, and check the gradient there."""
        self.cancel()
        self._question, self._waiting = self._question + 1, True
        number = self._question

        def answer(timeline: Timeline | None) -> None:
            self._answered.emit(number, next_step(timeline.trainer) if timeline is not None else None)

        self.session.worker.ask(answer)
        self.note.setText(self.tr("waiting for the end of a step"))
        self._show_busy()

    def cancel(self) -> None:
        """Leave a check that runs."""
        self._waiting = False
        self._thread.cancel()
        self._show_busy()

    @Slot(int, object)
    def _begin_check(self, number: int, at: NextStep | None) -> None:
        if number != self._question or not self._waiting:
            return
        self._waiting = False
        run, names = self._run, self._names
        if at is None or run is None or names is None or at.experiment.network != run.experiment.network:
            self._show_busy()  # no memory for the network, or another one is on its way
            return
        self._parameters = len(at.parameters)
        choice = self.faults.choice()
        work = partial(checked, at, self.settings, choice)
        self._thread.begin(work, lambda found: self._show(found, at, choice, names), self._tell)
        self._tell(0)

    def _show(self, found: CheckReport | None, at: NextStep, choice: Choice, names: ParameterNames) -> None:
        self._show_busy()
        if found is None:
            self.note.setText(self.tr("The check was ended by an error."))
            return
        self.result.show_finding(Finding(found, at, choice, names))
        if self.session.progress is not None:
            self.result.show_now(self.session.progress.snapshot.step)
        self.result.map.select(self.session.selection.parameter)
        self._turn_to(self.result)

    def _tell(self, done: int) -> None:
        text = self.tr("parameter {done:,} of {count:,}")
        if done >= self._parameters:
            text = self.tr("all {count:,} parameters compared; trying other steps h")
        self.note.setText(text.format(done=done, count=self._parameters))

    def _press(self) -> None:
        self.cancel() if self.busy else self.check()

    def _show_busy(self) -> None:
        self.button.setText(self.tr("Cancel") if self.busy else self.tr("Check the gradient"))
        if not self.busy:
            self._show_meaning()

    # Settings

    def _set(self, name: str, value: float) -> None:
        self.settings = GradientCheck(**{"step": self.settings.step, "tolerance": self.settings.tolerance, name: value})

    def _show_meaning(self) -> None:
        if self.busy:
            return
        fault = self.faults.choice().fault
        text = words(fault.meaning) if fault is not None else self.tr("Switch on a fault to see the check find it.")
        self.note.setText(text)
        self.note.setToolTip(f"<p>{text}</p>")

    def _select(self, index: int) -> None:
        self.session.selection.select_parameter(index)

    # Behind the scenes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space presses a button by itself, Enter does not.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QAbstractButton):
            self._press()
        elif event.key() == Qt.Key.Key_Escape and self.busy:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.button.clicked.connect(self._press)
        self._answered.connect(self._begin_check, Qt.ConnectionType.QueuedConnection)
        self.session.closing.connect(self._thread.close)
        self.session.selection.parameter_selected.connect(self.result.map.select)
        self.result.map.chosen.connect(self._select)
        self.faults.changed.connect(self._show_meaning)
        for name, box in self.boxes.items():
            box.edited.connect(partial(self._set, name))
        theme_switch().changed.connect(self._restyle)

    def _lay_out(self) -> None:
        self.button.setToolTip(
            self.tr(
                "<p>Compare backpropagation with numerical differences for every parameter, at the weights of the "
                "moment and on the batch that the next step takes.</p>"
            )
        )
        self.note.setAccessibleName(self.tr("Progress of the check, or meaning of the fault"))
        controls = FlowLayout()
        controls.addWidget(self.button)
        for parameter in hyperparameters(GradientCheck):
            controls.addWidget(labelled(self.boxes[parameter.name], words(parameter.label)))
        controls.addWidget(self.faults)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        controls.addWidget(self.note)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(GRID, GRID, GRID, GRID)
        rows.setSpacing(GRID)
        rows.addLayout(controls)
        for page in (self.introduction, self.result):
            rows.addWidget(page, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the focus inside is brought into view
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        chain = (self.button, *self.boxes.values(), self.faults.fault, self.faults.layer, self.result.map)
        for before, after in pairwise((*chain, self.result.plot)):
            self.setTabOrder(before, after)

    def _turn_to(self, page: QWidget) -> None:
        for each in (self.introduction, self.result):
            each.setVisible(each is page)

    def _restyle(self, theme: Theme) -> None:
        self.button.setStyleSheet(
            f"QPushButton {{ color: {theme.on_accent}; background: {theme.accent}; border: none; border-radius: 4px;"
            f" padding: 6px 16px; font-weight: bold; }}"
            f"QPushButton:hover {{ border: 1px solid {theme.text}; padding: 5px 15px; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.text}; padding: 4px 14px; }}"
        )
        # As wide with the one word as with the others: what stands beside it must not move when a check begins.
        self.button.ensurePolished()
        width = self.button.fontMetrics().horizontalAdvance
        around = self.button.sizeHint().width() - width(self.button.text())
        self.button.setMinimumWidth(around + max(width(self.tr("Cancel")), width(self.tr("Check the gradient"))))
        for box in self.boxes.values():
            box.setFixedWidth(BOX * theme.body // 13)
        self.note.setMinimumWidth(18 * theme.small)


def labelled(box: QWidget, text: str) -> QWidget:
    """A box behind its name, kept together."""
    both, label = QWidget(), QLabel(text)
    label.setBuddy(box)
    label.setToolTip(box.toolTip())
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    row.addWidget(label)
    row.addWidget(box)
    return both


def checked(at: NextStep, settings: GradientCheck, choice: Choice, interrupted: Interrupted, tell: Tell):
    """The work of the thread."""
    return report(at.loss(), settings, choice.fault, choice.layer, interrupted, tell)
