"""The columns of a graph's drawing: which node stands in which, and in which order from above to below."""

from bisect import bisect_right, insort
from dataclasses import dataclass

from model.graph import Graph, Node

SWEEPS = 6  # there and back over all columns
MOST_PASSING = 4000  # places beside the nodes; with more the values would run straight to their users


@dataclass(frozen=True, eq=False)
class Passing:
    """The place in a column that a value takes which is used further on."""

    source: Node


Item = Node | Passing


@dataclass
class Columns:
    """Everything that stands in a column, and what each hangs on in the column before."""

    rows: list[list[Item]]  # from the left; in each from above
    before: dict[Item, list[Item]]  # of a node: one for each input

    def behind(self) -> dict[Item, list[Item]]:
        """The same the other way round."""
        found: dict[Item, list[Item]] = {each: [] for each in self.before}
        for each, items in self.before.items():
            for item in items:
                found[item].append(each)
        return found


def columns_of(graph: Graph) -> Columns:
    """A node stands just before the first of its users; a value used further on passes the columns between."""
    place = _places(graph)
    rows: list[list[Item]] = [[] for _ in range(place[graph.output] + 1)]
    furthest: dict[Node, int] = {}
    for node in graph.nodes:
        for each in node.inputs:
            furthest[each] = max(furthest.get(each, 0), place[node])
    passes = sum(end - place[node] - 1 for node, end in furthest.items()) <= MOST_PASSING
    at: dict[tuple[Node, int], Item] = {}
    before: dict[Item, list[Item]] = {}
    for node in graph.nodes:  # in the order of the expression: a tree comes out without a crossing
        rows[place[node]].append(node)
        at[node, place[node]] = node
        before[node] = [at.get((each, place[node] - 1), each) for each in node.inputs]
        for column in range(place[node] + 1, furthest.get(node, 0) if passes else 0):
            passing = Passing(node)
            rows[column].append(passing)
            at[node, column] = passing
            before[passing] = [at[node, column - 1]]
    return ordered(Columns(rows, before))


def _places(graph: Graph) -> dict[Node, int]:
    """The column of each node, counted from the left."""
    from_end: dict[Node, int] = dict.fromkeys(graph.nodes, 0)
    for node in reversed(graph.nodes):  # users come before what they use
        for each in node.inputs:
            from_end[each] = max(from_end[each], from_end[node] + 1)
    last = max(from_end.values())
    return {node: last - distance for node, distance in from_end.items()}


def ordered(columns: Columns) -> Columns:
    """Sort every column by the mean place of its neighbours, to and fro, and keep the order with fewest crossings."""
    behind = columns.behind()
    rows = [list(row) for row in columns.rows]
    best, fewest = [list(row) for row in rows], crossings(columns)
    places = {item: float(place) for row in rows for place, item in enumerate(row)}
    for sweep in range(SWEEPS):
        if not fewest:
            break
        neighbours = behind if sweep % 2 else columns.before
        for row in reversed(rows) if sweep % 2 else rows:
            middles = {each: mean([places[one] for one in neighbours[each]], places[each]) for each in row}
            row.sort(key=middles.__getitem__)
            places.update((item, float(place)) for place, item in enumerate(row))
        found = crossings(Columns(rows, columns.before))
        if found < fewest:
            best, fewest = [list(row) for row in rows], found
    return Columns(best, columns.before)


def crossings(columns: Columns) -> int:
    """How many pairs of edges cross: those that start in one order and arrive in the other."""
    places = {item: place for row in columns.rows for place, item in enumerate(row)}
    count = 0
    for row in columns.rows:
        arrived: list[int] = []
        for item in row:
            starts = [places[each] for each in columns.before[item]]
            count += sum(len(arrived) - bisect_right(arrived, start) for start in starts)
            for start in starts:
                insort(arrived, start)
    return count


def mean(values: list[float], otherwise: float) -> float:
    """The mean, or `otherwise` where there is nothing."""
    return sum(values) / len(values) if values else otherwise
