"""The confusion matrix: which class was taken for which, and how often."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table
from gui.output_views.picture import Picture
from gui.palette import diverging, image
from gui.theme import GRID, Theme, current_theme, font
from model.arrays import Indices

LEFT = Qt.MouseButton.LeftButton
STRONGEST = 0.85  # share of the colour in a cell that holds its whole row
FEW = 5  # classes: zeros are written out
WIDEST_NAME = 80.0  # px at most for the names of the rows


class ConfusionMatrix(Picture):
    """Rows are the right classes, columns the predicted ones; blue is right, orange is a mistake."""

    mistake_clicked = Signal(int, int)  # right and predicted class of a cell that holds mistakes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Confusion matrix"), parent)
        self.setMinimumSize(20 * GRID, 14 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._names: tuple[str, ...] = ()
        self._counts: Indices = np.zeros((0, 0), np.intp)

    def set_classes(self, names: tuple[str, ...]) -> None:
        """Another data set: an empty matrix."""
        self._names = names
        self._counts = np.zeros((len(names), len(names)), np.intp)
        self.update()

    def set_counts(self, counts: Indices) -> None:
        """Show counts[right, predicted]."""
        if not np.array_equal(counts, self._counts):
            self._counts = counts
            right, all_of_them = int(np.trace(counts)), int(counts.sum())
            self.setAccessibleDescription(
                self.tr("{right} of {count} samples are recognised").format(right=right, count=all_of_them)
            )
            self.update(self.cells().toAlignedRect())  # the names stay
            self.refresh()

    def cells(self) -> QRectF:
        """Where the counts stand; names and titles lie to the left and above."""
        metrics = QFontMetricsF(font(current_theme().small))
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        left = math.ceil(min(widest, WIDEST_NAME) + metrics.height() + 2 * GRID)
        top = math.ceil(2 * metrics.height() + GRID)
        return QRectF(left, top, max(1, self.width() - left - GRID), max(1, self.height() - top - GRID))

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column of the cell at a place of the widget; None beside them."""
        cells, n = self.cells(), len(self._names)
        if not n or not cells.contains(place):
            return None
        row = int((place.y() - cells.top()) / cells.height() * n)
        column = int((place.x() - cells.left()) / cells.width() * n)
        return min(row, n - 1), min(column, n - 1)

    def text_at(self, place: QPointF) -> str:
        cell = self.cell_at(place)
        if cell is None:
            return ""
        row, column = cell
        count, total = int(self._counts[cell]), int(self._counts[row].sum())
        return self.tr("right: {right}\npredicted: {predicted}\n{count} of {total} ({percent} %)").format(
            right=self._names[row],
            predicted=self._names[column],
            count=count,
            total=total,
            percent=f"{100 * count / max(1, total):.3g}",
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        cell = self.cell_at(event.position())
        if cell is not None and cell[0] != cell[1] and self._counts[cell] and event.button() == LEFT:
            self.mistake_clicked.emit(*cell)

    def export_rows(self) -> Table:
        """A row for each right class, a column for each predicted one."""
        header = (self.tr("right / predicted"), *self._names)
        rows: Iterable[Sequence[object]] = (
            (name, *counts) for name, counts in zip(self._names, self._counts.tolist(), strict=True)
        )
        return header, rows

    def paint(self, painter: QPainter, theme: Theme) -> None:
        cells, n = self.cells(), len(self._names)
        if not n:
            return
        if self.for_file or not QRectF(cells.toAlignedRect()).contains(self.dirty):
            self._paint_names(painter, cells, theme)
        wide, high = cells.width() / n, cells.height() / n
        shares = np.sqrt(self._counts / np.maximum(1, self._counts.sum(axis=1, keepdims=True)))
        colours = diverging(STRONGEST * shares * np.where(np.eye(n, dtype=bool), 1, -1), 1, theme)
        painter.drawImage(cells, image(colours))
        painter.setPen(QPen(QColor(theme.panel), 1))
        for i in range(1, n):
            x, y = round(cells.left() + i * wide), round(cells.top() + i * high)
            painter.drawLine(QLineF(x, cells.top(), x, cells.bottom()))
            painter.drawLine(QLineF(cells.left(), y, cells.right(), y))
        light = _luminance(colours)
        texts_ink = np.abs(light - _luminance(_rgb(theme.text))) > np.abs(light - _luminance(_rgb(theme.panel)))
        for row, column in np.argwhere(self._counts if n > FEW else np.ones((n, n))).tolist():
            count = int(self._counts[row, column])
            ink = theme.text if texts_ink[row, column] else theme.panel
            painter.setPen(QColor(ink if count else theme.muted))
            cell = QRectF(cells.left() + column * wide, cells.top() + row * high, wide, high)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))

    def _paint_names(self, painter: QPainter, cells: QRectF, theme: Theme) -> None:
        metrics, n = QFontMetricsF(painter.font()), len(self._names)
        line, wide, high = metrics.height(), cells.width() / n, cells.height() / n
        centre = Qt.AlignmentFlag.AlignCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.muted))
        for i, name in enumerate(self._names):
            room = cells.left() - line - 2 * GRID
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(line + GRID, cells.top() + i * high, room, high), right, shown)
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRectF(cells.left() + i * wide, cells.top() - line - 2, wide, line), centre, shown)
        painter.setPen(QColor(theme.text))
        above = QRectF(cells.left(), cells.top() - 2 * line - 4, cells.width(), line)
        painter.drawText(above, centre, self.tr("predicted class"))
        painter.save()
        painter.translate(GRID / 2 + line / 2, cells.center().y())
        painter.rotate(-90)
        beside = QRectF(-cells.height() / 2, -line / 2, cells.height(), line)
        painter.drawText(beside, centre, self.tr("right class"))
        painter.restore()


def _rgb(name: str) -> NDArray[np.uint8]:
    return np.array(QColor(name).toTuple(), np.uint8)


def _luminance(rgba: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How light colours (..., 4) look, 0 to 255: the text takes the ink that is further from its ground."""
    return rgba[..., :3].astype(float) @ np.array([0.3, 0.59, 0.11])
