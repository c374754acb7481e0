"""One number of a feature map as a textbook draws it: where it looks, the window, the filter, the products, the sum."""

from collections.abc import Callable, Hashable, Iterator, Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.cnn_views.cell_numbers import draw_numbers, fits
from gui.cnn_views.flow import Closely, Flow
from gui.cnn_views.image_sheet import MARGIN, RING, ImageSheet, largest
from gui.cnn_views.tile import Spot, Tile, crisp
from gui.cnn_views.window_parts import CELLS, Part, cells_of, coloured, images_of
from gui.cnn_views.window_words import result, seen
from gui.export import Table
from gui.figures import factor, figure
from gui.theme import GRID, Theme, font
from model.arrays import Floats, Vector
from model.one_window import ConvolutionSum, PooledWindow
from model.receptive_field import Field

SIGN = 2.0 * GRID  # px between two images: room for · and =
THIN, THICK = float(GRID), 2.0 * GRID  # px: height of a row of numbers, and of the sums
GAP = GRID / 2
LOWEST = 6.0 * GRID  # px, of an image
READABLE = 6.0  # lines of type: an image whose numbers can be read


class WindowFigure(ImageSheet):
    """Three images (the whole image, the layer's input, its output), below them the window in numbers, the sum."""

    output_pointed = Signal(int, int)  # row and column of another output of the same map
    channel_chosen = Signal(int)  # of the input

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("One number of a feature map"), parent)
        self.setMinimumWidth(24 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._flow: Flow | None = None
        self.shown: Closely | None = None
        self._channel = 0
        self._captions: list[tuple[QRectF, str]] = []
        self._signs: list[tuple[QRectF, str]] = []
        self._words = QRectF()

    def show_number(self, flow: Flow | None, shown: Closely | None, channel: int = 0) -> None:
        """Show where a number of `flow` comes from; `channel` of the layer's input is the one that is drawn."""
        self._flow, self.shown, self._channel = flow, shown, channel
        if shown is not None:
            self.setAccessibleDescription(" ".join(self.words()))
            self.frames = self._frames(shown)
            self._ask_for_height()
        self.renew()

    def words(self) -> list[str]:
        """The sum, and what the number has seen."""
        if self._flow is None or self.shown is None:
            return []
        return [*result(self.shown, self._flow, self._channel), seen(self.shown, self._flow)]

    # Where everything is

    def _frames(self, shown: Closely) -> dict[Hashable, Field]:
        window, output = shown.window, shown.output
        frames: dict[Hashable, Field] = {
            "image": shown.fields[0],
            "output": Field.pixel(output.row, output.column),
        }
        if len(shown.fields) > 1:
            frames["input"] = shown.fields[-2]
        if isinstance(window, PooledWindow) and window.winner is not None:
            frames["patch"] = Field.pixel(*window.winner)
        if isinstance(window, ConvolutionSum) and len(window.patch) > 1:
            frames["sums"] = Field.pixel(0, self._channel)
        return frames

    def lay_out(self) -> Sequence[Tile]:
        self._captions, self._signs = [], []
        return list(self._laid_out()) if self._flow is not None and self.shown is not None else []

    def _laid_out(self) -> Iterator[Tile]:
        room, y = QRectF(self.rect()).adjusted(MARGIN, 0, -MARGIN, 0), MARGIN / 2
        images, cells, side = self._parts(images_of), self._parts(cells_of), self._side()
        for rank in (images, cells):
            if rank:
                yield from self._lay_out_rank(rank, room, y, side)
                y += self._above() + side + GAP
        if self._sums() is not None:
            yield self._lay_out_sums(room, y)
            y += self._above() + THICK + GAP
        self._words = QRectF(room.left(), y, room.width(), self.height() - y)

    def _parts(self, made: Callable[[Closely, Flow, int], list[Part]]) -> list[Part]:
        if self._flow is None or self.shown is None:
            return []
        return made(self.shown, self._flow, self._channel)

    def _side(self) -> float:
        """Of an image: a third of the width, if there is so much height."""
        third = (self.width() - 2 * MARGIN - 2 * SIGN) / 3
        ranks = 2 if self._parts(cells_of) else 1
        return max(LOWEST, min(third, (self.height() - self._beside_the_images()) / ranks - self._above() - GAP))

    def _above(self) -> float:
        """A caption, and the frame of what lies under it."""
        return self.metrics().height() + RING

    def _beside_the_images(self) -> float:
        """The height of everything else: the sums and the words."""
        wide, flags = self.width() - 2 * MARGIN, Qt.TextFlag.TextWordWrap
        text = self.metrics().boundingRect(QRectF(0, 0, wide, 1000), flags, "\n".join(self.words())).height()
        return MARGIN + text + (self._above() + THICK + GAP if self._sums() is not None else 0.0)

    def _sums(self) -> Vector | None:
        """What each channel contributes, where there are several."""
        window = self.shown.window if self.shown is not None else None
        return window.channel_sums if isinstance(window, ConvolutionSum) and len(window.patch) > 1 else None

    def _ask_for_height(self) -> None:
        """The height at which the numbers of the window can be written into it."""
        if self.shown is not None:
            ranks = 2 if self._parts(cells_of) else 1
            readable = max(LOWEST, min((self.width() - 2 * MARGIN - 2 * SIGN) / 3, READABLE * self.metrics().height()))
            needed = round(self._beside_the_images() + ranks * (self._above() + readable + GAP)) + 1
            if needed != self.minimumHeight():
                self.setMinimumHeight(needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_height()

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        self._ask_for_height()

    def _lay_out_rank(self, parts: list[Part], room: QRectF, y: float, side: float) -> Iterator[Tile]:
        """Images beside each other; between numbers stand the signs of the sum."""
        for i, (key, caption, values, picture) in enumerate(parts):
            left = room.left() + i * (room.width() + SIGN) / 3
            area = _inside(QRectF(left, y + self._above(), side, side), values)
            self._captions.append((QRectF(left, y, (room.width() + SIGN) / 3 - GAP, self._above() - RING), caption))
            if i and key in CELLS:
                between = QRectF(area.left() - SIGN, area.top(), SIGN, area.height())
                self._signs.append((between, "·" if i == 1 else "="))
            yield Tile(key, values, picture, area)

    def _lay_out_sums(self, room: QRectF, y: float) -> Tile:
        found = self._sums()
        assert found is not None
        caption = self.tr("Sum of the products, by channel")
        self._captions.append((QRectF(room.left(), y, room.width(), self._above() - RING), caption))
        area = QRectF(room.left(), y + self._above(), min(room.width(), 5 * GRID * len(found)), THICK)
        return Tile("sums", found[None], coloured(found[None], largest(found)), area)

    # What is said and painted

    def said(self, spot: Spot) -> str:
        value = self.value(spot)
        if value is None or self.shown is None:
            return ""
        window, at = self.shown.window, (spot.row, spot.column)
        if spot.tile in CELLS and isinstance(window, ConvolutionSum):
            channel = min(self._channel, len(window.patch) - 1)
            x, w, product = (float(a[channel][at]) for a in (window.patch, window.weights, window.products))
            return f"{figure(x)} · {factor(w)} = {figure(product)}"
        if spot.tile == "sums":
            return self.tr("channel {channel}\n{value}").format(channel=spot.column + 1, value=figure(value))
        return self.tr("row {row}, column {column}\n{value}").format(
            row=spot.row + 1, column=spot.column + 1, value=figure(value)
        )

    def point_at(self, spot: Spot) -> None:
        if self.shown is None:
            return
        if spot.tile == "output":
            self.output_pointed.emit(spot.row, spot.column)
        elif spot.tile == "sums":
            self.channel_chosen.emit(spot.column)
        frames = self._frames(self.shown)
        if spot.tile in CELLS and isinstance(self.shown.window, ConvolutionSum):  # the three that belong together
            frames |= dict.fromkeys(CELLS, Field.pixel(spot.row, spot.column))
        self.frames = frames
        super().point_at(spot)

    def paint_words(self, painter: QPainter, theme: Theme) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics = self.metrics()
        if self.shown is None:
            return
        tiles = self.tiles()
        painter.setPen(QColor(theme.muted))
        for area, text in self._captions:
            painter.drawText(area, left, metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width()))
        painter.setPen(QColor(theme.text))
        painter.setFont(font(theme.body, bold=True))
        for area, sign in self._signs:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, sign)
        painter.setFont(font(theme.small))
        numbered = [tiles[key] for key in CELLS if key in tiles]
        if numbered and all(fits(tile, metrics) for tile in numbered):
            for tile in numbered:
                draw_numbers(painter, tile, theme)
        if "sums" in tiles and fits(tiles["sums"], metrics):
            draw_numbers(painter, tiles["sums"], theme)
        painter.setPen(QColor(theme.text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(self._words, flags, "\n".join(self.words()))

    def export_rows(self) -> Table:
        """One row a product; of a pooling one a pixel of the window."""
        header = ("channel", "row", "column", "input", "weight", "product")
        window = self.shown.window if self.shown is not None else None
        if isinstance(window, ConvolutionSum):
            arrays = window.patch, window.weights, window.products
            return header, (
                (*(i + 1 for i in at), *(float(array[at]) for array in arrays)) for at in np.ndindex(window.patch.shape)
            )
        if isinstance(window, PooledWindow) and self.shown is not None:
            channel = self.shown.output.channel + 1
            return header[:4], (
                (channel, *(i + 1 for i in at), float(window.patch[at])) for at in np.ndindex(window.patch.shape)
            )
        return header, ()


def _inside(room: QRectF, values: Floats) -> QRectF:
    """The largest area with square pixels in the upper left of `room`; a row of numbers fills its width."""
    rows, columns = values.shape
    if rows == 1:
        return QRectF(room.left(), room.top(), room.width(), THIN)
    most = max(rows, columns)
    pixel = crisp(room.width(), most) / most
    return QRectF(room.left(), room.top(), columns * pixel, rows * pixel)
