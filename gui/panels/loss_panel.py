"""The loss curve: every mini-batch, the evaluations, and the accuracy behind a second tab."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.branch_curves import BranchCurves, accuracy_of, loss_of
from gui.compared_table import compared_table
from gui.comparison import comparison_of
from gui.export import Table
from gui.loss_plot import PARTS, AccuracyPlot, LossPlot, show_curves
from gui.panel import Export, Panel
from gui.run import Progress, Run
from gui.run_plot import RunPlot
from gui.selection import CurvePoint
from gui.session import Session
from gui.shown_epochs import ShownEpochs
from gui.theme import GRID, current_theme, theme_switch
from gui.unseen_plot import lay_out
from gui.words import words
from model.loss_table import columns, rows
from model.record_curves import BatchLosses, Evaluations
from model.thinning import Follower


class LossPanel(Panel):
    """Loss and accuracy over the steps of the run."""

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("loss panel")
        self.setAccessibleName(self.tr("Loss curve"))
        self.loss, self.accuracy = LossPlot(), AccuracyPlot()
        self.log = QCheckBox(self.tr("Logarithmic"))
        self.sentence = QLabel()
        self._run: Run | None = None
        self._progress: Progress | None = None
        self._epochs = ShownEpochs()
        self._comparison = comparison_of(session)
        self._losses = BranchCurves(self._comparison, loss_of)
        self._accuracies = BranchCurves(self._comparison, accuracy_of, factor=100)
        self._batch: Follower | None = None
        self._evaluations: Follower | None = None
        self._pages = QStackedWidget()
        self._tabs = QButtonGroup(self)
        self._build()
        # A moved view asks for other points; at once, but not more than once a frame.
        self._looked = QTimer(self)
        self._looked.setSingleShot(True)
        self._looked.timeout.connect(self._show)
        for plot in (self.loss, self.accuracy):
            plot.view.sigXRangeChanged.connect(self._look)
        self.loss.log_changed.connect(self._follow_log)
        self.loss.point_chosen.connect(self._select_loss)
        self.accuracy.point_chosen.connect(self._select_accuracy)
        self._comparison.changed.connect(self._show)
        session.playing_changed.connect(self._animate)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def begin(self, run: Run) -> None:
        self._run, self._progress = run, None
        self._batch, self._evaluations = Follower(BatchLosses(run.record)), Follower(Evaluations(run.record))
        sizes = (run.parts.train, run.parts.validation, run.parts.test)
        parts = [name for name, part in zip(PARTS, sizes, strict=True) if len(part.inputs)]
        for plot, names in ((self.loss, ["batch", *parts]), (self.accuracy, parts)):
            show_curves(plot, names)
            plot.view_all()
        classes = run.experiment.data.dataset.task == "classification"
        self._tabs.button(1).setEnabled(classes)
        self._tabs.button(1).setToolTip(
            self.tr("The share of samples whose class is found") if classes else self.tr("A regression has no classes")
        )
        if not classes:
            self._tabs.button(0).click()
        self._say("")

    def draw(self, progress: Progress) -> None:
        self._progress = progress
        self._show()

    def exports(self) -> list[Export]:
        """The plots of this run, as pictures or as the table of every step."""
        found: list[Export] = [(self.tr("Loss"), self.loss, self.rows)]
        if self._tabs.button(1).isEnabled():
            found.append((self.tr("Accuracy"), self.accuracy, self.rows))
        # The page behind the other keeps the size and the curves of long ago.
        for plot in (self.loss, self.accuracy):
            if plot is not self._pages.currentWidget():
                plot.resize(self._pages.size())
                self._show_in(plot)
                lay_out(plot)
        return found

    def rows(self) -> Table:
        """Every step of the run with nothing left out: the table that a headless run writes as loss.csv.

        Where branches are compared, the same of each of them, behind a column that names it.
        """
        if self._run is None or self._progress is None:
            return ("step",), ()
        others = self._comparison.others()
        if others:
            return compared_table(self._comparison)
        classes = self._run.experiment.data.dataset.task == "classification"
        return columns(classes=classes), rows(self._run.record, self._epochs.at(self._progress).done, classes=classes)

    def _show(self) -> None:
        if self._progress is not None:
            diverged = self._progress.diverged
            self._show_in(self.loss if self._pages.currentWidget() is self.loss else self.accuracy)
            self._say(words(diverged.message) if diverged else "")

    def _show_in(self, plot: LossPlot | AccuracyPlot) -> None:
        progress, batch, evaluations = self._progress, self._batch, self._evaluations
        if progress is None or batch is None or evaluations is None:
            return
        evaluations.look_at(plot.seen())
        shown = progress.snapshot.step
        furthest = max(shown, progress.furthest)
        plot.epochs = self._epochs.at(progress).done
        plot.mark_step(shown if shown < furthest else None)
        plot.show_others((self._losses if plot is self.loss else self._accuracies).curves(plot.seen()))
        if isinstance(plot, LossPlot):
            batch.look_at(plot.seen())
            (x,), (y,) = batch.points()
            plot.show_run((x, y), evaluations.points(), furthest, progress.diverged is not None)
        else:
            plot.show_run(evaluations.points(), furthest)

    def _say(self, sentence: str) -> None:
        if sentence != self.sentence.text():
            self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def _select_loss(self, name: str, step: int, value: float) -> None:
        curve = self.tr("{curve} loss").format(curve=self.loss.titles[name])
        self.session.selection.select(CurvePoint(curve, step, value, f"{name} loss"))

    def _select_accuracy(self, name: str, step: int, value: float) -> None:
        curve = self.tr("{curve} accuracy").format(curve=self.accuracy.titles[name])
        self.session.selection.select(CurvePoint(curve, step, value, f"{name} accuracy"))

    def _look(self) -> None:
        shown = self._pages.currentWidget()
        if isinstance(shown, RunPlot) and shown.held and not self._looked.isActive():
            self._looked.start(0)

    def _turn(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.log.setVisible(page == 0)
        self._show()

    def _follow_log(self, log: bool) -> None:
        self.log.setChecked(log)
        self._show()

    def _animate(self, playing: bool) -> None:
        self.loss.set_animating(playing)
        self.accuracy.set_animating(playing)

    def _restyle(self) -> None:
        self.sentence.setStyleSheet(f"color: {current_theme().warning}; padding: 0 {GRID}px {GRID // 2}px")
        if self.loss.isVisible():
            self._show()  # in large type names are shorter

    def _build(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(GRID, GRID // 2, GRID, 0)
        header.setSpacing(GRID // 2)
        tips = (self.tr("The mean error that training makes smaller"), "")
        for page, (plot, tip) in enumerate(zip((self.loss, self.accuracy), tips, strict=True)):
            self._pages.addWidget(plot)
            tab = QToolButton()
            tab.setText(plot.accessibleName())
            tab.setAccessibleName(plot.accessibleName())
            tab.setToolTip(tip)
            tab.setCheckable(True)
            tab.setAutoRaise(True)
            self._tabs.addButton(tab, page)
            header.addWidget(tab)
        self._tabs.button(0).setChecked(True)
        self._tabs.idClicked.connect(self._turn)
        header.addStretch()
        header.addWidget(self.log)
        self.log.setToolTip(self.tr("Equal distances upwards are equal factors: small losses are seen as well"))
        self.log.clicked.connect(self.loss.set_log)
        self.loss.export_rows = self.accuracy.export_rows = self.rows
        self.sentence.setWordWrap(True)
        self.sentence.setAccessibleName(self.tr("Why the run stopped"))
        self.sentence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self._pages, 1)
        column.addWidget(self.sentence)
