"""The overfitting lab: the experiment as it is beside the same with a remedy, and the gap between what it has learnt
by heart and what it has understood."""

from functools import partial

from msgspec import structs
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.export import Table
from gui.overfit_views.colors import run_color
from gui.overfit_views.contest import BASE, Contest
from gui.overfit_views.lab_layout import LabLayout
from gui.overfit_views.lab_tables import curve_table, remedy_table
from gui.overfit_views.numbers import headings, numbers
from gui.overfit_views.part_curves import CurveReader
from gui.overfit_views.part_plot import PartPlot
from gui.overfit_views.verdict import verdict
from gui.panel import Export, Panel
from gui.run import Run
from gui.session import Session
from gui.theme import current_theme, theme_switch
from gui.unseen_plot import lay_out
from gui.words import words
from model.experiment import Experiment
from model.fitting import problems
from model.message import Message
from model.remedies import Remedy

SHARE = 0.2  # of the samples, kept for validation where there is none


class OverfitPanel(Panel):
    """Remedies against overfitting, each in a run beside the base."""

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("overfit panel")
        self.setAccessibleName(self.tr("Overfitting"))
        self._base = session.experiment
        self._run: Run | None = None
        self._stale = False  # something changed while the panel was hidden
        self.contest = Contest(session.turns, lambda: session.playing, self)
        self.view = view = LabLayout()
        self.bar, self.table, self.words = view.bar, view.table, view.words
        self.accuracy, self.loss = view.accuracy, view.loss
        self._reader = CurveReader(self._title, self._color)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        self._wire()
        self._offer()
        self._changed()

    # The window's experiment

    def begin(self, run: Run) -> None:
        self._run = run
        self._offer()
        self._changed()

    def follows(self) -> bool:
        return False  # it has runs of its own

    def _follow(self, experiment: Experiment) -> None:
        """Another experiment is the base from now on; but one of the lab's own, opened as a run, leaves it as it is."""
        if experiment == self._base:
            return
        if self.contest.begun and experiment in self._remedied():
            self.bar.say(self.tr("The window shows this run now. The lab keeps its results until you start over."))
            return
        self._rebase(experiment)

    def _remedied(self) -> list[Experiment]:
        """What each remedy makes of the base."""
        possible = [each for each in self.table.remedies.values() if each.obstacle(self._base) is None]
        return [each.applied(self._base) for each in possible]

    def _rebase(self, experiment: Experiment) -> None:
        went, begun = self.contest.running, self.contest.begun
        self._base, self._run = experiment, None
        self.contest.forget()
        for name, remedy in self.table.chosen().items():
            if self._obstacle(remedy) is not None:
                self.table.switch(name, False)
        self._take()
        self._offer()
        if begun or went:
            self.bar.say(self.tr("The experiment in the window is another one: the lab has started over with it."))
        if went and self._can_run():
            self.contest.run()
        self._show()

    def _can_run(self) -> bool:
        return not self._missing()

    def _missing(self) -> str:
        """What keeps the lab from running, in a sentence; "" where nothing does."""
        if self._base.data.validation == 0:
            return self.tr("A gap is measured on samples that are not learnt from, and there is no validation part.")
        if self._run is not None and not len(self._run.parts.validation.inputs):
            return self.tr("The validation part is empty: its share of the samples is less than one. Make it larger.")
        return ""

    def _offer(self) -> None:
        missing = self._missing()
        self.bar.show_missing(missing, can_be_helped=bool(missing) and self._base.data.validation == 0)
        self.table.setEnabled(not missing)
        self.view.offer_accuracy(classes=self._base.data.dataset.task == "classification")

    def _keep_some(self) -> None:
        data = structs.replace(self._base.data, validation=SHARE)
        self.session.change(self.tr("keep {share:.0%} for validation").format(share=SHARE), data=data)

    # The runs

    def _take(self) -> None:
        """Compare the base and what is switched on."""
        chosen = self.table.chosen()
        wanted = {BASE: self._base, **{name: remedy.applied(self._base) for name, remedy in chosen.items()}}
        self.contest.take(wanted)

    def _switch(self, name: str) -> None:
        """A remedy was switched, or its hyperparameter is another one."""
        remedy = self.table.chosen().get(name)
        obstacle = self._obstacle(remedy) if remedy is not None else None
        self.bar.say("" if obstacle is None else words(obstacle))
        if obstacle is not None:
            self.table.switch(name, False)
        self._take()

    def _obstacle(self, remedy: Remedy) -> Message | None:
        obstacle = remedy.obstacle(self._base)
        if obstacle is None:
            obstacle = next((message for _, message in problems(remedy.applied(self._base))), None)
        return obstacle

    def _press(self) -> None:
        self.bar.say("")
        if self.contest.running:
            self.contest.stop()
        elif self._can_run():
            self._take()
            self.contest.run()

    def _start_over(self) -> None:
        if self.session.experiment != self._base:
            self._rebase(self.session.experiment)
            return
        went = self.contest.running
        self.bar.say("")
        self.contest.forget()
        if went:
            self.contest.run()

    def _open(self, name: str) -> None:
        """Take a run's experiment for the window's. Nothing is lost: the run before stays as a branch."""
        remedy = self.table.remedies[name]
        obstacle = self._obstacle(remedy)
        if obstacle is not None:
            self.bar.say(words(obstacle))
            return
        self.session.start(
            remedy.applied(self._base), self.tr("try {remedy}").format(remedy=words(remedy.label).lower())
        )

    # What is seen

    def _changed(self) -> None:
        self.bar.show_state(self.contest)
        animating = self.contest.running
        self.accuracy.set_animating(animating)
        self.loss.set_animating(animating)
        if self.is_seen():
            self._show()
        else:
            self._stale = True

    def _catch_up(self) -> None:
        if self._stale and self.is_seen():
            self._show()

    def _show(self) -> None:
        """All that is known; what stays the same costs nothing."""
        self._stale = False
        accuracy = self.view.shows_accuracy
        self.bar.show_state(self.contest)
        self.table.show_headings(*headings(accuracy=accuracy))
        self.table.show_numbers(
            {name: numbers(self.contest, name, accuracy=accuracy) for name in self.contest.experiments}
        )
        self._draw(self.accuracy if accuracy else self.loss)
        said = [] if self._missing() else verdict(self.contest, self.table.chosen(), accuracy=accuracy)
        self.words.setText("\n".join(said))

    def _draw(self, plot: PartPlot) -> None:
        so_far, accuracy = self.contest.so_far, plot is self.accuracy
        plot.show_runs([self._reader.curves(name, run, accuracy=accuracy) for name, run in so_far.items()])

    def _point(self, name: str) -> None:
        """One run stands out, in its row and in the plots."""
        self.table.set_pointed(name)
        self.accuracy.highlight(name)
        self.loss.highlight(name)

    def _title(self, name: str) -> str:
        return self.table.rows[name].check.text()

    def _color(self, name: str) -> QColor:
        return run_color(list(self.table.rows).index(name), current_theme())

    def exports(self) -> list[Export]:
        """The curves of all runs, as pictures or as the table of every evaluation; the rows with what they came to."""
        if not self.contest.begun:
            return []
        for plot in (self.accuracy, self.loss):
            if plot is not self.view.pages.currentWidget():  # it keeps the size and the curves of long ago
                plot.resize(self.view.pages.size())
                self._draw(plot)
                lay_out(plot)
        plots = [self.accuracy, self.loss] if self.view.tabs.button(0).isEnabled() else [self.loss]
        found: list[Export] = [(plot.accessibleName(), plot, self.curve_rows) for plot in plots]
        return [*found, (self.table.accessibleName(), self.table, partial(remedy_table, self.contest, self._title))]

    def curve_rows(self) -> Table:
        """Every evaluation of every run."""
        return curve_table(self.contest, self._title)

    # Behind the scenes

    def _wire(self) -> None:
        session = self.session
        self.bar.pressed.connect(self._press)
        self.bar.start_over.connect(self._start_over)
        self.bar.validation_wanted.connect(self._keep_some)
        self.table.changed.connect(self._switch)
        self.table.refused.connect(self.bar.say)
        self.table.pointed.connect(self._point)
        self.table.open_wanted.connect(self._open)
        for plot in (self.accuracy, self.loss):
            plot.run_pointed.connect(self._point)
            plot.export_rows = self.curve_rows
        self.contest.changed.connect(self._changed)
        self.became_visible.connect(self._catch_up)
        session.experiment_changed.connect(self._follow)
        session.closing.connect(self.contest.close)
        self.view.turned.connect(self._show)
        theme_switch().changed.connect(self._changed)
