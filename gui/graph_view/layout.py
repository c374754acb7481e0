"""Where the nodes of a computational graph stand: in columns, values flow from left to right.

A layered drawing in four steps:

    columns      a node stands just before the first that uses it; the result stands last
    passing      a value that is used further on passes the columns between: it takes a place in each of them
    order        from column to column, everything moves to the mean place of its neighbours (the barycentre), so that
                 few edges cross
    heights      as near to the neighbours as may be without touching; in a column that is a monotone regression

Between two columns every edge runs level for a while: there its two numbers stand, one above and one below it. These
level pieces are spread like the nodes of a column, so that no number covers another.

Source: K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system structures", 1981.
"""

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gui.graph_view.columns import Columns, Item, Passing, columns_of
from gui.graph_view.heights import height_of, heights_of, spread
from gui.graph_view.measures import Measures
from model.graph import Graph, Node

STEEPEST = 4.0  # px of height that an edge may climb for each px it goes to the right while it bends


@dataclass(frozen=True)
class Box:
    """A node's middle and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Edge:
    """From a value to one input of a node that uses it. The result's edge has no target."""

    source: Node
    target: Node | None
    place: int  # which of the target's inputs
    start: tuple[float, float]
    level: tuple[float, float, float]  # left, right and height of the piece with the numbers
    end: tuple[float, float]


@dataclass(frozen=True)
class Trunk:
    """A value on its way past a column, to those that use it further on."""

    source: Node
    start: tuple[float, float]
    level: tuple[float, float, float]
    end: tuple[float, float]  # before the column that it passes
    beyond: float  # behind that column


@dataclass
class Layout:
    """Everything in its place."""

    boxes: dict[Node, Box] = field(default_factory=dict[Node, Box])
    edges: list[Edge] = field(default_factory=list[Edge])
    trunks: list[Trunk] = field(default_factory=list[Trunk])
    width: float = 0.0
    height: float = 0.0


@dataclass(eq=False)
class _Level:
    """The level piece of one edge (or trunk) between two columns."""

    source: Item
    target: Item
    place: int
    wanted: float
    height: float
    y: float = 0.0


def layout(graph: Graph, measures: Measures) -> Layout:
    """Place all nodes and edges of `graph`."""
    columns = columns_of(graph)
    heights = heights_of(columns, measures)
    gaps = [_levels(row, columns, heights, measures) for row in columns.rows[1:]]
    return _Placing(columns, heights, gaps, graph, measures).made


def _levels(row: list[Item], columns: Columns, heights: dict[Item, float], measures: Measures) -> list[_Level]:
    """The level pieces of the edges that arrive at a column, from above to below."""
    found: list[_Level] = []
    for target in row:
        for place, source in enumerate(columns.before[target]):
            # Near the source: several arrive at one node and would crowd there.
            wanted = 0.8 * heights[source] + 0.2 * heights[target]
            height = measures.label[1] * (0.25 if isinstance(target, Passing) else 1.0)
            found.append(_Level(source, target, place, wanted, height))
    found.sort(key=lambda each: each.wanted)
    apart = [(a.height + b.height) / 2 for a, b in pairwise(found)]
    for each, y in zip(found, spread([each.wanted for each in found], apart, [1.0] * len(found)), strict=True):
        each.y = y
    return found


class _Placing:
    """Columns and gaps side by side, everything below the upper margin."""

    def __init__(
        self,
        columns: Columns,
        heights: dict[Item, float],
        gaps: list[list[_Level]],
        graph: Graph,
        measures: Measures,
    ) -> None:
        self.made = Layout()
        self._measures = measures
        edges = [(heights[each], height_of(each, measures) / 2) for row in columns.rows for each in row]
        edges += [(each.y, each.height / 2) for gap in gaps for each in gap]
        edges.append((heights[graph.output], measures.label[1] / 2))
        highest, lowest = min(y - half for y, half in edges), max(y + half for y, half in edges)
        self._shift = measures.margin - highest
        self._y = {item: height + self._shift for item, height in heights.items()}
        self._ends = dict[Item, float]()  # the right edge of everything so far
        self._arriving = dict[Passing, Trunk]()  # at the column that comes next
        x = measures.margin
        for at, row in enumerate(columns.rows):
            x = self._place_column(row, self._place_gap(gaps[at - 1], x) if at else x)
        self._end_at_ports()
        self._place_result(self.made.boxes[graph.output], graph.output)
        self.made.height = lowest - highest + 2 * measures.margin

    def _place_column(self, row: list[Item], x: float) -> float:
        """Note the nodes of a column that begins at `x`; where it ends."""
        width = max((self._measures.width(each) for each in row if isinstance(each, Node)), default=0.0)
        for each in row:
            self._ends[each] = x + width
            if isinstance(each, Passing):
                self.made.trunks.append(replace(self._arriving.pop(each), beyond=x + width))
            else:
                box = Box(x + width / 2, self._y[each], self._measures.width(each), self._measures.height)
                self.made.boxes[each] = box
                self._ends[each] = box.right
        return x + width

    def _place_gap(self, levels: list[_Level], x: float) -> float:
        """Note the edges of a gap that begins at `x`; where it ends."""
        steps = [abs(self._y[each.source] - each.y - self._shift) for each in levels]
        steps += [abs(self._y[each.target] - each.y - self._shift) for each in levels]
        bend = max(self._measures.bend, max(steps, default=0.0) / STEEPEST)
        left, right = x + bend, x + bend + self._measures.label[0]
        for each in levels:
            start, level = (self._ends[each.source], self._y[each.source]), (left, right, each.y + self._shift)
            end = right + bend, self._y[each.target]
            if isinstance(each.target, Passing):
                self._arriving[each.target] = Trunk(each.target.source, start, level, end, end[0])
            else:
                source = each.source.source if isinstance(each.source, Passing) else each.source
                self.made.edges.append(Edge(source, each.target, each.place, start, level, end))
        return right + bend

    def _end_at_ports(self) -> None:
        """End the edges on the outlines of their targets: side by side, in the order of their level pieces."""
        arriving: dict[Node, list[Edge]] = {}
        for edge in sorted(self.made.edges, key=lambda each: (each.level[2], each.place)):
            assert edge.target is not None
            arriving.setdefault(edge.target, []).append(edge)
        self.made.edges = []
        for target, edges in arriving.items():
            box = self.made.boxes[target]
            step = min(box.height / 4, 0.7 * box.height / len(edges))
            for rank, edge in enumerate(edges):
                off = (rank - (len(edges) - 1) / 2) * step
                inset = box.height / 2 - math.sqrt((box.height / 2) ** 2 - off**2)  # the ends of a node are round
                self.made.edges.append(replace(edge, end=(box.left + inset, box.y + off)))

    def _place_result(self, box: Box, output: Node) -> None:
        """The edge that leads out."""
        left = box.right + self._measures.bend
        end = left + self._measures.label[0]
        self.made.edges.append(Edge(output, None, 0, (box.right, box.y), (left, end, box.y), (end, box.y)))
        self.made.width = end + self._measures.margin
