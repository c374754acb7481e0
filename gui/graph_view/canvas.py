"""The canvas of the computational graph: it holds what is shown, paints it, and says what the pointer is on."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from gui.graph_view import drawing
from gui.graph_view.layout import Edge, Layout, Trunk, layout
from gui.graph_view.measures import measures
from gui.graph_view.sentences import description
from gui.graph_view.walk import Walk
from gui.graph_view.walking import ARROWS, neighbour
from gui.theme import current_theme
from model.graph import Node

READABLE = 0.5  # zoom below which no number is drawn
BROADEST = 2  # line widths that the largest gradient adds
HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier  # "+" takes Shift
STALE = 0.35  # opacity of a graph whose expression has been changed and cannot be read


class GraphCanvas(QWidget):
    """Paints one graph as far as the person has gone through it."""

    walks_with_arrows = True  # see `own_keys`

    arranged = Signal()  # everything stands anew
    refreshed = Signal()  # other numbers, or something else is pointed at
    walked = Signal(object)  # Node that the arrow keys have reached
    edit_wanted = Signal(object)  # Node: the variable that is to get another value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("computational graph")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Computational graph"))
        self.walk: Walk | None = None
        self.layout_of_graph = Layout()
        self.pointed: Node | None = None
        self.zoom = 1.0
        self.stale = False
        self.keys: dict[Qt.Key, Callable[[], object]] = {}  # what other keys do here
        self._exporting = False
        self._paths: list[tuple[Edge | Trunk, QPainterPath, QRectF]] = []
        self._beyond: dict[int, list[Edge]] = {}  # by a trunk's id: the edges that it leads to

    # What is shown

    def show_walk(self, walk: Walk) -> None:
        """Another graph."""
        self.walk, self.pointed, self.stale = walk, None, False
        self.arrange()

    def arrange(self) -> None:
        """Put everything in its place, in the type of the theme."""
        if self.walk is not None:
            made = layout(self.walk.graph, measures(current_theme()))
            self.layout_of_graph = made
            paths = ((piece, drawing.path_of(piece, current_theme())) for piece in (*made.trunks, *made.edges))
            room = measures(current_theme()).label[1] / 2 + 2
            self._paths = [
                (piece, path, path.boundingRect().adjusted(-room, -room, room, room)) for piece, path in paths
            ]
            leaving: dict[Node, list[Edge]] = {}
            for edge in made.edges:
                leaving.setdefault(edge.source, []).append(edge)
            self._beyond = {
                id(trunk): [edge for edge in leaving[trunk.source] if edge.start[0] >= trunk.beyond]
                for trunk in made.trunks
            }
        self._resize()
        self.arranged.emit()

    def set_zoom(self, zoom: float) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self._resize()

    def set_stale(self, stale: bool) -> None:
        """Whether the graph is that of an older expression."""
        if stale != self.stale:
            self.stale, self.pointed = stale, None
            self.refresh()

    def refresh(self) -> None:
        """Other numbers, or another position."""
        self.update()
        self.refreshed.emit()

    def _resize(self) -> None:
        made = self.layout_of_graph
        self.setFixedSize(max(1, math.floor(made.width * self.zoom)), max(1, math.floor(made.height * self.zoom)))
        self.refresh()

    # What is pointed at

    def rect_of(self, node: Node) -> QRectF:
        """Where a node stands, in px of the screen."""
        box, zoom = self.layout_of_graph.boxes[node], self.zoom
        return QRectF(box.left * zoom, box.top * zoom, box.width * zoom, box.height * zoom)

    def node_at(self, point: QPointF) -> Node | None:
        boxes = self.layout_of_graph.boxes
        return next((node for node in boxes if self.rect_of(node).contains(point)), None)

    def point_at(self, node: Node | None) -> None:
        """The pointer or the keys are on `node`; the readout says what it is."""
        if node is not self.pointed:
            self.pointed = node
            self.refresh()

    def tell(self, text: str) -> None:
        """Let a screen reader say what the keys have reached, or what has happened."""
        self.setAccessibleDescription(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        node = self.node_at(event.position())
        self.point_at(node)
        self.setCursor(Qt.CursorShape.PointingHandCursor if node is not None else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: object) -> None:
        self.point_at(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._edit(self.node_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS and self.walk is not None:
            node = neighbour(self.layout_of_graph, self.walk.graph, self.pointed, *ARROWS[key])
            self.point_at(node)
            self.walked.emit(node)
            self.tell(description(node, self.walk))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._edit(self.pointed)
        elif key == Qt.Key.Key_Escape:
            self.point_at(None)
        elif key in self.keys and not event.modifiers() & ~HARMLESS:
            self.keys[key]()
        else:
            event.ignore()

    def _edit(self, node: Node | None) -> None:
        if node is not None and node.variable and not self.stale:
            self.edit_wanted.emit(node)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(current_theme().panel))
        if self.walk is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(STALE if self.stale else 1.0)
        painter.scale(self.zoom, self.zoom)
        rect = event.rect()
        seen = QRectF(rect.x() / self.zoom, rect.y() / self.zoom, rect.width() / self.zoom, rect.height() / self.zoom)
        self._paint_edges(painter, self.walk, seen)
        self._paint_nodes(painter, self.walk, seen)

    def _paint_edges(self, painter: QPainter, walk: Walk, seen: QRectF) -> None:
        theme, at_work = current_theme(), walk.at_work if not self._exporting else None
        gradients = {id(edge): drawing.edge_gradient(edge, walk) for edge in self.layout_of_graph.edges}
        for trunk, edges in self._beyond.items():
            arrived = [each for each in (gradients[id(edge)] for edge in edges) if each is not None]
            gradients[trunk] = sum(arrived) if arrived else None
        sizes = [abs(each) for each in gradients.values() if each is not None and math.isfinite(each)]
        largest = max(sizes, default=0.0)
        shown = [(piece, path) for piece, path, around in self._paths if around.intersects(seen)]
        for piece, path in shown:
            if isinstance(piece, Edge) and at_work is not None and at_work in (piece.source, piece.target):
                drawing.paint_lit(painter, path, theme)
        thin = theme.line_width * 0.75
        for piece, path in shown:
            gradient = gradients.get(id(piece))
            size = abs(gradient) if gradient is not None and math.isfinite(gradient) else 0.0
            width = thin + (BROADEST * theme.line_width * size / largest if largest else 0.0)
            signed = gradient is not None and size
            color = (theme.positive if (gradient or 0) > 0 else theme.negative) if signed else theme.muted
            drawing.paint_line(painter, path, color, width)
            if isinstance(piece, Edge):
                drawing.paint_head(painter, piece.end, color, theme, width)
        if self.zoom >= READABLE:
            for piece, _ in shown:
                if isinstance(piece, Edge):
                    value = piece.source.value if walk.has_value(piece.source) else None
                    drawing.paint_numbers(painter, piece, value, gradients[id(piece)], theme)

    def _paint_nodes(self, painter: QPainter, walk: Walk, seen: QRectF) -> None:
        theme, at_work = current_theme(), walk.at_work if not self._exporting else None
        for node, box in self.layout_of_graph.boxes.items():
            if not seen.intersects(QRectF(box.left, box.top, box.width, box.height).adjusted(-8, -8, 8, 8)):
                continue
            problem = node.problem is not None and walk.has_value(node)
            drawing.paint_node(painter, node, box, theme, problem=problem, lit=node is at_work)
            if node is self.pointed and not self._exporting:
                drawing.paint_mark(painter, box, theme.text, theme.line_width)

    @contextmanager
    def exporting(self, scale: float) -> Iterator[None]:
        """The picture without what belongs to the pointer and to the keys."""
        self._exporting = True
        try:
            yield
        finally:
            self._exporting = False
