"""The network builder: the diagram of the network, live, and what its links show."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QMenu, QSpinBox, QToolButton, QVBoxLayout, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.live_label import LiveLabel
from gui.network_view.canvas import Canvas
from gui.network_view.descriptions import number
from gui.network_view.links import Quantity
from gui.network_view.network_view import NetworkView
from gui.network_view.unit_pictures import UnitPictures, paint_units
from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.selection import INPUTS, Unit
from gui.session import Session
from gui.theme import GRID, current_theme, theme_switch
from gui.timeline_bar import TimelineBar
from model.experiment import Experiment
from model.pictures import Pictures


class NetworkPanel(Panel):
    """The diagram: what it shows comes from the snapshot, what is edited goes to the session."""

    asks_for_pictures = True

    def __init__(self, session: Session, pictures: PictureWorker, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("network panel")
        self.setAccessibleName(self.tr("Network builder"))
        self._worker = pictures
        self._run: Run | None = None
        self._pictures: Pictures | None = None
        self._latest: Progress | None = None
        self.view = NetworkView(session)
        self._canvas: Canvas = self.view.canvas
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._header())
        rows.addWidget(self.view, 1)
        self.timeline = TimelineBar(session)
        rows.addWidget(self.timeline)
        self.setMinimumSize(320, 240)
        self._canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._canvas.customContextMenuRequested.connect(self._open_menu)
        self._export_action = add_export_action(self, self._export)
        self.view.next_sample.connect(self.sample.stepUp)
        self._canvas.arranged.connect(self._ask)
        session.experiment_changed.connect(self._follow)
        session.selection.unit_hovered.connect(self._hovered)
        theme_switch().changed.connect(self._restyle)
        self._restyle()
        self._follow(session.experiment)

    # The run

    def begin(self, run: Run) -> None:
        self._run, self._pictures, self._latest = run, None, None
        self._show_experiment(run.experiment)
        self.sample.setMaximum(max(1, len(run.parts.train.inputs)))
        self.sample.setVisible(run.parts.plane is None)
        self.sample_label.setVisible(run.parts.plane is None)

    def draw(self, progress: Progress) -> None:
        if progress.run is not self._run:
            return  # of a network that is not drawn any more
        self._latest = progress
        self.timeline.show_progress(progress)
        if self._worker.is_pending(self):  # the pictures are late: the links do not wait for them
            self._show(progress, None)
        self._ask()

    def _ask(self) -> None:
        """Ask for the newest pictures, of the size, colours and sample that are wanted now."""
        if self._latest is None:
            return
        run = self._latest.run
        if self._pictures is None:
            self._pictures = Pictures(run.experiment, run.parts)
        compute = partial(paint_units, self._pictures, self._latest.snapshot, self._canvas.order())
        self._worker.request(self, compute, partial(self._painted, run))

    def _painted(self, run: Run, pictures: UnitPictures) -> None:
        if run is self._run and self._latest is not None:
            self._show(self._latest, pictures)  # the links show where the run is by now

    def _show(self, progress: Progress, pictures: UnitPictures | None) -> None:
        self._canvas.show_progress(progress.snapshot, pictures)
        self._write_scale()

    def _follow(self, experiment: Experiment) -> None:
        """Another experiment: its network is drawn at once, its numbers come with its run."""
        shown = self._canvas.diagram.experiment
        if (experiment.network, experiment.data, experiment.loss) != (shown.network, shown.data, shown.loss):
            self._run = self._latest = None
            self._show_experiment(experiment)

    def _show_experiment(self, experiment: Experiment) -> None:
        self._canvas.show_experiment(experiment)

    # The header

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID // 2)
        label = QLabel(self.tr("Links show"))
        row.addWidget(label)
        self.choice = QButtonGroup(self)
        for quantity, text, tip in self._quantities():
            button = QToolButton()
            button.setObjectName(quantity)
            button.setText(text)
            button.setToolTip(f"<p>{tip}</p>")
            button.setAccessibleDescription(tip)
            button.setCheckable(True)
            button.setChecked(quantity == "weights")
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self._choose_quantity, quantity))
            self.choice.addButton(button)
            row.addWidget(button)
        row.addSpacing(GRID)
        self.scale = LiveLabel(small=True)
        self.scale.setObjectName("scale")
        self.scale.setToolTip(self.tr("Blue is positive, orange is negative; the widest line has this size."))
        row.addWidget(self.scale, 1)
        self.sample_label = QLabel(self.tr("Sample"))
        self.sample = QSpinBox()
        self.sample.setObjectName("sample")
        self.sample.setAccessibleName(self.tr("Training sample"))
        self.sample.setToolTip(self.tr("The training sample whose activations the neurons show."))
        self.sample.setMinimum(1)
        self.sample.setWrapping(True)
        self.sample.setKeyboardTracking(False)
        self.sample.valueChanged.connect(self._show_sample)
        self.sample_label.setBuddy(self.sample)
        row.addWidget(self.sample_label)
        row.addWidget(self.sample)
        return row

    def _quantities(self) -> tuple[tuple[Quantity, str, str], ...]:
        return (
            ("weights", self.tr("Weights"), self.tr("Width and colour of a link show its weight.")),
            (
                "gradient",
                self.tr("Gradients"),
                self.tr("Show the derivative of the last batch's loss with respect to each weight."),
            ),
            ("update", self.tr("Updates"), self.tr("Show what the optimizer added to each weight at the last step.")),
        )

    def show_quantity(self, quantity: Quantity) -> None:
        """Weights, gradients or updates on the links."""
        self._canvas.show_quantity(quantity)
        button = self.findChild(QToolButton, quantity)
        assert isinstance(button, QToolButton)
        button.setChecked(True)
        self._show_scale()

    def _choose_quantity(self, quantity: Quantity, _checked: bool = True) -> None:
        self.show_quantity(quantity)

    def _write_scale(self) -> None:
        if self.may_write():
            self._show_scale()

    def _show_scale(self) -> None:
        limit = self._canvas.links.limit
        self.scale.setText(self.tr("widest line: {value}").format(value=number(limit)) if limit > 0 else "")

    def _show_sample(self, value: int) -> None:
        self._canvas.sample = value - 1
        self._ask()

    def _hovered(self, unit: Unit | None) -> None:
        if unit is not None and not self.session.playing:
            self._ask()  # its mean over the batch

    def _restyle(self) -> None:
        self.scale.set_color(current_theme().muted)
        self.view.setStyleSheet(f"QScrollArea {{ background: {current_theme().panel}; }}")
        self._canvas.arrange(self.view.maximumViewportSize())

    # Export and menu

    def exports(self) -> list[tuple[str, QWidget, Callable[[], Table] | None]]:
        """The diagram, and every parameter with its gradient and last update."""
        return [(self.tr("Diagram of the network"), self._canvas, self.table)]

    def _export(self) -> None:
        name, source, rows = self.exports()[0]
        export_dialog(self, source, name, rows)

    def table(self) -> Table:
        """One row a parameter."""
        return ("parameter", "value", "gradient", "update"), self._rows()

    def _rows(self) -> Iterator[tuple[object, ...]]:
        snapshot = self._canvas.snapshot
        if snapshot is None:
            return
        vectors = zip(snapshot.parameters, snapshot.gradient, snapshot.update, strict=True)
        for entry in self._canvas.diagram.layout.entries:
            width = entry.shape[-1]
            for place in range(entry.stop - entry.start):
                row, column = divmod(place, width)
                inside = f"[{row}, {column}]" if len(entry.shape) == 2 else f"[{column}]"
                yield (entry.full_name + inside, *(float(value) for value in next(vectors)))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for quantity, text, tip in self._quantities():
            action = QAction(self.tr("Links show {quantity}").format(quantity=text), menu)
            action.setToolTip(tip)
            action.setCheckable(True)
            action.setChecked(quantity == self._canvas.quantity)
            action.triggered.connect(partial(self._choose_quantity, quantity))
            menu.addAction(action)
        menu.addSeparator()
        unit = self._canvas.pointed
        if isinstance(unit, Unit) and unit.stage != INPUTS:
            action = QAction(self.tr("Show in the computational graph"), menu)
            action.setToolTip(self.tr("This neuron with its real numbers, one node for every operation."))
            action.triggered.connect(lambda: self.session.selection.graph_wanted.emit(unit))
            menu.addAction(action)
        menu.addAction(self._export_action)
        menu.popup(self._canvas.mapToGlobal(place))
