"""Feature maps layer by layer: a row for every layer, an image for every channel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.cnn_views.flow import Flow, as_maps
from gui.cnn_views.image_sheet import MARGIN, RING, ImageSheet, largest
from gui.cnn_views.tile import Spot, Tile, crisp
from gui.export import Table
from gui.figures import figure
from gui.output_views.sample_card import ink_image
from gui.palette import diverging, image
from gui.round_limit import steady
from gui.theme import GRID, Theme, current_theme
from gui.words import words
from model.arrays import Floats
from model.layers import Dropout, Flatten, Identity, LayerSpec

MOST_MAPS = 64  # of a layer that are drawn
IMAGE = -1  # the place of the image itself, where the network sees other numbers
LARGEST, SMALLEST = 9 * GRID, 3 * GRID  # px, of a map
GAP = GRID / 2
SHRUNK = 0.7
STRIP, WIDEST = 1.5 * GRID, 2.0 * GRID  # px: height of numbers in a row, and their greatest width


@dataclass(frozen=True, eq=False)
class Row:
    """What goes into a layer or leaves it."""

    place: int  # of the signal; IMAGE
    title: str
    maps: Floats  # (channels, rows, columns), as many as are drawn
    limit: float | None  # of the scale of colours; None: ink on paper

    @property
    def strip(self) -> bool:
        """Numbers in a row, not images."""
        return self.maps.shape[1] == 1


class MapSheet(ImageSheet):
    """Rows under each other; where they do not fit, it asks for the height that they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Feature maps layer by layer"), parent)
        self.setMinimumWidth(22 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.rows: tuple[Row, ...] = ()
        self._signals: tuple[Floats, ...] = ()
        self._titles: list[tuple[QRectF, str]] = []
        self._limits: dict[int, float] = {}

    def begin(self) -> None:
        """Another network: nothing to show yet."""
        self.rows, self._limits, self.spot, self.frames = (), {}, None, {}
        self.renew()

    def show_flow(self, flow: Flow, layers: Sequence[LayerSpec]) -> None:
        """One image on its way through these layers."""
        self._signals = flow.signals
        self.rows = tuple(self._rows(flow, layers))
        self._ask_for_height()
        self.renew()

    def _rows(self, flow: Flow, layers: Sequence[LayerSpec]) -> Iterator[Row]:
        height, width = flow.image.shape[1:]
        title = self.tr("Image: {height}×{width}").format(height=height, width=width)
        place = IMAGE if flow.standardized else 0
        yield Row(place, title, flow.image[:MOST_MAPS], None)
        if flow.standardized:
            yield self._row(0, self.tr("Standardized"), flow.signals[0])
        for i, layer in enumerate(layers):
            if not isinstance(layer, Flatten | Identity | Dropout):  # nothing that can be seen happens there
                yield self._row(i + 1, words(layer.label), flow.signals[i + 1])

    def _row(self, place: int, label: str, signal: Floats) -> Row:
        maps = as_maps(signal)
        channels, height, width = maps.shape
        if height > 1 or signal.ndim == 3:
            text = self.tr("{layer}: {channels} of {height}×{width}")
        else:
            text = self.tr("{layer}: {width} numbers")
        title = text.format(layer=label, channels=channels, height=height, width=width)
        if channels > MOST_MAPS:
            title = self.tr("{title}, the first {most}").format(title=title, most=MOST_MAPS)
        self._limits[place] = steady(self._limits.get(place), largest(maps))
        return Row(place, title, maps[:MOST_MAPS], self._limits[place])

    # Where everything is

    def lay_out(self) -> Sequence[Tile]:
        self._titles = []
        side = float(LARGEST)
        while side > SMALLEST and self._height(side) > self.height():
            side -= 1
        return list(self._laid_out(side))

    def _laid_out(self, side: float) -> Iterator[Tile]:
        line, y = self.metrics().height(), GAP
        for row in self.rows:
            self._titles.append((QRectF(MARGIN, y, self.width() - 2 * MARGIN, line), row.title))
            y += line + RING
            pictures = self._pictures(row)
            wide, high, across = self._cells(row, side)
            for channel, (values, picture) in enumerate(zip(row.maps, pictures, strict=True)):
                down, right = divmod(channel, across)
                area = QRectF(MARGIN + right * (wide + GAP), y + down * (high + GAP), wide, high)
                yield Tile((row.place, channel), values, picture, area)
            y += -(-len(row.maps) // across) * (high + GAP)

    def _pictures(self, row: Row) -> list[QImage]:
        theme = current_theme()
        if row.limit is None:
            darkest = float(row.maps.max()) or 1.0
            return [ink_image(each[None], darkest, theme) for each in row.maps]
        return [image(colours) for colours in diverging(row.maps, row.limit, theme)]

    def _cells(self, row: Row, side: float) -> tuple[float, float, int]:
        """Width and height of a map, and how many stand in a line."""
        room = self.width() - 2 * MARGIN
        if row.strip:
            return min(room, row.maps.shape[2] * WIDEST), STRIP, 1
        height, width = row.maps.shape[1:]
        in_one_line = (room + GAP) / len(row.maps) - GAP
        if in_one_line > SHRUNK * side:  # rather a little smaller than a few maps in a line of their own
            side = min(side, in_one_line)
        tall = crisp(side, max(height, width)) / max(height, width)
        wide = tall * width
        return wide, tall * height, max(1, int((room + GAP) // (wide + GAP)))

    def _height(self, side: float) -> float:
        """Of all rows, with maps of this side."""
        line, total = self.metrics().height(), GAP
        for row in self.rows:
            _, high, across = self._cells(row, side)
            total += line + RING + -(-len(row.maps) // across) * (high + GAP)
        return total

    def _ask_for_height(self) -> None:
        needed = int(self._height(SMALLEST)) + 1
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_height()

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        self._ask_for_height()

    # What is said and painted

    def said(self, spot: Spot) -> str:
        place, channel = place_of(spot)
        row = next((each for each in self.rows if each.place == place), None)
        if row is None:
            return ""
        value = figure(float(row.maps[channel, spot.row, spot.column]))
        name = row.title.split(":")[0]
        if row.strip:
            return self.tr("{layer}, number {number}\n{value}").format(layer=name, number=spot.column + 1, value=value)
        return self.tr("{layer}, map {map}\nrow {row}, column {column}\n{value}").format(
            layer=name, map=channel + 1, row=spot.row + 1, column=spot.column + 1, value=value
        )

    def paint_words(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(QColor(theme.muted))
        for area, title in self._titles:
            shown = self.metrics().elidedText(title, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def export_rows(self) -> Table:
        """One row a number, of everything that flows."""
        header = ("layer", "channel", "row", "column", "value")
        return header, (
            ("input" if place == 0 else f"layers[{place - 1}]", *(i + 1 for i in at), float(as_maps(signal)[at]))
            for place, signal in enumerate(self._signals)
            for at in np.ndindex(as_maps(signal).shape)
        )


def place_of(spot: Spot) -> tuple[int, int]:
    """The place of the signal and the channel of a map."""
    assert isinstance(spot.tile, tuple)
    place, channel = spot.tile
    return int(place), int(channel)
