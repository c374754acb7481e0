"""The graph in its scroll area: as large as fits, or as the person zooms it; values are typed at their nodes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.graph_view.canvas import GraphCanvas
from gui.graph_view.readout import NodeReadout
from gui.graph_view.sentences import description, problem
from gui.graph_view.walk import Walk
from gui.network_view.weight_editor import WeightEditor
from gui.theme import GRID, current_theme, theme_switch
from model.graph import Node

SMALLEST, LARGEST = 0.005, 4.0
LEGIBLE = 8  # px of type: a graph that fits so is shown whole; of a larger one the end
ROOMIEST = 1.25  # a small graph is not blown up further by itself
NOTCH = 1.15  # one notch of the wheel


class GraphView(QScrollArea):
    """Scrolls and zooms; the canvas does the rest."""

    value_typed = Signal(str, float)  # a variable and its new value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.canvas = GraphCanvas()
        self.setWidget(self.canvas)
        self.readout = NodeReadout(self.viewport())
        self.editor = WeightEditor(self.canvas)
        self._edited: Node | None = None
        self._by_hand = False  # the person has zoomed: it stays as it is
        self.canvas.arranged.connect(self._arranged)
        self.canvas.refreshed.connect(self._refresh_readout)
        self.canvas.walked.connect(self.show_node)
        self.canvas.edit_wanted.connect(self.edit)
        self.editor.entered.connect(self._entered)
        self.canvas.keys.update(
            {
                Qt.Key.Key_Plus: lambda: self.zoom_by(NOTCH),
                Qt.Key.Key_Equal: lambda: self.zoom_by(NOTCH),
                Qt.Key.Key_Minus: lambda: self.zoom_by(1 / NOTCH),
                Qt.Key.Key_0: self.fit,
            }
        )
        self.viewport().installEventFilter(self)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def show_walk(self, walk: Walk) -> None:
        """Another graph, as large as fits."""
        self._by_hand = False
        self.editor.hide()
        self.canvas.show_walk(walk)

    def fit(self) -> None:
        """All of it, however small."""
        self._by_hand = True
        self.canvas.set_zoom(max(SMALLEST, min(self._fitting(), LARGEST)))

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Larger or smaller; the point `around` (of the viewport; None: its middle) stays where it is."""
        zoom = max(SMALLEST, min(self.canvas.zoom * factor, LARGEST))
        factor = zoom / self.canvas.zoom
        self._by_hand = True
        self.editor.hide()
        point = around or QPointF(self.viewport().rect().center())
        place = (point - QPointF(self.canvas.pos())) * factor
        self.canvas.set_zoom(zoom)
        self.horizontalScrollBar().setValue(round(place.x() - point.x()))
        self.verticalScrollBar().setValue(round(place.y() - point.y()))

    def show_node(self, node: Node) -> None:
        """Scroll to where `node` is seen, with the edges at it."""
        rect = self.canvas.rect_of(node)
        center, room = rect.center().toPoint(), rect.toRect().size()
        self.ensureVisible(center.x(), center.y(), min(room.width() + 96, self.width() // 3), room.height())

    def edit(self, node: Node) -> None:
        """Open the line for another value of a variable on its node."""
        self._edited = node
        place = self.canvas.rect_of(node).center().toPoint()
        room = self.canvas.visibleRegion().boundingRect()
        self.editor.open(0, node.name, node.value, sys.float_info.max, place, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.editor.hide()
        if not self._by_hand:
            self._arranged()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._refresh_readout()

    def _refresh_readout(self) -> None:
        """Of the node pointed at; of a graph at rest, what went wrong in it, where that was."""
        canvas, walk = self.canvas, self.canvas.walk
        if walk is None or canvas.stale:
            self.readout.hide()
            return
        node, text = canvas.pointed, ""
        if node is not None:
            text = description(node, walk)
        elif walk.position and walk.graph.problems and walk.has_value(walk.graph.problems[0]):
            node = walk.graph.problems[0]
            text = problem(node)
        if node is None:
            self.readout.hide()
        else:
            beside = canvas.rect_of(node).toRect().translated(canvas.pos())
            self.readout.say(text, beside, alarming=node.problem is not None)

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        """Where the part that is seen is the picture: without the readout."""
        shown = self.readout.isVisibleTo(self)
        self.readout.hide()
        try:
            yield
        finally:
            self.readout.setVisible(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            if steps:
                self.zoom_by(NOTCH**steps, event.position())
            return True
        return super().eventFilter(watched, event)

    def _fitting(self) -> float:
        room, made = self.maximumViewportSize(), self.canvas.layout_of_graph
        return min(room.width() / max(1.0, made.width), room.height() / max(1.0, made.height))

    def _arranged(self) -> None:
        if self._by_hand:
            return
        fitting, legible = self._fitting(), LEGIBLE / current_theme().small
        self.canvas.set_zoom(min(fitting, ROOMIEST) if fitting >= legible else 1.0)
        walk = self.canvas.walk
        if fitting < legible and walk is not None:
            end = self.canvas.rect_of(walk.graph.output).center().toPoint()
            self.ensureVisible(end.x(), end.y(), self.width() // 3, self.height() // 2)

    def _entered(self, _: int, value: float) -> None:
        if self._edited is not None:
            self.value_typed.emit(self._edited.name, value)

    def _restyle(self) -> None:
        self.setStyleSheet(f"QScrollArea {{ background: {current_theme().panel}; }}")
        self.setMinimumSize(16 * GRID, 10 * GRID)
        self.canvas.arrange()
