"""The canvas of the diagram: it holds what is shown now, paints it, and says what the pointer is on."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.network_view import flow_painting, marks, nodes
from gui.network_view.columns import Diagram, diagram
from gui.network_view.descriptions import description
from gui.network_view.flow import Flow
from gui.network_view.geometry import LONGEST_NAME, Geometry
from gui.network_view.links import Links, Quantity
from gui.network_view.spots import Spot, place_of
from gui.network_view.unit_pictures import Order, UnitPictures
from gui.selection import Unit
from gui.session import Session
from gui.theme import GRID, current_theme, font
from gui.words import input_symbol
from model.arrays import Vector
from model.experiment import Experiment
from model.snapshot import Snapshot

READOUT_WIDTH = 40  # characters before a sentence is broken


class Canvas(QWidget):
    """Paints one diagram. Whoever listens to `NetworkView` changes what it shows."""

    walks_with_arrows = True  # see `own_keys`

    arranged = Signal()  # everything stands anew

    def __init__(self, session: Session, scroll_bar: int, parent: QWidget | None = None) -> None:
        """`scroll_bar`: px of height that a diagram wider than the window leaves to the scroll bar."""
        super().__init__(parent)
        self._scroll_bar = scroll_bar
        self.setObjectName("network diagram")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Diagram of the network"))
        self.session = session
        self.quantity: Quantity = "weights"
        self.sample = 0
        self.snapshot: Snapshot | None = None
        self.pictures: UnitPictures | None = None
        self.pointed: Spot | None = None  # by the pointer or the keys
        self.flow: Flow | None = None  # inside a step: what is drawn in place of the run
        self.flow_share = 1.0  # how far it has come on its way
        self._available = QSize(640, 360)
        self._exporting = False
        self._scale_is_new = True
        self.readout = QLabel(self)
        self.readout.setObjectName("diagram readout")
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.readout.setWordWrap(True)
        self.readout.hide()
        self.show_experiment(session.experiment)

    # What is shown

    def show_experiment(self, experiment: Experiment) -> None:
        """The diagram of another network, without numbers as yet."""
        self.diagram: Diagram = diagram(experiment)
        self.snapshot = self.pictures = self.pointed = self.flow = None
        self._scale_is_new = True
        self.arrange(self._available)

    def arrange(self, available: QSize) -> None:
        """Put everything in its place where the window has this much room."""
        self._available = available
        theme = current_theme()
        metrics = QFontMetrics(font(theme.small))
        most = LONGEST_NAME * metrics.horizontalAdvance("0")
        names = () if self.diagram.columns[0].image else self.diagram.columns[0].names
        width = max((metrics.horizontalAdvance(input_symbol(name)) for name in names), default=0)
        self.places = Geometry(self.diagram, available, theme, min(width, most))
        if self.places.width > available.width():
            lower = available - QSize(0, self._scroll_bar)
            self.places = Geometry(self.diagram, lower, theme, min(width, most))
        self.links = Links(self.places)
        self.setFixedSize(self.places.size)
        if self.snapshot is not None:
            self.links.show(self.numbers(self.snapshot), anew=True)
        self.refresh_readout()
        self.arranged.emit()
        self.update()

    def show_progress(self, snapshot: Snapshot, pictures: UnitPictures | None) -> None:
        """Newer numbers; without pictures the neurons keep the ones they have."""
        self.snapshot = snapshot
        if pictures is not None:
            self.pictures = pictures
        # A step that is shown again at rest looks as it did, whatever was shown before.
        self.links.show(self.numbers(snapshot), anew=self._scale_is_new or not self.session.playing)
        self._scale_is_new = False
        self.refresh_readout()
        self.update_live()

    def show_flow(self, flow: Flow | None) -> None:
        """One phase of a step in place of the run; None: the run again."""
        self.flow = flow
        if self.snapshot is not None:
            self.links.show(self.numbers(self.snapshot), anew=True)
        self.refresh_readout()
        self.update()

    def move_flow(self, share: float) -> None:
        """It has come so far on its way."""
        arrived, self.flow_share = share >= 1 > self.flow_share, share
        if arrived:
            self.update()  # the titles, too, say what the numbers are
        elif self.flow is not None and self.flow.flowing is not None:
            self.update(flow_painting.way(self.places, self.flow.flowing))

    def show_quantity(self, quantity: Quantity) -> None:
        """Colour the links by another number."""
        self.quantity = quantity
        if self.snapshot is not None:
            self.links.show(self.numbers(self.snapshot), anew=True)
        self.update()

    def numbers(self, snapshot: Snapshot) -> Vector:
        """The vector that the links show."""
        if self.flow is not None:
            return self.flow.links
        chosen = {"weights": snapshot.parameters, "gradient": snapshot.gradient, "update": snapshot.update}
        return chosen[self.quantity]

    def order(self) -> Order:
        """The pictures that are missing."""
        geometry = self.places
        hovered = self.pointed if isinstance(self.pointed, Unit) else None
        return Order(self.diagram, tuple(geometry.units), geometry.side, current_theme(), self.sample, hovered)

    def update_live(self, *_: object) -> None:
        """Paint what the run and the pointer change; the titles and choosers above it stand still."""
        self.update(self.rect().adjusted(0, self._live_top(), 0, 0))

    def _live_top(self) -> int:
        """Where the titles end; a mark around the topmost neuron reaches a little above it."""
        return self.places.top - GRID // 2

    # What is pointed at

    def point_at(self, spot: Spot | None) -> None:
        """The pointer or the keys are on `spot`; the readout says what it is."""
        if spot == self.pointed:
            return
        self.pointed = spot
        self.session.selection.hover_unit(spot if isinstance(spot, Unit) else None)
        self.refresh_readout()
        self.update_live()

    def refresh_readout(self) -> None:
        """Say it anew: under a resting pointer the numbers move."""
        place = place_of(self.pointed, self.places, self.links) if self.pointed is not None else None
        if place is None or self.pointed is None:
            self.readout.hide()
            return
        theme = current_theme()
        text = description(self.pointed, self.diagram, self.snapshot, self.pictures, self.sample, self.flow)
        self.readout.setFont(font(theme.small))
        self.readout.setStyleSheet(
            f"color: {theme.text}; background: {theme.window}; border: 1px solid {theme.grid}; padding: {GRID // 2}px;"
        )
        self.readout.setText(text)
        metrics = self.readout.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in text.splitlines())
        self.readout.setFixedWidth(min(widest, READOUT_WIDTH * metrics.averageCharWidth()) + 2 * GRID)
        self.readout.setFixedHeight(max(1, self.readout.heightForWidth(self.readout.width())))
        offset = self.places.side // 2 + GRID
        seen = self.visibleRegion().boundingRect()
        x = place.x() + offset
        if x + self.readout.width() > seen.right():
            x = place.x() - offset - self.readout.width()
        y = min(place.y() + offset // 2, seen.bottom() - self.readout.height())
        self.readout.move(max(seen.left(), x), max(seen.top(), y))
        self.readout.show()
        self.readout.raise_()

    def tell(self) -> None:
        """Let a screen reader say what the keys have reached."""
        if self.pointed is not None:
            text = description(self.pointed, self.diagram, self.snapshot, self.pictures, self.sample, self.flow)
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, geometry, painter = current_theme(), self.places, QPainter(self)
        painter.setClipRegion(event.region())
        painter.fillRect(event.rect(), QColor(theme.panel))
        at_rest = self._exporting or not self.session.playing
        snapshot, flow = self.snapshot, self.flow
        loss = snapshot.batch_loss if snapshot is not None else None
        if flow is not None:
            flow_painting.paint_ground(painter, geometry, flow, theme)
            self.links.paint_flow(painter, theme, event.rect(), self.flow_share, backward=flow.backward)
            loss = flow.loss
        else:
            self.links.paint(painter, theme, event.rect(), at_rest=at_rest)
        nodes.paint_loss(painter, geometry, loss, theme)
        if not self._exporting:
            marks.paint_link_marks(painter, geometry, self.links, self.session.selection, self.pointed)
        nodes.paint_units(painter, geometry, self.pictures, theme)
        if flow is not None:
            flow_painting.paint_numbers(painter, geometry, flow.shown(self.flow_share), theme)
        nodes.paint_biases(painter, geometry, snapshot.parameters if snapshot is not None else None, theme)
        nodes.paint_names(painter, geometry, theme)
        if event.rect().top() < self._live_top():
            captions = None if flow is None else flow_painting.captions(flow.shown(self.flow_share))
            nodes.paint_titles(painter, geometry, theme, captions)
        if not self._exporting:
            marks.paint_node_marks(painter, geometry, self.links, self.session.selection, self.pointed)
        painter.end()

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        """The picture without what belongs to the pointer."""
        shown = self.readout.isVisible()
        self.readout.hide()
        self._exporting = True
        try:
            yield
        finally:
            self._exporting = False
            self.readout.setVisible(shown)
