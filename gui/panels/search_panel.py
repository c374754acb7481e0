"""The search panel: many networks are trained beside this window, and compared by their validation part."""

from collections.abc import Callable
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.data_folder import data_folder
from gui.flow_layout import FlowLayout
from gui.live_label import LiveLabel
from gui.panel import Export, Panel
from gui.run import Run
from gui.search_process import SearchProcess
from gui.search_views.found import Found, title
from gui.search_views.importance_bars import ImportanceBars
from gui.search_views.progress import progress, time_left
from gui.search_views.scatter_page import ScatterPage
from gui.search_views.settings_page import SHARE, SettingsPage
from gui.search_views.trial_curves import TrialCurves
from gui.search_views.trial_table import TrialTable
from gui.session import Session
from gui.theme import GRID, current_theme, theme_switch
from gui.words import words
from model.experiment import Experiment
from model.message import Message
from model.search.search_spec import SearchSpec, problems
from model.search.trial_record import TrialRecord
from model.search.trial_run import ending_at, has_test
from search_engine.conductor import Figures, News, Order
from search_engine.names import database, name_of

SETTINGS, SCATTER, CURVES, IMPORTANCE, TABLE = range(5)
WIDE, HIGH = 860, 460  # px: with so much room all pages stand side by side
PLACES = {  # row, column and how many of them, in the order of the tabs
    SETTINGS: (0, 0, 2, 1),
    SCATTER: (0, 1, 1, 1),
    CURVES: (0, 2, 1, 1),
    IMPORTANCE: (1, 2, 1, 1),
    TABLE: (1, 1, 1, 1),
}


