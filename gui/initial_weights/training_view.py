"""What the rules do to training: the same network from each of them, all loss curves growing together."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.export import Table
from gui.initial_weights.rule_list import RuleList
from gui.initial_weights.rule_plot import RulePlot
from gui.live_label import LiveLabel
from gui.long_work import Interrupted, LongWork, Tell
from gui.theme import GRID
from gui.words import words
from model.compared_runs import ComparedRuns, SoFar
from model.experiment import Experiment
from model.initial_weights import STEPS, Candidate, training_finding

MOST = 1e6  # a loss beyond it is not brought into view

Recipes = Mapping[str, Experiment]  # what is trained, by the key of the rule


class TrainingView(QWidget):
    """A button that trains all and stops them, the plot, and the list of the rules with their losses."""

    chosen = Signal(str)  # the key of a rule
    came_on = Signal()  # there is something new to be said

    def __init__(self, work: LongWork, recipes: Callable[[], Recipes], parent: QWidget | None = None) -> None:
        """`recipes` is asked for the experiments when the button is pressed."""
        super().__init__(parent)
        self._work, self._recipes = work, recipes
        self._rules: Sequence[Candidate] = ()
        self._so_far: SoFar = {}
        self.button, self.progress = QPushButton(), LiveLabel(small=True)
        self.plot = RulePlot(self.tr("Training from every rule"), self.tr("step"), self.tr("training loss"))
        self.plot.export_rows = self.rows
        self.list = RuleList(self.tr("training loss"), self.tr("The loss of the whole training part, measured last"))
        self._lay_out()
        self.button.clicked.connect(self._press)
        self.list.chosen.connect(self.chosen)
        self._show_busy()

    @property
    def busy(self) -> bool:
        return self._work.busy

    def show_rules(self, rules: Sequence[Candidate]) -> None:
        """Which rules there are; what was trained from others is forgotten."""
        self._work.cancel()
        self._rules, self._so_far = rules, {}
        self.plot.show_rules(rules)
        self.list.show_rules(rules)
        for rule in rules:
            self.list.show_number(rule.key, "")
        self.progress.setText("")
        self._show_busy()

    def choose(self, key: str) -> None:
        self.plot.choose(key)
        self.list.choose(key)

    def sentence(self) -> str:
        """What is seen, or what to do."""
        found = training_finding({rule.key: rule.label for rule in self._rules}, self._so_far)
        if found is None:
            return self.tr("Train the same network once from every rule, and watch who learns.")
        return words(found)

    def train(self) -> None:
        """Begin anew with all rules."""
        self.show_rules(self._rules)
        recipes = self._recipes()
        self._work.begin(lambda left, tell: trained(recipes, left, tell), self._end, self._show)
        self._show_busy()

    def stop(self) -> None:
        """Leave it; what was trained so far stays in view."""
        self._work.cancel()
        self._show_busy()

    def rows(self) -> Table:
        """Every evaluation of every run."""
        rows = [
            (words(rule.label), each.step, each.train_loss)
            for rule in self._rules
            if rule.key in self._so_far
            for each in self._so_far[rule.key].evaluations
        ]
        return ("rule", "step", "training loss"), rows

    def _press(self) -> None:
        self.stop() if self.busy else self.train()

    def _end(self, so_far: SoFar | None) -> None:
        if so_far is not None:
            self._show(so_far)
        self._show_busy()
        self.came_on.emit()

    def _show(self, so_far: SoFar) -> None:
        self._so_far = so_far
        drawn: list[float] = []
        for rule in self._rules:
            run = so_far.get(rule.key)
            if run is None or not run.evaluations:
                continue
            steps, losses = [each.step for each in run.evaluations], [each.train_loss for each in run.evaluations]
            self.plot.draw_rule(rule.key, steps, losses)
            drawn += [loss for loss in losses if 0 < loss < MOST]
            self.list.show_number(rule.key, self.tr("diverged") if run.diverged else f"{losses[-1]:.3g}")
        if drawn:
            self.plot.fit(0, STEPS, min(drawn), max(drawn))
        done = max((run.steps for run in so_far.values()), default=0)
        self.progress.setText(self.tr("step {done} of {steps}").format(done=done, steps=STEPS))
        self.came_on.emit()

    def _show_busy(self) -> None:
        self.button.setText(self.tr("Stop") if self.busy else self.tr("Train from every rule"))

    def _lay_out(self) -> None:
        self.button.setToolTip(
            self.tr("<p>Train the same network for {steps} steps from each of the rules, all side by side.</p>").format(
                steps=STEPS
            )
        )
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setAutoDefault(False)
        self.progress.setAccessibleName(self.tr("How far the training is"))
        self.plot.setMinimumSize(24 * GRID, 16 * GRID)
        side = QVBoxLayout()
        side.setSpacing(GRID // 2)
        for each in (self.button, self.progress, self.list):
            side.addWidget(each)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.plot, 1)
        row.addLayout(side)


def trained(recipes: Recipes, interrupted: Interrupted, tell: Tell) -> SoFar:
    """The work of the thread."""
    return ComparedRuns(recipes).advance(interrupted, tell)
