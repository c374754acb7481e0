"""Where the arrays of a network stand in the heat map: a block a layer, with the biases as a row under the weights.

All cells have one size, so that layers can be compared; it is the largest at which everything fits. Blocks stand beside
each other in the order of the layers, and go on in the next line where there is no more room.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from gui.theme import GRID
from model.arrays import Shape
from model.parameters import Entry

LARGEST = 3.0 * GRID  # px, of a cell
CRISP = 3.0  # px: from here on cells are whole pixels
THINNEST = 6.0  # px, of a row that stands alone: biases must not be overlooked
SMALL, WIDEST = 16.0, 2.5  # cells below so many px may be so many times as wide as high, where there is room
GAP = GRID / 2  # between weights and biases
BETWEEN = 2.0 * GRID  # two blocks


@dataclass(frozen=True)
class Grid:
    """One array as it is drawn."""

    array: int  # its place among the arrays
    rows: int
    columns: int
    area: QRectF

    def cell(self, row: int, column: int) -> QRectF:
        wide, high = self.area.width() / self.columns, self.area.height() / self.rows
        return QRectF(self.area.left() + column * wide, self.area.top() + row * high, wide, high)

    def at(self, place: QPointF) -> tuple[int, int]:
        """Row and column of the cell at a place inside the area."""
        row = int((place.y() - self.area.top()) / self.area.height() * self.rows)
        column = int((place.x() - self.area.left()) / self.area.width() * self.columns)
        return min(max(row, 0), self.rows - 1), min(max(column, 0), self.columns - 1)


@dataclass(frozen=True)
class Block:
    """One layer: its title above, its arrays below each other."""

    layer: int
    title: QRectF
    grids: tuple[Grid, ...]


def as_grid(shape: Shape) -> tuple[int, int]:
    """Rows and columns in which an array is drawn: a matrix as it is, a vector as one row."""
    return (math.prod(shape[:-1]), shape[-1]) if shape else (1, 1)


def arranged(entries: Sequence[Entry], titles: dict[int, float], title_height: float, area: QRectF) -> list[Block]:
    """The blocks in `area`. `titles`: how wide the title of each layer is, px."""
    layers = [(layer, [i for i, e in enumerate(entries) if e.layer == layer]) for layer in titles]
    sizes = [(layer, [(i, *as_grid(entries[i].shape)) for i in arrays]) for layer, arrays in layers]

    def placed(high: float, wide: float) -> tuple[list[Block], QRectF]:
        return _place(sizes, titles, title_height, area, wide, high)

    def fits(high: float, wide: float) -> bool:
        used = placed(high, wide)[1]
        return used.height() <= area.height() and used.width() <= area.width()

    high = whole(_largest(lambda size: fits(size, size), LARGEST))
    most = high * WIDEST if high < SMALL else high
    wide = max(high, whole(_largest(lambda size: fits(high, size), most)))
    blocks, used = placed(high, wide)
    return _moved(blocks, max(0.0, (area.width() - used.width()) / 2), 0)


def whole(size: float) -> float:
    """Whole pixels where the eye would see the difference."""
    return float(math.floor(size)) if size >= CRISP else size


def _largest(fits, most: float) -> float:
    """The largest size up to `most` that fits, by bisection."""
    if fits(most):
        return most
    low, high = 0.0, most
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _place(sizes, titles, title_height, area, wide, high) -> tuple[list[Block], QRectF]:
    """Blocks from the left to the right, line after line; and what they take."""
    blocks: list[Block] = []
    x, y, line, right = area.left(), area.top(), 0.0, area.left()
    for layer, arrays in sizes:
        width = max(titles[layer], max(columns for _, _, columns in arrays) * wide)
        heights = [max(rows * high, THINNEST) for _, rows, _ in arrays]
        height = title_height + sum(heights) + GAP * (len(heights) - 1)
        if x > area.left() and x + width > area.right():
            x, y, line = area.left(), y + line + BETWEEN, 0.0
        grids: list[Grid] = []
        top = y + title_height
        for (array, rows, columns), each in zip(arrays, heights, strict=True):
            grids.append(Grid(array, rows, columns, QRectF(x, top, max(columns * wide, 1.0), each)))
            top += each + GAP
        blocks.append(Block(layer, QRectF(x, y, width, title_height), tuple(grids)))
        line, right = max(line, height), max(right, x + width)
        x += width + BETWEEN
    return blocks, QRectF(area.left(), area.top(), right - area.left(), y + line - area.top())


def _moved(blocks: Sequence[Block], x: float, y: float) -> list[Block]:
    x, y = float(np.floor(x)), float(np.floor(y))
    return [
        Block(
            block.layer,
            block.title.translated(x, y),
            tuple(Grid(g.array, g.rows, g.columns, g.area.translated(x, y)) for g in block.grids),
        )
        for block in blocks
    ]
