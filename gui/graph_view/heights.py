"""The heights of everything in the columns of a graph's drawing."""

from collections.abc import Sequence
from itertools import pairwise

from gui.graph_view.columns import Columns, Item, mean
from gui.graph_view.measures import Measures
from model.graph import Node

SETTLING = 8  # passes over all columns in which the heights settle


def spread(wanted: Sequence[float], distances: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The heights nearest to `wanted` (weighted least squares), in the same order and at least `distances` apart.

    `distances[i]` lies between i and i + 1. With the distances taken off, the heights must only not fall: neighbours
    that do are pooled and share their mean (pool adjacent violators).
    """
    offsets = [0.0]
    for distance in distances:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, float, int]] = []  # mean, weight, number
    for each, offset, weight in zip(wanted, offsets, weights, strict=False):
        mean, total, count = each - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, others, more = pools.pop()
            mean = (mean * total + other * others) / (total + others)
            total, count = total + others, count + more
        pools.append((mean, total, count))
    level = [mean for mean, _, count in pools for _ in range(count)]
    return [a + b for a, b in zip(level, offsets, strict=False)]


def heights_of(columns: Columns, measures: Measures) -> dict[Item, float]:
    """The height of everything in the columns. It settles from both sides, and last from the left: a node stands in
    the middle of those inputs that took as long as any. So a sum of many terms runs straight, not down a stair.
    """
    rows, heights = columns.rows, dict[Item, float]()
    length, leading = _leading(columns)
    apart: list[list[float]] = []
    weights = [[1.0 + length[each] ** 2 for each in row] for row in rows]  # what much hangs on moves least
    for row, weight in zip(rows, weights, strict=True):
        sizes = [height_of(each, measures) for each in row]
        apart.append([(a + b) / 2 + measures.gap for a, b in pairwise(sizes)])
        heights.update(zip(row, spread([0.0] * len(row), apart[-1], weight), strict=True))
    behind = columns.behind()
    for turn in range(SETTLING):
        neighbours, order = (leading, range(len(rows))) if turn % 2 else (behind, range(len(rows) - 1, -1, -1))
        for at in order:
            wanted = [mean([heights[one] for one in neighbours[each]], heights[each]) for each in rows[at]]
            heights.update(zip(rows[at], spread(wanted, apart[at], weights[at]), strict=True))
    return heights


def _leading(columns: Columns) -> tuple[dict[Item, int], dict[Item, list[Item]]]:
    """How many operations lie behind each item, and those of its inputs with most behind them."""
    length: dict[Item, int] = {}
    found: dict[Item, list[Item]] = {}
    for row in columns.rows:
        for each in row:
            inputs = columns.before[each]
            longest = max((length[one] for one in inputs), default=-1)
            found[each] = [one for one in inputs if length[one] == longest]
            length[each] = longest + isinstance(each, Node)
    return length, found


def height_of(item: Item, measures: Measures) -> float:
    """What it takes of its column; a passing value is a line."""
    return measures.height if isinstance(item, Node) else 0.0
