"""The heat map of a gradient check: every parameter a cell, coloured by its relative error."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.check_views.blocks import Block, Cell, Grid, arranged, as_grid, neighbour
from gui.check_views.error_scale import height, paint_scale, ring
from gui.check_views.finding import parameter_text
from gui.check_views.shaded_grids import ShadedGrids, errors_of, hatch_skipped
from gui.export import Table
from gui.output_views.picture import Picture
from gui.parameter_name import ParameterNames, name_in_files
from gui.picture_worker import PictureWorker
from gui.theme import GRID, Theme, current_theme, font
from model.gradient_check import Comparison

LINED = 6.0  # px: larger cells have a line between them
STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
OWN_KEYS = (*STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Home)


class HeatMap(Picture):
    """A block a layer. A click, or Enter at the cell that the arrow keys have gone to, chooses a parameter."""

    chosen = Signal(int)  # the place of a parameter in the vector

    def __init__(self, pictures: PictureWorker | None = None, parent: QWidget | None = None) -> None:
        """`pictures`: makes the picture of a large network."""
        super().__init__(self.tr("Relative error of every parameter"), parent)
        self.setMinimumWidth(16 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._meaning = (
            "<p>"
            + self.tr(
                "Every cell is a parameter: a row for each input of the layer, a column for each of its neurons, and "
                "below them the biases. Click on one to select it in the diagram of the network."
            )
            + "</p>"
        )
        self.setToolTip(self._meaning)
        self._found: Comparison | None = None
        self._names: ParameterNames | None = None
        self._selected: int | None = None
        self._cursor: Cell | None = None  # where the arrow keys are
        self._blocks: list[Block] = []
        self._arranged_for: object = None
        self._worst: Cell | None = None  # the cell with the largest error
        self._shaded = ShadedGrids(pictures, self.update)

    def show_comparison(self, found: Comparison | None, names: ParameterNames | None) -> None:
        """Show what was found, in words of the network with these names; None: nothing."""
        self._found, self._names = found, names
        self._cursor = self._pointer = None
        self._shaded.forget()
        worst = found.worst if found is not None else None
        self._worst = self._cell_of(worst.index) if worst is not None else None
        if found is not None and worst is not None:
            text = self.tr("{count:,} parameters; the largest relative error is {error:.2g}, at {name}")
            text = text.format(count=found.parameters, error=worst.error, name=worst.name)
            self.setAccessibleDescription(text)
        self.refresh()
        self.update()

    def select(self, index: int | None) -> None:
        """The parameter that is selected in the diagram."""
        if index != self._selected:
            self._selected = index
            self.update()

    # Where everything is

    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, 0)  # as high as what it stands in lets it

    def blocks(self) -> list[Block]:
        """Where the layers stand; found anew when there is another result, size or type size."""
        if self._found is None or self._names is None:
            return []
        wanted = self._found, self.size(), current_theme()
        if wanted != self._arranged_for:
            self._arranged_for, self._blocks = wanted, self._arrange(self._found, self._names)
        return self._blocks

    def _arrange(self, found: Comparison, names: ParameterNames) -> list[Block]:
        metrics = QFontMetricsF(font(current_theme().small))
        entries = [each.entry for each in found.arrays]
        titles = {each.layer: metrics.horizontalAdvance(names.layer(each.layer)) for each in entries}
        below = height(metrics)
        area = QRectF(self.rect()).adjusted(GRID, GRID / 2, -GRID, -below - GRID)
        return arranged(entries, titles, metrics.height() + 2, area)

    def cell_at(self, place: QPointF) -> Cell | None:
        """The cell at a place of the widget; where several share a pixel, the one with the largest error."""
        grid = next((each for each in self._grids() if each.area.adjusted(-1, -1, 1, 1).contains(place)), None)
        if grid is None or self._found is None:
            return None
        row, column = grid.at(place)
        corner = QPointF(math.floor(place.x()) + 1, math.floor(place.y()) + 1)  # of the pixel
        last_row, last_column = grid.at(corner)
        errors = errors_of(self._found, grid)[row : last_row + 1, column : last_column + 1]
        if min(grid.cell(0, 0).size().toTuple()) < 1 and not np.isnan(errors).all():
            down, right = np.unravel_index(int(np.nanargmax(errors)), errors.shape)
            row, column = row + int(down), column + int(right)
        return grid.array, row, column

    def index_of(self, cell: Cell) -> int:
        """The place of a cell's parameter in the vector."""
        assert self._found is not None
        entry = self._found.arrays[cell[0]].entry
        return entry.start + cell[1] * as_grid(entry.shape)[1] + cell[2]

    def _grids(self) -> list[Grid]:
        """All of them, in the order of the arrays."""
        return sorted((grid for block in self.blocks() for grid in block.grids), key=lambda grid: grid.array)

    def _area(self, cell: Cell) -> QRectF:
        return self._grids()[cell[0]].cell(cell[1], cell[2])

    # What is said

    def text_at(self, place: QPointF) -> str:
        cell = self.cell_at(place)
        return self.description(cell) if cell is not None else ""

    def description(self, cell: Cell) -> str:
        """A parameter by its names, both of its gradients, and how far they are apart."""
        assert self._found is not None
        assert self._names is not None
        each = self._found.arrays[cell[0]]
        return parameter_text(each, each.place_of(self.index_of(cell)), self._names)

    def export_rows(self) -> Table:
        """One row a parameter."""
        header = ("parameter", "backpropagation", "differences", "relative error", "skipped")
        arrays = self._found.arrays if self._found is not None else ()
        rows = (
            (
                name_in_files(each.entry, place),
                float(each.analytic[place]),
                float(each.numerical[place]),
                "" if each.kinks[place] else float(each.errors[place]),
                "yes" if each.kinks[place] else "no",
            )
            for each in arrays
            for place in np.ndindex(each.entry.shape)
        )
        return header, rows

    # Pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._cursor = cell
            self.chosen.emit(self.index_of(cell))
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.cell_at(event.position()) is not None
        self.setToolTip("" if over else self._meaning)  # it would cover what is said of the cell
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        # The window has shortcuts on the arrow keys; here they go from cell to cell.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._found is None or event.modifiers() or event.key() not in OWN_KEYS:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._cursor is not None:
                self.chosen.emit(self.index_of(self._cursor))
        elif event.key() == Qt.Key.Key_Home or self._cursor is None:
            self._go_to(self._worst or (0, 0, 0))
        else:
            self._go_to(neighbour(self._grids(), self._cursor, *STEPS[Qt.Key(event.key())]))

    def _cell_of(self, index: int) -> Cell | None:
        arrays = self._found.arrays if self._found is not None else ()
        for number, each in enumerate(arrays):
            if each.entry.start <= index < each.entry.stop:
                row, column = divmod(index - each.entry.start, each.entry.shape[-1])
                return number, row, column
        return None

    def _go_to(self, cell: Cell) -> None:
        self._cursor = cell
        self._pointer = self._area(cell).center()
        self.refresh()
        self.label.setText(self.description(cell))
        self.setAccessibleDescription(self.label.text())
        self.update()

    # Painting

    def paint(self, painter: QPainter, theme: Theme) -> None:
        blocks = self.blocks()
        if self._found is None or self._names is None or not blocks:
            return
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QColor(theme.text))
        for block in blocks:
            if block.title.height():
                painter.drawText(block.title, Qt.AlignmentFlag.AlignLeft, self._names.layer(block.layer))
        grids = self._grids()
        images = self._shaded.of(self._found, grids, theme, now=self.for_file)
        for number, grid in enumerate(grids):
            if images is None:
                painter.fillRect(grid.area, QColor(theme.field))
            else:
                painter.drawImage(grid.area, images[number])
            hatch_skipped(painter, self._found, grid, theme)
            self._paint_lines(painter, grid, theme)
        cursor = self._cursor if self.hasFocus() and not self.for_file else None
        selected = self._cell_of(self._selected) if self._selected is not None else None
        for cell, color in ((self._worst, theme.text), (selected, theme.accent), (cursor, theme.accent)):
            if cell is not None:
                ring(painter, self._area(cell), color, theme)
        below = height(metrics)
        area = QRectF(GRID, self.height() - below, self.width() - 2 * GRID, below)
        paint_scale(painter, area, self._found.settings.tolerance, theme, skipped=self._found.skipped > 0)

    def _paint_lines(self, painter: QPainter, grid: Grid, theme: Theme) -> None:
        """Between cells that are large enough for it."""
        area = grid.area
        wide, high = area.width() / grid.columns, area.height() / grid.rows
        if min(wide, high) >= LINED:
            painter.setPen(QPen(QColor(theme.panel), 1))
            for column in range(1, grid.columns):
                x = round(area.left() + column * wide)
                painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            for row in range(1, grid.rows):
                y = round(area.top() + row * high)
                painter.drawLine(QLineF(area.left(), y, area.right(), y))
