"""The filters of a convolution, before learning and now, each a small image of its weights."""

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.cnn_views.image_sheet import MARGIN, ImageSheet
from gui.cnn_views.tile import Spot, Tile, crisp, squares
from gui.export import Table
from gui.figures import figure
from gui.palette import diverging, image
from gui.theme import GRID, Theme, current_theme
from model.arrays import Floats
from model.receptive_field import Field

MOST_FILTERS = 128  # drawn
LARGEST = 12.0 * GRID  # px, of a filter
BEFORE, NOW = "before", "now"


class FilterSheet(ImageSheet):
    """Two halves with the same arrangement, so that a filter is found again; one scale of colours for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Filters before and now"), parent)
        self.setMinimumSize(20 * GRID, 16 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._all: dict[str, Floats] = {}  # (filters, channels, size, size)
        self._weights: dict[str, Floats] = {}  # what is drawn of them: (filters, size, size)
        self._limit, self._step, self._channel = 1.0, 0, 0

    def set_filters(self, before: Floats, now: Floats, channel: int, step: int, limit: float) -> None:
        """Show `channel` of filters (filters, channels, size, size) on a scale from -limit to limit."""
        self._weights = {BEFORE: before[:MOST_FILTERS, channel], NOW: now[:MOST_FILTERS, channel]}
        self._all = {BEFORE: before, NOW: now}
        self._channel, self._step, self._limit = channel, step, limit
        self.renew()

    def halves(self) -> dict[str, QRectF]:
        """Where the filters of each half stand, under its title: beside each other, or one above the other."""
        title = self.metrics().height() + GRID / 2
        inner = QRectF(self.rect()).adjusted(MARGIN, GRID / 2, -MARGIN, -GRID / 2)
        if inner.width() >= inner.height():
            half = (inner.width() - 2 * GRID) / 2
            rooms = [QRectF(inner.left() + i * (half + 2 * GRID), inner.top(), half, inner.height()) for i in (0, 1)]
        else:
            half = (inner.height() - GRID) / 2
            rooms = [QRectF(inner.left(), inner.top() + i * (half + GRID), inner.width(), half) for i in (0, 1)]
        return {half: room.adjusted(0, title, 0, 0) for half, room in zip((BEFORE, NOW), rooms, strict=True)}

    def lay_out(self) -> Sequence[Tile]:
        return list(self._laid_out()) if self._weights else []

    def _laid_out(self) -> Iterator[Tile]:
        theme, halves = current_theme(), self.halves()
        count, size, _ = self._weights[NOW].shape
        caption = self.metrics().height() if self._captions(halves[NOW], count) else 0.0
        side, across = squares(count, halves[NOW], GRID, caption, LARGEST)
        side = crisp(side, size)
        for half, room in halves.items():
            colours = diverging(self._weights[half], self._limit, theme)
            for i, values in enumerate(self._weights[half]):
                line, place = divmod(i, across)
                x, y = room.left() + place * (side + GRID), room.top() + line * (side + GRID + caption) + caption
                yield Tile((half, i), values, image(colours[i]), QRectF(x, y, side, side))

    def _captions(self, room: QRectF, count: int) -> bool:
        """Whether there is room for a number above every filter."""
        line = self.metrics().height()
        return squares(count, room, GRID, line, LARGEST)[0] >= 2 * line

    def said(self, spot: Spot) -> str:
        _, i = self._key(spot)
        before, now = (figure(float(self._weights[half][i, spot.row, spot.column])) for half in (BEFORE, NOW))
        return self.tr(
            "filter {filter}, channel {channel}\nrow {row}, column {column}\nbefore {before}, now {now}"
        ).format(
            filter=i + 1, channel=self._channel + 1, row=spot.row + 1, column=spot.column + 1, before=before, now=now
        )

    def point_at(self, spot: Spot) -> None:
        half, i = self._key(spot)
        twin = (NOW if half == BEFORE else BEFORE, i)
        tile = self.tiles().get(twin)
        if tile is not None:  # the same weight in the other half
            self.frames = {twin: Field.pixel(spot.row, spot.column)}
        super().point_at(spot)

    def _key(self, spot: Spot) -> tuple[str, int]:
        assert isinstance(spot.tile, tuple)
        half, i = spot.tile
        return str(half), int(i)

    def paint_words(self, painter: QPainter, theme: Theme) -> None:
        if not self._weights:
            return
        titles = {
            BEFORE: self.tr("Before: step 0"),
            NOW: self.tr("Now: step {step:,}").format(step=self._step),
        }
        line = self.metrics().height()
        for half, room in self.halves().items():
            painter.setPen(QColor(theme.text))
            above = QRectF(room.left(), room.top() - line - GRID / 2, room.width(), line)
            painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, titles[half])
            if self._captions(room, len(self._weights[half])):
                painter.setPen(QColor(theme.muted))
                for i in range(len(self._weights[half])):
                    area = self.tiles()[half, i].area
                    over = QRectF(area.left(), area.top() - line, area.width(), line)
                    painter.drawText(over, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(i + 1))

    def export_rows(self) -> Table:
        """One row a weight, of all channels."""
        header = ("filter", "channel", "row", "column", "before", "now")
        if not self._weights:
            return header, ()
        before, now = self._all[BEFORE], self._all[NOW]
        return header, (
            (*(i + 1 for i in place), float(before[place]), float(now[place])) for place in np.ndindex(now.shape)
        )
