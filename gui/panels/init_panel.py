"""The initial weights lab: how far signals and gradients get under each rule, and what that does to training."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.flow_layout import FlowLayout
from gui.initial_weights.gradient_view import GradientView
from gui.initial_weights.lab_controls import LabControls
from gui.initial_weights.lab_pages import LabPages
from gui.initial_weights.sideways_area import SidewaysArea
from gui.initial_weights.spread_grid import SpreadGrid
from gui.initial_weights.training_view import Recipes, TrainingView
from gui.live_label import LiveLabel
from gui.long_work import LongWork
from gui.panel import Export, Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.session import Session
from gui.theme import GRID
from gui.words import words
from model.column_names import column_name
from model.experiment import Experiment
from model.initial_weights import (
    CANDIDATES,
    Candidate,
    LayerSpread,
    finding,
    gradient_finding,
    lab_experiment,
    spreads_of_deep_network,
    spreads_of_experiment,
    weighted_columns,
)
from model.stages import stages

Spreads = tuple[LayerSpread, ...]


class InitPanel(Panel):
    """Three pages about the same rules; one rule and one layer are chosen for all of them."""

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("init panel")
        self.setAccessibleName(self.tr("Initial weights"))
        self._worker = pictures
        self._run: Run | None = None
        self._measured: dict[str, Spreads] = {}
        self._wanted: set[str] = set()  # rules that are to be measured as soon as somebody looks
        self._source = 0  # counts up: what was measured of another network is stale
        self._kind: object = None  # of what is measured
        self._columns: tuple[str, ...] = ()
        self._rule, self._layer = "std_0.01", 4
        self.controls = LabControls()
        self.grid, self.gradients = SpreadGrid(), GradientView()
        self._work = LongWork(session.turns, lambda: session.playing, self)
        self.training = TrainingView(self._work, self._recipes)
        self.pages = LabPages(SidewaysArea(self.grid), self.gradients, self.training)
        self._area, self._looked = QScrollArea(), QTimer(self)
        self._looked.setSingleShot(True)
        self.sentence, self.open_button = LiveLabel(small=True, wrap_lines=3), QPushButton()
        self._lay_out()
        self._connect()
        self._begin_anew()

    # The run

    def begin(self, run: Run) -> None:
        before, self._run = self._run, run
        if self.controls.of_experiment and (before is None or _differ(before, run)):
            self._begin_anew()

    def draw(self, progress: Progress) -> None:
        self._ask(())

    def follows(self) -> bool:
        return bool(self._wanted)  # a lab of its own, but that it measures only what is looked at

    def exports(self) -> list[Export]:
        """The histograms, the gradients, and the curves once there are any."""
        shown = (self.grid, self.gradients.plot, self.training.plot)
        return [(each.accessibleName(), each, each.export_rows) for each in shown]

    # What is measured

    def _begin_anew(self) -> None:
        """Another network, or another draw: everything is measured again, what was trained is stale."""
        self._source += 1
        network, columns = self.controls.network, self._names()
        kind = self.controls.of_experiment, network.activation, network.batch_norm, columns
        if kind != self._kind:  # what was measured has other axes: better nothing for a moment
            self._kind, self._columns, self._measured = kind, columns, {}
            self._layer = min(self._layer, len(columns) - 1)
        self._show_rules()
        self._ask(rule.key for rule in CANDIDATES)

    def _retry_own(self) -> None:
        self._show_rules()
        self._ask(("own",))

    def _look(self) -> None:
        """What has become visible has its place by now: the docks have been laid out."""
        if self._wanted:
            self._ask(())

    def _ask(self, keys: Iterable[str]) -> None:
        self._wanted.update(keys)
        if not self.is_seen():
            return
        for rule in self.controls.rules():
            if rule.key in self._wanted:
                self._request(rule)
        self._wanted.clear()

    def _request(self, rule: Candidate) -> None:
        if not self.controls.of_experiment:
            compute = partial(spreads_of_deep_network, self.controls.network, rule.weights)
        elif self._run is not None:
            run = self._run
            compute = partial(spreads_of_experiment, run.experiment, run.parts, rule.weights, self.controls.seed)
        else:
            return
        self._worker.request((self, rule.key), compute, partial(self._accept, self._source, rule.key))

    def _accept(self, source: int, key: str, spreads: Spreads) -> None:
        # While a slider is dragged, what comes is always a little late: it is shown, the newest comes last.
        if len(spreads) == len(self._columns) and (source == self._source or not self.controls.of_experiment):
            self._measured[key] = spreads
            self._show_measured()

    def _names(self) -> tuple[str, ...]:
        """What the layers are called."""
        if not self.controls.of_experiment or self._run is None:
            numbers = range(1, self.controls.network.layers + 1)
            return tuple(self.tr("layer {number}").format(number=number) for number in numbers)
        layers = self._run.experiment.network.layers
        columns = stages(layers)
        return tuple(words(column_name(columns.index(each), len(columns))) for each in weighted_columns(layers))

    # What is shown

    def _show_rules(self) -> None:
        rules = self.controls.rules()
        self.grid.show_rows(rules, self._columns)
        self.training.show_rules(rules)
        self._show_measured()

    def _show_measured(self) -> None:
        self.grid.show_spreads(self._measured)
        self.gradients.show_spreads(self.controls.rules(), self._columns, self._measured)
        self._choose(self._rule, self._layer)

    def _choose(self, key: str, layer: int) -> None:
        self._rule, self._layer = key, layer
        self.grid.choose(key, layer)
        self.gradients.choose(key)
        self.training.choose(key)
        self._say()

    def _say(self) -> None:
        """About what is chosen, on the page that is shown."""
        text = self._sentence()
        self.sentence.setText(text)
        self.sentence.setToolTip(f"<p>{text}</p>")

    def _sentence(self) -> str:
        if self.pages.key() == "training":
            return self.training.sentence()
        spreads = self._measured.get(self._rule, ())
        rule = next(words(each.label) for each in self.controls.rules() if each.key == self._rule)
        if self._layer >= len(spreads):
            return ""
        if self.pages.key() == "gradients":
            return self.tr("{rule}: {sentence}").format(rule=rule, sentence=words(gradient_finding(spreads)))
        return self.tr("{rule}, {layer}: {sentence}").format(
            rule=rule, layer=self._columns[self._layer], sentence=words(finding(spreads[self._layer]).sentence)
        )

    # What is asked for

    def _recipes(self) -> Recipes:
        return {rule.key: self._experiment(rule) for rule in self.controls.rules()}

    def _experiment(self, rule: Candidate) -> Experiment:
        """What is trained from a rule."""
        base = self.session.experiment if self.controls.of_experiment else None
        return lab_experiment(self.controls.network, base, rule.weights)

    def _open(self) -> None:
        rule = next(each for each in self.controls.rules() if each.key == self._rule)
        text = self.tr("open {rule} as a run").format(rule=words(rule.label))
        self.session.start(self._experiment(rule), text)

    # Behind the scenes

    def _connect(self) -> None:
        self.pages.turned.connect(self._say)
        self.controls.changed.connect(self._begin_anew)
        self.controls.own_changed.connect(self._retry_own)
        self.grid.chosen.connect(self._choose)
        for view in (self.gradients, self.training):
            view.chosen.connect(lambda key: self._choose(key, self._layer))
        self.training.came_on.connect(self._say)
        self.open_button.clicked.connect(self._open)
        self.session.closing.connect(self._work.close)
        self.became_visible.connect(self._looked.start)
        self._looked.timeout.connect(self._look)

    def _lay_out(self) -> None:
        self.sentence.setAccessibleName(self.tr("What is seen"))
        self.open_button.setText(self.tr("Open as a run"))
        self.open_button.setToolTip(
            self.tr("<p>Make the chosen rule, with its network and its data, the experiment of the window.</p>")
        )
        self.open_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open_button.setAutoDefault(False)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        head = FlowLayout()
        for each in (self.pages.tabs, self.controls.whose, self.open_button):
            head.addWidget(each)
        column.addLayout(head)
        column.addWidget(self.controls)
        column.addWidget(self.pages, 1)
        column.addWidget(self.sentence)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the focus inside is brought into view
        self._area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)


def _differ(before: Run, now: Run) -> bool:
    """Whether another network, other data or another loss are looked at."""
    was, is_now = before.experiment, now.experiment
    return before.parts is not now.parts or (was.network, was.loss) != (is_now.network, is_now.loss)
