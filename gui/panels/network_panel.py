"""The network builder: the diagram of the network, live, and what its links show."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.network_view.canvas import Canvas
from gui.network_view.diagram_foot import DiagramFoot
from gui.network_view.diagram_header import DiagramHeader
from gui.network_view.links import Quantity
from gui.network_view.network_view import NetworkView
from gui.network_view.unit_pictures import UnitPictures, paint_units
from gui.network_view.walk_in_diagram import WalkInDiagram
from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.run import Progress, Run
from gui.selection import INPUTS, Unit
from gui.session import Session
from gui.theme import current_theme, theme_switch
from model.arrays import Vector
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
        self.header = DiagramHeader()
        self.header.quantity_chosen.connect(self.show_quantity)
        self.header.sample_chosen.connect(self._show_sample)
        rows.addWidget(self.header)
        rows.addWidget(self.view, 1)
        self.foot = DiagramFoot(session)
        rows.addWidget(self.foot)
        self._walk = WalkInDiagram(session, self._canvas, self)
        self._walk.changed.connect(self._show_walk)
        self.setMinimumSize(320, 240)
        self._canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._canvas.customContextMenuRequested.connect(self._open_menu)
        self._export_action = add_export_action(self, self._export)
        self.view.next_sample.connect(self._next_sample)
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
        self.header.set_samples(len(run.parts.train.inputs) if run.parts.plane is None else 0)

    def draw(self, progress: Progress) -> None:
        if progress.run is not self._run:
            return  # of a network that is not drawn any more
        self._latest = progress
        self.foot.timeline.show_progress(progress)
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

    # The header and the foot

    def show_quantity(self, quantity: Quantity) -> None:
        """Weights, gradients or updates on the links."""
        self._canvas.show_quantity(quantity)
        self.header.choose(quantity)
        self._show_scale()

    def _show_walk(self, walking: bool) -> None:
        """Inside a step: its own line below, and in words what happens above."""
        self.foot.show_walk(walking)
        self.header.say(self._walk.sentence)

    def _next_sample(self) -> None:
        if self._canvas.flow is not None:
            self._walk.next_sample()
        else:
            self.header.next_sample()

    def _write_scale(self) -> None:
        if self.may_write():
            self._show_scale()

    def _show_scale(self) -> None:
        if self._canvas.flow is None:
            self.header.show_scale(self._canvas.links.limit)

    def _show_sample(self, sample: int) -> None:
        self._canvas.sample = sample
        self._ask()

    def _hovered(self, unit: Unit | None) -> None:
        if unit is not None and not self.session.playing:
            self._ask()  # its mean over the batch

    def _restyle(self) -> None:
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
        """One row a parameter; inside a step with what its link shows."""
        flow, snapshot = self._canvas.flow, self._canvas.snapshot
        if snapshot is None:
            return ("parameter", "value"), ()
        if flow is not None:
            return ("parameter", "value", flow.carried or "flow"), self._rows(snapshot.parameters, flow.links)
        vectors = snapshot.parameters, snapshot.gradient, snapshot.update
        return ("parameter", "value", "gradient", "update"), self._rows(*vectors)

    def _rows(self, *columns: Vector) -> Iterator[tuple[object, ...]]:
        vectors = zip(*columns, strict=True)
        for entry in self._canvas.diagram.layout.entries:
            width = entry.shape[-1]
            for place in range(entry.stop - entry.start):
                row, column = divmod(place, width)
                inside = f"[{row}, {column}]" if len(entry.shape) == 2 else f"[{column}]"
                yield (entry.full_name + inside, *(float(value) for value in next(vectors)))

    def _choose(self, quantity: Quantity, _checked: bool = True) -> None:
        self.show_quantity(quantity)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for quantity, text, tip in self.header.quantities():
            action = QAction(self.tr("Links show {quantity}").format(quantity=text), menu)
            action.setToolTip(tip)
            action.setCheckable(True)
            action.setChecked(quantity == self._canvas.quantity)
            action.triggered.connect(partial(self._choose, quantity))
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
