"""Small images on a sheet, whose pixels are numbers: pointed at, or reached with the arrow keys, each is said."""

from collections.abc import Hashable, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.cnn_views.tile import Spot, Tile, next_spot
from gui.output_views.picture import Picture
from gui.theme import GRID, Theme, current_theme, font
from model.arrays import Floats
from model.receptive_field import Field

MARGIN = float(GRID)  # px, around all tiles
RING = 3.0  # px that a frame reaches beyond what it frames
STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ImageSheet(Picture):
    """Subclasses lay out `tiles()` and say what a pixel is; they may paint around and on them."""

    pointed = Signal(object)  # Spot: what is looked at, by the pointer, a click or the keys
    walks_with_arrows = True

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.spot: Spot | None = None  # stays until another one is pointed at
        self.frames: dict[Hashable, Field] = {}  # rectangles that are framed, by tile
        self._tiles: dict[Hashable, Tile] = {}
        self._laid_out_for: object = None

    # What subclasses give

    def lay_out(self) -> Sequence[Tile]:
        """The tiles for the size that the widget has."""
        raise NotImplementedError

    def said(self, spot: Spot) -> str:
        """A pixel in words and numbers."""
        raise NotImplementedError

    def paint_words(self, painter: QPainter, theme: Theme) -> None:
        """Captions and numbers, over the tiles."""

    # The tiles

    def renew(self) -> None:
        """Other images, or in other places."""
        self._laid_out_for = None
        self.refresh()
        self.update()

    def tiles(self) -> dict[Hashable, Tile]:
        """By key; laid out anew for another size or type size."""
        wanted = self.size(), current_theme()
        if wanted != self._laid_out_for:
            self._tiles = {each.key: each for each in self.lay_out()}
            self._laid_out_for = wanted
        return self._tiles

    def spot_at(self, place: QPointF) -> Spot | None:
        """The pixel at a place of the widget; None beside the tiles."""
        return next((each.spot(place) for each in self.tiles().values() if each.area.contains(place)), None)

    def value(self, spot: Spot) -> float | None:
        tile = self.tiles().get(spot.tile)
        return float(tile.values[spot.row, spot.column]) if tile is not None and self._exists(spot) else None

    def show_spot(self, spot: Spot | None, frames: dict[Hashable, Field] | None = None) -> None:
        """Mark a pixel, and what belongs to it, without a signal."""
        if (spot, frames or {}) != (self.spot, self.frames):
            self.spot, self.frames = spot, frames or {}
            self.update()

    def metrics(self) -> QFontMetricsF:
        return QFontMetricsF(font(current_theme().small))

    # Pointer and keys

    def text_at(self, place: QPointF) -> str:
        spot = self.spot_at(place)
        return self.said(spot) if spot is not None else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        spot = self.spot_at(event.position())
        if spot is not None:
            self.point_at(spot)

    def point_at(self, spot: Spot) -> None:
        """Look at a pixel."""
        if spot != self.spot:
            self.spot = spot
            self.setAccessibleDescription(self.said(spot))
            self.update()
            self.pointed.emit(spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        goal = next_spot(self.tiles(), self.spot if self.spot and self._exists(self.spot) else None, *step)
        if goal is not None:
            self._tell(goal)
            self.point_at(goal)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and self.spot is not None and self._exists(self.spot):
            self._tell(self.spot)

    def _tell(self, spot: Spot) -> None:
        """Put the label where the keys are."""
        self._pointer = self.tiles()[spot.tile].cell(spot.row, spot.column).center()
        self.refresh()

    def _exists(self, spot: Spot) -> bool:
        tile = self.tiles().get(spot.tile)
        return tile is not None and spot.row < tile.values.shape[0] and spot.column < tile.values.shape[1]

    # Painting

    def paint(self, painter: QPainter, theme: Theme) -> None:
        for tile in self.tiles().values():
            if self.dirty.intersects(tile.area.adjusted(-2, -2, 2, 2)) or self.for_file:
                painter.drawImage(tile.area, tile.picture)
                painter.setPen(QPen(QColor(theme.grid), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(tile.area)
        self.paint_words(painter, theme)
        for key, field in self.frames.items():
            if key in self.tiles():
                ring(painter, self.tiles()[key].of(field), theme)
        if self.spot is not None and self._exists(self.spot):
            ring(painter, self.tiles()[self.spot.tile].cell(self.spot.row, self.spot.column), theme)


def ring(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """A frame around pixels, seen on every colour: the accent on a line of the ground."""
    outer = area.adjusted(-1, -1, 1, 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((theme.panel, 4), (theme.accent, 2)):
        pen = QPen(QColor(color), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(outer)


def largest(values: Floats) -> float:
    """The largest finite number in absolute value; 0 where there is none."""
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0


def draw_grid_lines(painter: QPainter, tile: Tile, theme: Theme) -> None:
    """Between the pixels of a tile that shows its numbers."""
    rows, columns = tile.values.shape
    painter.setPen(QPen(QColor(theme.panel), 1))
    for i in range(1, rows):
        y = tile.cell(i, 0).top()
        painter.drawLine(QLineF(tile.area.left(), y, tile.area.right(), y))
    for i in range(1, columns):
        x = tile.cell(0, i).left()
        painter.drawLine(QLineF(x, tile.area.top(), x, tile.area.bottom()))
