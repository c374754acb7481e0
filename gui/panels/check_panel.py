"""The gradient check: backpropagation beside numerical differences, for every parameter of the moment."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QVBoxLayout, QWidget

from gui.check_views.check_controls import CheckControls
from gui.check_views.fault_chooser import Choice
from gui.check_views.finding import Finding
from gui.check_views.introduction import Introduction
from gui.check_views.result_view import ResultView
from gui.long_work import Interrupted, LongWork, Tell
from gui.panel import Export, Panel
from gui.parameter_name import ParameterNames
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.session import Session
from gui.theme import GRID
from model.check_report import CheckReport, report
from model.gradient_check import GradientCheck
from model.next_step import NextStep


class CheckPanel(Panel):
    """A button, its settings, and what it has found."""

    per_second = 4.0  # only a line of words follows the run

    def __init__(self, session: Session, pictures: PictureWorker | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("check panel")
        self.setAccessibleName(self.tr("Gradient check"))
        self._run: Run | None = None
        self._names: ParameterNames | None = None
        self._question = 0  # the last one
        self._waiting = False  # for its answer
        self._parameters = 0  # of the network that is checked
        self._work = LongWork(session.turns, lambda: session.playing, self)
        self.controls = CheckControls()
        self.introduction, self.result = Introduction(), ResultView(pictures)
        self._lay_out()
        self._turn_to(self.introduction)
        self.controls.pressed.connect(self._press)
        self.controls.changed.connect(self._compare_choices)
        session.closing.connect(self._work.close)
        session.selection.parameter_selected.connect(self.result.map.select)
        self.result.map.chosen.connect(session.selection.select_parameter)

    # The run

    def begin(self, run: Run) -> None:
        before, self._run = self._run, run
        if before is not None and before.number == run.number and before.record is run.record:
            return  # other data or batches came in the midst of it: what was found was found
        self._work.cancel()  # a question that waits is answered for the new network
        self._names = ParameterNames(run.experiment)
        self.controls.faults.set_network(run.experiment.network.layers, self._names)
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
        return self._waiting or self._work.busy

    def check(self) -> None:
        """Ask the training thread where it stands, and check the gradient there."""
        self.cancel()
        self._question, self._waiting = self._question + 1, True
        self.session.ask_next(partial(self._begin_check, self._question))
        self.controls.say(self.tr("waiting for the end of a step"))
        self._show_busy()

    def cancel(self) -> None:
        """Leave a check that runs."""
        self._waiting = False
        self._work.cancel()
        self._show_busy()

    def _begin_check(self, number: int, at: NextStep | None) -> None:
        if number != self._question or not self._waiting:
            return
        self._waiting = False
        run, names = self._run, self._names
        if at is None or run is None or names is None or at.experiment.network != run.experiment.network:
            # There is no memory for the network, or another one is on its way.
            self._show_busy()
            self.controls.say(self.tr("There is no network to check yet: press again when it is shown."))
            return
        self._parameters = len(at.parameters)
        choice = self.controls.faults.choice()
        check = partial(checked, at, self.controls.settings, choice)
        self._work.begin(check, lambda found: self._show(found, at, choice, names), self._tell)
        self._tell(0)

    def _show(self, found: CheckReport | None, at: NextStep, choice: Choice, names: ParameterNames) -> None:
        self._show_busy()
        if found is None:
            self.controls.say(self.tr("The check was ended by an error."))
            return
        self.result.show_finding(Finding(found, at, choice, names))
        if self.session.progress is not None:
            self.result.show_now(self.session.progress.snapshot.step)
        self.result.map.select(self.session.selection.parameter)
        self._turn_to(self.result)
        self._compare_choices()  # something may have been chosen meanwhile

    def _compare_choices(self) -> None:
        finding = self.result.finding
        if finding is not None:
            now = self.controls.faults.choice(), self.controls.settings
            self.result.set_stale(now != (finding.choice, finding.report.comparison.settings))

    def _tell(self, done: int) -> None:
        text = self.tr("parameter {done:,} of {count:,}")
        if done >= self._parameters:
            text = self.tr("all {count:,} parameters compared; trying other steps h")
        self.controls.say(text.format(done=done, count=self._parameters))

    def _press(self) -> None:
        self.cancel() if self.busy else self.check()

    def _show_busy(self) -> None:
        self.controls.show_busy(self.busy)

    # Behind the scenes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space presses a button by itself, Enter does not.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QAbstractButton):
            self._press()
        elif event.key() == Qt.Key.Key_Escape and self.busy:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(GRID, GRID, GRID, GRID)
        rows.setSpacing(GRID)
        rows.addWidget(self.controls)
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

    def _turn_to(self, page: QWidget) -> None:
        for each in (self.introduction, self.result):
            each.setVisible(each is page)


def checked(at: NextStep, settings: GradientCheck, choice: Choice, interrupted: Interrupted, tell: Tell):
    """The work of the thread."""
    return report(at.loss(), settings, choice.fault, choice.layer, interrupted, tell)
