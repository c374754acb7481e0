"""The points of the data as marks: the colour and the shape say the class, the inside says the part."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from gui.class_colors import class_color
from gui.output_views.map_colors import SOFTENED
from gui.palette import blend, diverging, marker
from gui.theme import Theme
from model.data import Part

translate = QCoreApplication.translate

PARTS = ("train", "validation", "test")
MOST = 2000  # points of a part; more would cover the plane anyway


@dataclass(frozen=True, eq=False)
class Marks:
    """The points of one part, ready to be drawn. `classes` is 0 for a regression, whose targets are values."""

    part: str
    points: NDArray[np.floating]  # (n, variables)
    targets: NDArray[np.generic]  # (n,) classes or (n, 1) values
    classes: int
    limit: float  # of the colour scale of a regression

    @classmethod
    def of(cls, name: str, part: Part, classes: int, limit: float) -> "Marks":
        """The marks of a part of the data: the first `MOST` of its points."""
        return cls(name, part.points[:MOST], part.targets[:MOST], classes, limit)

    def colors(self, theme: Theme) -> list[QColor]:
        """The colour of every point: that of its class, or that of its value on the scale of the picture."""
        if self.classes:
            return [class_color(int(target), self.classes, theme) for target in self.targets]
        values = np.asarray(self.targets, float).reshape(-1)
        return [QColor(*rgba[:3]) for rgba in diverging(values, self.limit * SOFTENED, theme).tolist()]

    def symbols(self) -> list[str]:
        """The shape of every point: that of its class; a circle for a value."""
        if self.classes:
            return [marker(int(target)) for target in self.targets]
        return ["o"] * len(self.points)


def part_name(part: str) -> str:
    """The name of a part of the data on the screen."""
    return {
        "train": translate("Marks", "train"),
        "validation": translate("Marks", "validation"),
        "test": translate("Marks", "test"),
    }[part]


def draw_mark(
    painter: QPainter,
    place: QPointF,
    size: float,
    symbol: str,
    color: QColor,
    part: str,
    theme: Theme,
    by_value: bool = False,
) -> None:
    """One mark with its centre at `place`, `size` px wide: training points are filled, the others hollow.

    `by_value`: the colour says a value and fills every mark; the others then have a thick dark rim.
    """
    painter.save()
    painter.translate(place)
    painter.scale(size, size)
    filled = part == "train"
    if by_value:
        # A value near zero is as pale as the ground: the rim, thick where it is not a training point, shows it.
        rim, inside = blend(theme.text, theme.panel, 0.5 if filled else 1.0), color
    else:
        # The rim of a filled mark and the inside of a hollow one are of the ground's colour: both show on any region.
        rim, inside = (QColor(theme.panel), color) if filled else (color, QColor(theme.panel))
    pen = QPen(rim, 1.0 if filled else 1.6)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(inside)
    painter.drawPath(Symbols[symbol])
    if part == "validation":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(rim)
        painter.scale(0.4, 0.4)
        painter.drawPath(Symbols["o"])
    painter.restore()


def mark_icon(part: str, theme: Theme) -> QIcon:
    """How a mark of this part looks, for the check box that shows or hides it."""
    size = theme.marker + 5
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(painter, QPointF(size / 2, size / 2), size - 4, "o", QColor(theme.text), part, theme)
    painter.end()
    return QIcon(pixmap)
