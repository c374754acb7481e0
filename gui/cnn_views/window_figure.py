"""One number of a feature map as a textbook draws it: where it looks, the window, the filter, the products, the sum."""

from collections.abc import Hashable, Iterator, Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.cnn_views.cell_numbers import draw_numbers, fits
from gui.cnn_views.flow import Closely, Flow, as_maps
from gui.cnn_views.image_sheet import MARGIN, ImageSheet, Spot, Tile, crisp, largest
from gui.cnn_views.window_words import result, seen
from gui.export import Table
from gui.figures import factor, figure
from gui.output_views.sample_card import ink_image
from gui.palette import diverging, image
from gui.theme import GRID, Theme, current_theme, font
from model.arrays import Floats
from model.one_window import ConvolutionSum, PooledWindow
from model.receptive_field import Field

SIGN = 2.0 * GRID  # px between two images: room for · and =
WORDS = 4  # lines of text
MOST_SHARE = 0.42  # of the height, for the images above the numbers
THINNEST, THICKEST = float(GRID), 3.0 * GRID  # px: height of the row of sums
CELLS = ("patch", "filter", "products")
Part = tuple[str, str, Floats, QImage]  # of the figure: key, caption, numbers, picture


class WindowFigure(ImageSheet):
    """Three images (the whole image, the layer's input, its output), below them the window in numbers, the sum."""

    output_pointed = Signal(int, int)  # row and column of another output of the same map
    channel_chosen = Signal(int)  # of the input

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("One number of a feature map"), parent)
        self.setMinimumSize(24 * GRID, 26 * GRID)
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
        assert self.shown is not None
        line, y = self.metrics().height(), MARGIN / 2
        room = QRectF(self.rect()).adjusted(MARGIN, 0, -MARGIN, 0)
        side = min((room.width() - 2 * SIGN) / 3, MOST_SHARE * self.height())
        images = self._images()
        for i, (key, caption, values, picture) in enumerate(images):
            area = _inside(QRectF(room.left() + i * (side + SIGN), y + line, side, side), values)
            self._caption(room, i, 3, y, caption)
            yield Tile(key, values, picture, area)
        y += line + side + GRID / 2
        text = WORDS * line + GRID
        left = self.height() - y - text
        window = self.shown.window
        sums = len(window.patch) > 1 if isinstance(window, ConvolutionSum) else False
        for_sums = line + THICKEST if sums else 0.0
        cells = self._cells()
        side = min(side, left - line - for_sums)
        if cells and side >= 2 * GRID:
            yield from self._lay_out_cells(cells, room, y, side)
            y += line + side + GRID / 2
        if sums and isinstance(window, ConvolutionSum):
            yield self._lay_out_sums(window, room, y, line)
            y += line + THICKEST
        self._words = QRectF(room.left(), y, room.width(), self.height() - y)

    def _images(self) -> list[Part]:
        assert self._flow is not None
        assert self.shown is not None
        flow, output = self._flow, self.shown.output
        picture = ink_image(flow.image, float(flow.image.max()) or 1.0, current_theme())
        found: list[Part] = [("image", self.tr("Image"), flow.image[0], picture)]
        if self.shown.layer is not None:
            x = as_maps(flow.signals[output.place - 1])
            channel = min(self._channel, len(x) - 1)
            caption = self.tr("Input, map {number}").format(number=channel + 1) if len(x) > 1 else self.tr("Input")
            found.append(("input", caption, x[channel], self._colours(x[channel], largest(x))))
        y = as_maps(flow.signals[output.place])
        caption = self.tr("Output, map {number}").format(number=output.channel + 1)
        found.append(("output", caption, y[output.channel], self._colours(y[output.channel], largest(y))))
        return found

    def _cells(self) -> list[Part]:
        """The window in numbers."""
        assert self.shown is not None
        window = self.shown.window
        if isinstance(window, PooledWindow):
            return [("patch", self.tr("Window"), window.patch, self._colours(window.patch, largest(window.patch)))]
        if window is None:
            return []
        at = min(self._channel, len(window.patch) - 1)
        numbered = (self.shown.output.channel + 1, at + 1)
        name = self.tr("Filter {filter}, channel {channel}") if len(window.patch) > 1 else self.tr("Filter {filter}")
        name = name.format(filter=numbered[0], channel=numbered[1])
        captions = (self.tr("Window"), name, self.tr("Products"))
        arrays = (window.patch, window.weights, window.products)
        return [
            (key, caption, array[at], self._colours(array[at], largest(array)))
            for key, caption, array in zip(CELLS, captions, arrays, strict=True)
        ]

    def _lay_out_cells(self, cells: list[Part], room: QRectF, y: float, side: float) -> Iterator[Tile]:
        line = self.metrics().height()
        for i, (key, caption, values, picture) in enumerate(cells):
            column = QRectF(room.left() + i * (room.width() + SIGN) / 3, y + line, (room.width() - 2 * SIGN) / 3, side)
            area = _inside(QRectF(column.left(), column.top(), side, side), values)
            self._caption(room, i, 3, y, caption)
            if i:
                before = QRectF(area.left() - SIGN, area.top(), SIGN, area.height())
                self._signs.append((before, "·" if i == 1 else "="))
            yield Tile(key, values, picture, area)

    def _lay_out_sums(self, window: ConvolutionSum, room: QRectF, y: float, line: float) -> Tile:
        sums = window.channel_sums[None]
        self._captions.append((QRectF(room.left(), y, room.width(), line), self.tr("Sum of the products, by channel")))
        wide = min(room.width(), 5 * GRID * sums.size)
        return Tile(
            "sums", sums, self._colours(sums, largest(sums)), QRectF(room.left(), y + line, wide, THICKEST - GRID)
        )

    def _caption(self, room: QRectF, i: int, columns: int, y: float, text: str) -> None:
        wide = (room.width() + SIGN) / columns
        line = self.metrics().height()
        self._captions.append((QRectF(room.left() + i * wide, y, wide - GRID / 2, line), text))

    def _colours(self, values: Floats, limit: float) -> QImage:
        return image(diverging(values, limit, current_theme()))

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
        painter.setFont(font(theme.title))
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
        return QRectF(room.left(), room.top(), room.width(), THINNEST)
    most = max(rows, columns)
    pixel = crisp(room.width(), most) / most
    return QRectF(room.left(), room.top(), columns * pixel, rows * pixel)
