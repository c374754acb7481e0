"""The search panel: many networks are trained beside this window, and compared by their validation part."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import structs
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.data_folder import data_folder
from gui.panel import Export, Panel
from gui.run import Run
from gui.search_process import SearchProcess
from gui.search_views.found import Found, title
from gui.search_views.importance_bars import ImportanceBars
from gui.search_views.page_grid import SCATTER, SETTINGS, PageGrid
from gui.search_views.progress import opened
from gui.search_views.scatter_page import ScatterPage
from gui.search_views.search_buttons import MeasureButton, StartButton
from gui.search_views.search_record import SearchRecord
from gui.search_views.search_status import SearchStatus
from gui.search_views.settings_page import SHARE, SettingsPage
from gui.search_views.trial_curves import TrialCurves
from gui.search_views.trial_table import TrialTable
from gui.session import Session
from gui.theme import GRID
from gui.words import words
from model.experiment import Experiment
from model.message import Message
from model.search.search_spec import SearchSpec, problems
from search_engine.conductor import News, Order
from search_engine.names import database, name_of

SMALLEST = QSize(38 * GRID, 17 * GRID)  # px


class SearchPanel(Panel):
    """Settings, pictures and the table of a search; a trial is opened as a run of the window."""

    def __init__(self, session: Session, pictures: object = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("search panel")
        self.setAccessibleName(self.tr("Search"))
        self.settings, self.scatter, self.curves = SettingsPage(), ScatterPage(), TrialCurves()
        self.importance, self.table = ImportanceBars(), TrialTable()
        self.pages: list[QWidget] = [self.settings, self.scatter, self.curves, self.importance, self.table]
        self.grid = PageGrid(self.pages)
        self.start, self.measure = StartButton(), MeasureButton()
        self.sentence = SearchStatus()
        self.process = SearchProcess(self)
        self.folder: Callable[[], Path] = data_folder
        self.record = SearchRecord()
        self._measuring = False
        self._behind = False  # what was told while nobody looked is not drawn yet
        self._build()
        self._wire()
        self._turn(SETTINGS)

    def follows(self) -> bool:
        return False  # the trials of other networks; not the run

    def minimumSizeHint(self) -> QSize:
        """The same whatever page is in front: the dock does not move when a tab is turned."""
        return SMALLEST

    def begin(self, run: Run) -> None:
        """Another run is another experiment to search; the search that was made stays."""

    def exports(self) -> list[Export]:
        """The trials as points, curves, bars and a table, once there are any."""
        if self.record.is_empty:
            return []
        self._draw(hidden=True)
        return [
            (self.scatter.scatter.accessibleName(), self.scatter.scatter, self.scatter.scatter.rows),
            (self.curves.accessibleName(), self.curves, self.curves.export_rows),
            (self.importance.accessibleName(), self.importance, self.importance.rows),
            (self.table.accessibleName(), self.table, self.table.table),
        ]

    # The search

    @property
    def found(self) -> Found | None:
        """The search that was begun last, as far as it has come."""
        return self.record.found

    def search(self) -> None:
        """Begin the search that is set, or go on with it where it was left."""
        spec = self.settings.spec(self._base())
        problem = next(iter(problems(spec)), None)
        if problem is not None:
            self._say(words(problem))
            return
        self.record.begin(spec)
        self.sentence.say("")
        if self._order("run", spec):
            self._turn(SCATTER)

    def cancel(self) -> None:
        """End the processes; what is finished stays."""
        self.process.cancel()
        self._say(self.tr("ending the processes"), while_busy=True)

    def measure_winner(self) -> None:
        """Train the winner once more, with the test part."""
        if self.found is not None and self.found.winner is not None:
            self._measuring = self._order("measure", self.found.spec)
            if self._measuring:  # else it was said why not
                self._say(self.tr("measuring the winner on the test part"), while_busy=True)

    def open_trial(self, place: int) -> None:
        """Show a trial as a run of the window: the same numbers, step by step."""
        trial = self.found.trial(place) if self.found is not None else None
        if trial is None or self.found is None or not trial.values:
            return
        self.record.opened = experiment = self.found.experiment_of(trial)
        self.session.start(experiment, self.tr("open trial {number}").format(number=title(trial)))
        self._select(place)
        self._say(opened(trial))

    def _order(self, what: Literal["run", "measure"], spec: SearchSpec) -> bool:
        folder = self.folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self._say(self.tr("{folder} cannot be made: {reason}").format(folder=folder, reason=reason))
            return False
        order = Order(what=what, url=database(folder), name=name_of(spec), spec=spec, workers=self.settings.workers)
        self.process.begin(order)
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
            self._measuring = False
        if news.figures is not None or news.finished is not None:
            self.sentence.say("")
        if self.record.take(news):
            self._draw()
        self._write()

    def _ended(self) -> None:
        """The process is gone: trials that ran will be run again."""
        self._measuring = False
        if self.found is not None:
            self.record.drop_running()
            self.sentence.end_busy()
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
        self.sentence.show_record(self.record, going_on=going_on)
        self.measure.setVisible(self.record.can_measure and not self.process.busy)

    def _say(self, sentence: str, *, while_busy: bool = False) -> None:
        self.sentence.say(sentence, while_busy=while_busy)
        self._write()

    def _show_busy(self) -> None:
        busy, found = self.process.busy, self.found
        begun = found is not None and 0 < self.record.finished < found.spec.trials and self._set_now() == found.spec
        self.start.show_state(busy=busy, begun=begun)
        self.settings.set_busy(busy)
        self._write()

    def _set_now(self) -> SearchSpec | None:
        return self.settings.spec(self._base()) if self.settings.space.rows else None

    def _base(self) -> Experiment:
        return self.record.base(self.session.experiment)

    def _select(self, place: int) -> None:
        self.scatter.scatter.select(place)
        self.table.select(place)

    def _turn(self, page: int) -> None:
        """Bring a page to the front; with enough room all of them stand side by side."""
        self.grid.spread(page, self.size())
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_experiment(self.session.experiment)
        if self._behind:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn(self.grid.page)

    def _show_experiment(self, experiment: Experiment) -> None:
        if self.isVisible():
            self.settings.show_experiment(self._base())
            self._show_busy()

    def _keep_validation(self) -> None:
        data = structs.replace(self.session.experiment.data, validation=SHARE)
        self.session.change(self.tr("keep samples for validation"), data=data)

    def _press(self) -> None:
        self.cancel() if self.process.busy else self.search()

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
        self.grid.turned.connect(self._turn)
        self.start.clicked.connect(self._press)
        self.measure.clicked.connect(self.measure_winner)
        self.became_visible.connect(self._draw)

    def _build(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(GRID, GRID // 2, GRID, 0)
        header.setSpacing(GRID)
        header.addLayout(self.grid.tab_row, 1)
        header.addWidget(self.start, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setContentsMargins(GRID, 0, GRID, GRID // 2)
        foot.setSpacing(GRID)
        foot.addWidget(self.sentence, 1)
        foot.addWidget(self.measure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(header)
        column.addLayout(self.grid, 1)
        column.addLayout(foot)
