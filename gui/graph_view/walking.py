"""Walking through a graph with the arrow keys: along the edges, and up and down in a column."""

from PySide6.QtCore import Qt

from gui.graph_view.layout import Layout
from model.graph import Graph, Node

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def neighbour(places: Layout, graph: Graph, node: Node | None, across: int, down: int) -> Node:
    """Left: the first input; Right: the first that uses it; else the next of its column. `node` itself at the edge."""
    if node is None:
        return graph.output
    boxes = places.boxes
    if across < 0:
        return min(node.inputs, key=lambda each: abs(boxes[each].y - boxes[node].y), default=node)
    if across > 0:
        return next((each for each in graph.nodes if node in each.inputs), node)
    column = [each for each in boxes if boxes[each].x == boxes[node].x and (boxes[each].y - boxes[node].y) * down > 0]
    return min(column, key=lambda each: abs(boxes[each].y - boxes[node].y), default=node)
