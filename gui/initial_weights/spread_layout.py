"""Where the histograms stand: equal cells in rows and columns, names around them, axes below."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFontMetricsF

from gui.initial_weights.spread_cell import WIDEST_NUMBERS, Cell
from gui.theme import GRID

LEAST_BARS = 16.0  # px, the height of a histogram
LEAST_GAP = 3.0
CAPTION_LINES = 2
CAPTION_WIDTH = 72  # mean characters: in a grid that is scrolled sideways a longer line could not be read at once


class SpreadLayout:
    """The places of one size of the picture; `least` is the smallest in which nothing is cut."""

    def __init__(self, metrics: QFontMetricsF, labels: Sequence[str], columns: Sequence[str], size: QSize) -> None:
        self.line = metrics.height()
        rows, self._count = max(1, len(labels)), max(1, len(columns))
        self._rows = rows
        names = max((metrics.horizontalAdvance(each) for each in labels), default=0.0)
        self._left = GRID + names + GRID
        widest = max(metrics.horizontalAdvance(each) for each in (WIDEST_NUMBERS, *columns))
        self._top = self.line + GRID / 2
        self._bottom = self.line + CAPTION_LINES * self.line + GRID / 2
        # The caption of a narrow grid would take more lines than it has.
        wide = max(self._left + self._count * (widest + GRID), 44 * metrics.averageCharWidth())
        high = self._top + rows * (self.line + LEAST_BARS + LEAST_GAP) + self._bottom
        self.least = QSize(round(wide + 0.5), round(high + 0.5))
        whole = size.expandedTo(self.least)
        self._cell = QSizeF(
            (whole.width() - self._left) / self._count, (whole.height() - self._top - self._bottom) / rows
        )
        self._whole = whole
        self.caption = QRectF(
            GRID,
            whole.height() - CAPTION_LINES * self.line - GRID / 4,
            min(whole.width() - GRID, CAPTION_WIDTH * metrics.averageCharWidth()),
            CAPTION_LINES * self.line,
        )

    def room(self, cell: Cell) -> QRectF:
        """All of a cell."""
        row, column = cell
        corner = QPointF(self._left + column * self._cell.width(), self._top + row * self._cell.height())
        return QRectF(corner, self._cell).adjusted(0, 0, -GRID, -LEAST_GAP)

    def numbers(self, cell: Cell) -> QRectF:
        """The line of numbers above the histogram."""
        room = self.room(cell)
        return QRectF(room.left(), room.top(), room.width() + GRID, self.line)

    def histogram(self, cell: Cell) -> QRectF:
        """Where the bars stand."""
        return self.room(cell).adjusted(0, self.line, 0, 0)

    def title(self, column: int) -> QRectF:
        room = self.room((0, column))
        return QRectF(room.left(), 0, room.width(), self.line + GRID / 4)

    def label(self, row: int) -> QRectF:
        room = self.room((row, 0))
        return QRectF(GRID, room.top(), self._left - GRID, room.height())

    def axis(self, column: int) -> QRectF:
        """Below the last histogram of a column."""
        room = self.room((self._rows - 1, column))
        return QRectF(room.left(), room.bottom() + 1, room.width(), self.line)

    def cell_at(self, place: QPointF) -> Cell | None:
        row = int((place.y() - self._top) // self._cell.height())
        column = int((place.x() - self._left) // self._cell.width())
        return (row, column) if 0 <= row < self._rows and 0 <= column < self._count else None
