"""Where the arrays of a network stand in the heat map: a block a layer, with the biases as a row under the weights.

All cells have one size, so that layers can be compared; it is the largest at which everything fits, and where there is
room to one side only, small cells are no squares. Blocks stand beside each other in the order of the layers, and go on
in the next line where there is no more room.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from gui.theme import GRID
from model.arrays import Shape
from model.parameters import Entry

LARGEST = 3.0 * GRID  # px, of a cell
CRISP = 3.0  # px: from here on cells are whole pixels
SMALL, LONGEST = 16.0, 2.0  # cells below so many px may be so many times as wide as high or as high as wide


@dataclass(frozen=True)
class Room:
    """What is left free, px."""

    title: float  # above each block
    gap: float = GRID / 2  # between weights and biases
    beside: float = 2.0 * GRID  # from one block to the next
    below: float = 1.0 * GRID
    thinnest: float = 6.0  # a row that stands alone: biases must not be overlooked


NARROW = Room(title=0.0, gap=1.0, beside=2.0, below=3.0, thinnest=2.0)  # for so many layers that none can be named


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


Cell = tuple[int, int, int]  # array, row, column as drawn
Sizes = list[tuple[int, list[tuple[int, int, int]]]]  # of each layer its arrays: which it is, its rows and columns


def neighbour(grids: Sequence[Grid], cell: Cell, down: int, right: int) -> Cell:
    """The next cell; over the edge of an array the nearest of the array before or behind, where there is one.

    `grids`: all of them, in the order of the arrays.
    """
    array, row, column = cell
    grid = grids[array]
    if 0 <= row + down < grid.rows and 0 <= column + right < grid.columns:
        return array, row + down, column + right
    other = array + down + right
    if not 0 <= other < len(grids):
        return cell
    entered = grids[other]
    into_row = row if right else 0 if down > 0 else entered.rows - 1
    into_column = column if down else 0 if right > 0 else entered.columns - 1
    return other, min(into_row, entered.rows - 1), min(into_column, entered.columns - 1)


def as_grid(shape: Shape) -> tuple[int, int]:
    """Rows and columns in which an array is drawn: a matrix as it is, a vector as one row."""
    return (math.prod(shape[:-1]), shape[-1]) if shape else (1, 1)


def arranged(entries: Sequence[Entry], titles: dict[int, float], title_height: float, area: QRectF) -> list[Block]:
    """The blocks in `area`. `titles`: how wide the title of each layer is, px; too many layers have none."""
    sizes: Sizes = [
        (layer, [(i, *as_grid(each.shape)) for i, each in enumerate(entries) if each.layer == layer])
        for layer in titles
    ]
    room = Room(title_height)

    def fits(wide: float, high: float) -> bool:
        _, right, lowest = _corners(sizes, titles, room, area, wide, high)
        return right - area.left() <= area.width() and lowest - area.top() <= area.height()

    if not fits(0.0, 0.0):
        room, titles = NARROW, dict.fromkeys(titles, 0.0)

    side = whole(_largest(lambda size: fits(size, size), LARGEST))
    most = max(side, min(side * LONGEST, SMALL))
    wide = max(side, whole(_largest(lambda size: fits(size, side), most)))
    high = max(side, whole(_largest(lambda size: fits(wide, size), most)))
    blocks, right = _place(sizes, titles, room, area, wide, high)
    return _moved(blocks, max(0.0, (area.right() - right) / 2))


def whole(size: float) -> float:
    """Whole pixels where the eye would see the difference."""
    return float(math.floor(size)) if size >= CRISP else size


def _largest(fits: Callable[[float], bool], most: float) -> float:
    """The largest size up to `most` that fits, by bisection."""
    if fits(most):
        return most
    low, high = 0.0, most
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _corners(
    sizes: Sizes, titles: dict[int, float], room: Room, area: QRectF, wide: float, high: float
) -> tuple[list[tuple[float, float, float]], float, float]:
    """Of blocks with cells of `wide` by `high`, from the left to the right, line after line: x, y and width of each.

    And the right and the lower end of them all. Asked for dozens of times before a size is found that fits.
    """
    corners: list[tuple[float, float, float]] = []
    first, last = area.left(), area.right()
    x, y, line, right = first, area.top(), 0.0, first
    for layer, arrays in sizes:
        width = max(titles[layer], max(columns for _, _, columns in arrays) * wide)
        if x > first and x + width > last:
            x, y, line = first, y + line + room.below, 0.0
        corners.append((x, y, width))
        heights = sum(max(rows * high, room.thinnest) for _, rows, _ in arrays)
        line = max(line, room.title + heights + room.gap * (len(arrays) - 1))
        right = max(right, x + width)
        x += width + room.beside
    return corners, right, y + line


def _place(
    sizes: Sizes, titles: dict[int, float], room: Room, area: QRectF, wide: float, high: float
) -> tuple[list[Block], float]:
    """The blocks, and their right end."""
    corners, right, _ = _corners(sizes, titles, room, area, wide, high)
    blocks: list[Block] = []
    for (layer, arrays), (x, y, width) in zip(sizes, corners, strict=True):
        grids: list[Grid] = []
        top = y + room.title
        for array, rows, columns in arrays:
            tall = max(rows * high, room.thinnest)
            grids.append(Grid(array, rows, columns, QRectF(x, top, max(columns * wide, 1.0), tall)))
            top += tall + room.gap
        blocks.append(Block(layer, QRectF(x, y, width, room.title), tuple(grids)))
    return blocks, right


def _moved(blocks: Sequence[Block], right: float) -> list[Block]:
    """The same, whole pixels to the right."""
    x = float(math.floor(right))
    return [
        Block(
            block.layer,
            block.title.translated(x, 0),
            tuple(Grid(each.array, each.rows, each.columns, each.area.translated(x, 0)) for each in block.grids),
        )
        for block in blocks
    ]