class SearchPanel(Panel):
    """Settings, pictures and the table of a search; a trial is opened as a run of the window."""

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("search panel")
        self.setAccessibleName(self.tr("Search"))
        self.settings, self.scatter, self.curves = SettingsPage(), ScatterPage(), TrialCurves()
        self.importance, self.table = ImportanceBars(), TrialTable()
        self.pages: list[QWidget] = [self.settings, self.scatter, self.curves, self.importance, self.table]
        self.tabs = QButtonGroup(self)
        self.start, self.measure = QToolButton(), QToolButton()
        self.sentence = LiveLabel(small=True, wrap_lines=2)
        self.process = SearchProcess(self)
        self.folder: Callable[[], Path] = data_folder
        self.found: Found | None = None
        self.figures: Figures | None = None
        self._trials: dict[int, TrialRecord] = {}
        self._news = News()
        self._name = ""  # of the study; "": as the search is called by default
        self._said = ""  # what stands in place of the progress
        self._measuring = False
        self._behind = False  # what was told while nobody looked is not drawn yet
        self._page = SETTINGS
        self._opened: Experiment | None = None  # the trial that was opened last
        self._build()
        self._wire()
        self._restyle()
        self._turn(SETTINGS)

    def follows(self) -> bool:
        return False  # the trials of other networks; not the run

    def begin(self, run: Run) -> None:
        """Another run is another experiment to search; the search that was made stays."""

    def exports(self) -> list[Export]:
        """The trials as points, curves, bars and a table, once there are any."""
        if not self._trials:
            return []
        self._draw(hidden=True)
        return [
            (self.scatter.scatter.accessibleName(), self.scatter.scatter, self.scatter.scatter.rows),
            (self.curves.accessibleName(), self.curves, self.curves.export_rows),
            (self.importance.accessibleName(), self.importance, self.importance.rows),
            (self.table.accessibleName(), self.table, self.table.table),
        ]

    # The search

    def search(self) -> None:
        """Begin the search that is set, or go on with it where it was left."""
        spec = self.settings.spec(self._base())
        problem = next(iter(problems(spec)), None)
        if problem is not None:
            self._say(words(problem))
            return
        if self.found is None or not spec.same_as(self.found.spec):
            self._trials, self.figures = {}, None
        self.found = Found(spec, self._in_order())
        self._said, self._news = "", News()
        if self._order("run", spec):
            self._turn(SCATTER)

    def cancel(self) -> None:
        """End the processes; what is finished stays."""
        self.process.cancel()
        self._say(self.tr("ending the processes"))

    def measure_winner(self) -> None:
        """Train the winner once more, with the test part."""
        if self.found is not None and self.found.winner is not None:
            self._measuring = self._order("measure", self.found.spec)
            self._say(self.tr("measuring the winner on the test part"))

    def open_trial(self, place: int) -> None:
        """Show a trial as a run of the window: the same numbers, step by step."""
        trial = self.found.trial(place) if self.found is not None else None
        if trial is None or self.found is None or not trial.values:
            return
        experiment = self.found.spec.experiment_of(trial.values)
        if trial.result is not None:
            experiment = ending_at(experiment, trial.result)
        number = title(trial)
        self._opened = experiment
        self.session.start(experiment, self.tr("open trial {number}").format(number=number))
        self._select(place)
        if trial.loss is not None and trial.result is not None:
            text = self.tr("Trial {number} is open: its validation loss at step {step:,} is {loss:.4g}.")
            self._say(text.format(number=number, step=trial.result.step, loss=trial.loss))
        else:
            self._say(self.tr("Trial {number} is open: run it, and see.").format(number=number))

    def _order(self, what: str, spec: SearchSpec) -> bool:
        folder = self.folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self._say(self.tr("{folder} cannot be made: {reason}").format(folder=folder, reason=reason))
            return False
        url, workers = database(folder), self.settings.workers
        self.process.begin(
            Order(what="run" if what == "run" else "measure", url=url, name=name_of(spec), spec=spec, workers=workers)
        )
        self._show_busy()
        return True

    def hear(self, news: News) -> None:
        """What the search tells, some times a second."""
        if self.found is None:
            return
        if news.refused is not None:
            source, values = news.refused
            self._say(words(Message(source, dict(values))))
            return
        if news.figures is not None:
            self.figures = news.figures
            self._measuring, self._said = False, ""
        if news.finished is not None:
            self._news, self._said = news, ""
        self._trials.update((each.place, each) for each in news.trials)
        if news.trials or news.importance is not None:
            shares = news.importance if news.importance is not None else self.found.importance
            spec = self.found.spec
            if news.wanted > spec.trials:  # the same search was once asked for more
                spec = structs.replace(spec, trials=news.wanted)
            self.found = Found(spec, self._in_order(), shares)
            self._draw()
        self._write()

    def _in_order(self) -> list[TrialRecord]:
        return [self._trials[place] for place in sorted(self._trials)]

    def _ended(self) -> None:
        """The process is gone: trials that ran will be run again."""
        self._measuring = False
        if self.found is not None:
            self._trials = {place: each for place, each in self._trials.items() if each.finished}
            self.found = Found(self.found.spec, self._in_order(), self.found.importance)
            if self._said in (self.tr("ending the processes"), self.tr("measuring the winner on the test part")):
                self._said = ""
            self._draw()
        self._show_busy()

    # What is seen

    def _draw(self, *, hidden: bool = False) -> None:
        """The pages that can be seen; the others when somebody turns to them."""
        self._behind = not self.is_seen()
        for page in (self.scatter, self.curves, self.importance, self.table):
            if hidden or (not self._behind and page.isVisible()):
                page.show_found(self.found)

    def _write(self) -> None:
        going_on = self.process.busy and not self._measuring
        left = time_left(self._news.seconds_left) if going_on else ""
        self.sentence.setText(self._said or progress(self.found, self.figures, left))
        self.sentence.setToolTip(f"<p>{self.sentence.text()}</p>")
        best = self.found.winner if self.found is not None else None
        measured = best is not None and self.figures is not None and self.figures.place == best.place
        testable = self.found is not None and has_test(self.found.spec.experiment.data)
        self.measure.setVisible(best is not None and testable and not measured and not self.process.busy)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._write()

    def _show_busy(self) -> None:
        busy = self.process.busy
        done = sum(each.finished for each in self._trials.values())
        begun = self.found is not None and 0 < done < self.found.spec.trials
        begun = begun and self.found is not None and self._set_now() == self.found.spec
        text = self.tr("Cancel") if busy else self.tr("Resume") if begun else self.tr("Start")
        self.start.setText(text)
        self.start.setAccessibleName(text)
        self.start.setToolTip(
            self.tr("<p>End the processes of the search; what is finished stays, and it can be resumed</p>")
            if busy
            else self.tr("<p>Train the trials in processes of their own, on all cores, at low priority</p>")
        )
        self.settings.set_busy(busy)
        self._write()

    def _set_now(self) -> SearchSpec | None:
        return self.settings.spec(self._base()) if self.settings.space.rows else None

    def _base(self) -> Experiment:
        """What is searched: the experiment of the window. A trial that was opened to be looked at leaves the search as
        it is."""
        if self.found is not None and self.session.experiment == self._opened:
            return self.found.spec.experiment
        return self.session.experiment

    def _select(self, place: int) -> None:
        self.scatter.scatter.select(place)
        self.table.select(place)

    def _turn(self, page: int) -> None:
        """Bring a page to the front; with enough room all of them stand side by side."""
        self._page = page
        self.tabs.button(page).setChecked(True)
        self._spread()

    def _spread(self) -> None:
        wide = self.width() >= WIDE and self.height() >= HIGH
        for number, page in enumerate(self.pages):
            page.setVisible(wide or number == self._page)
            self.tabs.button(number).setVisible(not wide)
        row, column = PLACES[self._page][:2]
        for number in range(3):  # what is hidden takes no room
            self._grid.setColumnStretch(number, 1 if wide else int(number == column))
            self._grid.setRowStretch(number, int(number < 2 if wide else number == row))
        self._grid.setSpacing(GRID if wide else 0)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_experiment(self.session.experiment)
        if self._behind:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _show_experiment(self, experiment: Experiment) -> None:
        if self.isVisible():
            self.settings.show_experiment(self._base())
            self._show_busy()

    def _keep_validation(self) -> None:
        data = structs.replace(self.session.experiment.data, validation=SHARE)
        self.session.change(self.tr("keep samples for validation"), data=data)

    def _press(self) -> None:
        self.cancel() if self.process.busy else self.search()

    def _restyle(self) -> None:
        self.sentence.set_color(current_theme().text)

    def _wire(self) -> None:
        self.session.experiment_changed.connect(self._show_experiment)
        self.session.closing.connect(self.process.close)
        self.process.told.connect(self.hear)
        self.process.ended.connect(self._ended)
        self.settings.edited.connect(self._show_busy)
        self.settings.refused.connect(self._say)
        self.settings.validation_wanted.connect(self._keep_validation)
        for each in (self.scatter.scatter, self.table):
            each.chosen.connect(self.open_trial)
            each.pointed.connect(self._select)
        self.start.clicked.connect(self._press)
        self.measure.clicked.connect(self.measure_winner)
        theme_switch().changed.connect(self._restyle)
        self.became_visible.connect(self._draw)

    def _build(self) -> None:
        titles = (
            (self.tr("Settings"), self.tr("What varies, and how it is searched")),
            (self.tr("Trials"), self.tr("All trials over two hyperparameters")),
            (self.tr("Curves"), self.tr("Learning curves of the best trials")),
            (self.tr("Importance"), self.tr("How much each hyperparameter matters")),
            (self.tr("Table"), self.tr("All trials with their values")),
        )
        tabs = FlowLayout(gap=GRID // 2)
        for number, (text, tip) in enumerate(titles):
            tab = QToolButton()
            tab.setText(text)
            tab.setAccessibleName(text)
            tab.setToolTip(f"<p>{tip}</p>")
            tab.setCheckable(True)
            tab.setAutoRaise(True)
            self.tabs.addButton(tab, number)
            tabs.addWidget(tab)
        self.tabs.idClicked.connect(self._turn)
        self.start.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.measure.setText(self.tr("Test the winner"))
        self.measure.setAccessibleName(self.tr("Measure the winner on the test part"))
        self.measure.setToolTip(
            self.tr(
                "<p>Measure the winner on the test part, once. The search has never seen it, so this number alone says "
                "how good the network is on new data.</p>"
            )
        )
        self.measure.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sentence.setAccessibleName(self.tr("How far the search has come"))
        header = QHBoxLayout()
        header.setContentsMargins(GRID, GRID // 2, GRID, 0)
        header.setSpacing(GRID)
        header.addLayout(tabs, 1)
        header.addWidget(self.start, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setContentsMargins(GRID, 0, GRID, GRID // 2)
        foot.setSpacing(GRID)
        foot.addWidget(self.sentence, 1)
        foot.addWidget(self.measure)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        for number, page in enumerate(self.pages):
            self._grid.addWidget(page, *PLACES[number])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(header)
        column.addLayout(self._grid, 1)
        column.addLayout(foot)
