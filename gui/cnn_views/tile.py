"""A small image among others: where its pixels are drawn, and which pixel comes next in a direction."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from model.arrays import Floats
from model.receptive_field import Field


@dataclass(frozen=True)
class Spot:
    """A pixel of a tile."""

    tile: Hashable
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Tile:
    """An image on the sheet."""

    key: Hashable
    values: Floats  # (rows, columns)
    picture: QImage  # one pixel a number
    area: QRectF

    def cell(self, row: int, column: int) -> QRectF:
        """Where a pixel is drawn."""
        return self.of(Field.pixel(row, column))

    def of(self, field: Field) -> QRectF:
        """Where a rectangle of pixels is drawn."""
        rows, columns = self.values.shape
        wide, high = self.area.width() / columns, self.area.height() / rows
        return QRectF(
            self.area.left() + field.columns.start * wide,
            self.area.top() + field.rows.start * high,
            len(field.columns) * wide,
            len(field.rows) * high,
        )

    def spot(self, place: QPointF) -> Spot:
        """The pixel at a place inside of the area."""
        rows, columns = self.values.shape
        row = int((place.y() - self.area.top()) / self.area.height() * rows)
        column = int((place.x() - self.area.left()) / self.area.width() * columns)
        return Spot(self.key, min(max(row, 0), rows - 1), min(max(column, 0), columns - 1))


def next_spot(tiles: dict[Hashable, Tile], at: Spot | None, down: int, right: int) -> Spot | None:
    """The next pixel in a direction; at the edge of a tile, that of the nearest tile there."""
    if not tiles:
        return None
    if at is None:
        return Spot(next(iter(tiles)), 0, 0)
    here, row, column = tiles[at.tile], at.row + down, at.column + right
    if 0 <= row < here.values.shape[0] and 0 <= column < here.values.shape[1]:
        return Spot(here.key, row, column)
    centre = here.cell(at.row, at.column).center()
    found = [(_way(each.area, centre, down, right), each) for each in tiles.values() if each is not here]
    ahead = [(way, each) for way, each in found if way is not None]
    if not ahead:
        return None
    nearest = min(ahead, key=lambda pair: pair[0] or 0)[1]
    area = nearest.area.adjusted(0.01, 0.01, -0.01, -0.01)
    inside = QPointF(min(max(centre.x(), area.left()), area.right()), min(max(centre.y(), area.top()), area.bottom()))
    return nearest.spot(inside)


def squares(count: int, room: QRectF, gap: float, above: float, most: float) -> tuple[float, int]:
    """The largest side of `count` squares with a caption `above` each that fit into `room`; how many in a line."""
    best, across = 1.0, 1
    for columns in range(1, count + 1):
        lines = -(-count // columns)
        side = min((room.width() + gap) / columns - gap, (room.height() + gap) / lines - gap - above, most)
        if side > best:
            best, across = side, columns
    return best, across


def crisp(side: float, pixels: int) -> float:
    """A side at which every pixel of the image is as many whole pixels of the screen, where there is room for one."""
    return float(pixels * int(side / pixels)) if side >= pixels else side


def _way(area: QRectF, centre: QPointF, down: int, right: int) -> float | None:
    """How far a tile is in a direction, a way to the side counting double; None where it is not there."""
    dx = max(area.left() - centre.x(), centre.x() - area.right(), 0.0)
    dy = max(area.top() - centre.y(), centre.y() - area.bottom(), 0.0)
    if right:
        ahead = area.left() >= centre.x() if right > 0 else area.right() <= centre.x()
        return dx + 2 * dy if ahead else None
    ahead = area.top() >= centre.y() if down > 0 else area.bottom() <= centre.y()
    return dy + 2 * dx if ahead else None
