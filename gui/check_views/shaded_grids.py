"""The cells of the heat map as pictures, kept as long as the same is to be seen.

To colour every parameter of a large network takes tens of milliseconds, and the map is painted anew whenever a ring
moves or the pointer's label passes over it. Of a large network the pictures are made in the picture thread; until they
are there, those of another size stand in for them.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gui.check_views.blocks import Grid
from gui.check_views.error_scale import hatch
from gui.check_views.heat_colors import reduced, shade
from gui.palette import image
from gui.picture_worker import PictureWorker
from gui.theme import Theme
from model.arrays import Floats
from model.gradient_check import Comparison

AT_ONCE = 20_000  # parameters that are coloured in the window's thread: about 3 ms
HATCHED = 5.0  # px: smaller cells that were skipped are plainly grey

Key = tuple[Comparison, tuple[Grid, ...], Theme]


class ShadedGrids:
    """One picture a grid."""

    def __init__(self, pictures: PictureWorker | None, arrived: Callable[[], None]) -> None:
        """`pictures`: None where all is to be made at once. `arrived`: pictures that were asked for are there."""
        self._worker, self._arrived = pictures, arrived
        self._made: tuple[Key, list[QImage]] | None = None
        self._wanted: Key | None = None

    def forget(self) -> None:
        """There is another result."""
        self._made = self._wanted = None

    def of(self, found: Comparison, grids: Sequence[Grid], theme: Theme, *, now: bool) -> list[QImage] | None:
        """A picture of each of `grids`, in their order; None: on its way, and none that could stand in for it.

        `now`: wait for them.
        """
        key = found, tuple(grids), theme
        if self._made is not None and self._made[0] == key:
            return self._made[1]
        if now or self._worker is None or found.parameters <= AT_ONCE:
            self._made = key, shaded(*key)
            return self._made[1]
        if self._wanted != key:
            self._wanted = key
            self._worker.request(self, partial(shaded, *key), partial(self._receive, key))
        same = self._made is not None and (self._made[0][0], self._made[0][2]) == (found, theme)
        return self._made[1] if self._made is not None and same else None

    def _receive(self, key: Key, made: list[QImage]) -> None:
        if key == self._wanted:
            self._made, self._wanted = (key, made), None
            self._arrived()


def shaded(found: Comparison, grids: Sequence[Grid], theme: Theme) -> list[QImage]:
    """The cells of each grid in their colours, no more than pixels. A pure function, for any thread."""
    return [_shaded(errors_of(found, grid), grid.area, found.settings.tolerance, theme) for grid in grids]


def errors_of(found: Comparison, grid: Grid) -> Floats:
    """Of every cell: (rows, columns)."""
    return found.arrays[grid.array].errors.reshape(grid.rows, grid.columns)


def hatch_skipped(painter: QPainter, found: Comparison, grid: Grid, theme: Theme) -> None:
    """Mark what was not compared, where the cells are large enough for it."""
    if min(grid.area.width() / grid.columns, grid.area.height() / grid.rows) >= HATCHED:
        for row, column in np.argwhere(np.isnan(errors_of(found, grid))).tolist():
            hatch(painter, grid.cell(row, column), theme)


def _shaded(errors: Floats, area: QRectF, tolerance: float, theme: Theme) -> QImage:
    seen = reduced(errors, max(1, round(area.height())), max(1, round(area.width())))
    # Opaque, it is painted in a fraction of the time.
    return image(shade(seen, tolerance, theme)).convertToFormat(QImage.Format.Format_RGB32)
