"""What the network says over the plane as a coloured picture, made in the picture thread."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gui.class_colors import class_color
from gui.output_views.contour import zero_segments
from gui.palette import diverging, image
from gui.theme import Theme

PALEST = 0.25  # how much of its colour a class has where the network cannot decide
SOFTENED = 1.3  # colours of regions stay a little paler than the points on them


@dataclass(frozen=True, eq=False)
class Map:
    """Values over the plane, row 0 on top: (rows, columns) of one number, or (rows, columns, classes)."""

    values: NDArray[np.floating]
    limit: float  # of the colour scale
    boundary: bool  # draw the line of zero

    def sides(self) -> NDArray[np.floating]:
        """One signed number a pixel: with two classes, how much more class 1 gets than class 0."""
        if self.values.ndim == 3 and self.values.shape[2] == 2:
            return self.values[:, :, 1] - self.values[:, :, 0]
        return self.values

    @property
    def of_classes(self) -> bool:
        """It holds numbers for more than two classes."""
        return self.values.ndim == 3 and self.values.shape[2] > 2


def rgba(picture: Map, theme: Theme) -> NDArray[np.uint8]:
    """The colours (rows, columns, 4) of a map."""
    if picture.of_classes:
        return class_regions(picture.values, theme)
    return diverging(picture.sides(), picture.limit * SOFTENED, theme)


def class_regions(values: NDArray[np.floating], theme: Theme) -> NDArray[np.uint8]:
    """The colour of the class with the largest value (rows, columns, classes), paler where the second is close.

    The strength of the colour is the lead of the largest value over the second, cut to 0..1.
    """
    classes = values.shape[2]
    colours = np.array([_rgb(class_color(i, classes, theme)) for i in range(classes)], float)
    ground = np.array(_rgb(QColor(theme.neutral)), float)
    finite = np.isfinite(values).all(axis=2, keepdims=True)
    safe = np.where(finite, values, 0.0)
    top = np.partition(safe, -2, axis=2)
    lead = np.clip(top[..., -1] - top[..., -2], 0, 1)
    strength = (PALEST + (1 - PALEST) * lead)[..., None] / SOFTENED
    mixed = strength * colours[np.argmax(safe, axis=2)] + (1 - strength) * ground
    mixed = np.where(finite, mixed, np.array(_rgb(QColor(theme.muted)), float))
    return np.concatenate([np.rint(mixed), np.full_like(top[..., :1], 255)], axis=2).astype(np.uint8)


def painted(picture: Map, size: QSize, theme: Theme) -> QImage:
    """The map smoothly enlarged to `size` (device pixels), with its boundary. May be called in any thread."""
    small = image(rgba(picture, theme)).convertToFormat(QImage.Format.Format_RGB32)  # opaque: enlarged in half the time
    large = small.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    if picture.boundary and not picture.of_classes:
        painter = QPainter(large)
        draw_boundary(painter, picture, size.width(), size.height(), theme)
        painter.end()
    return large


def draw_boundary(painter: QPainter, picture: Map, width: float, height: float, theme: Theme) -> None:
    """The line of zero, in a map that fills the rectangle (0, 0, width, height) of the painter."""
    rows, columns = picture.values.shape[:2]
    pen = QPen(QColor(theme.text), 2 if theme.projector else 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stretch = np.array([width / columns, height / rows] * 2)
    segments = zero_segments(picture.sides())
    lines: Any = PrimitiveArray(QLineF, 4)  # making 700 objects would take longer than drawing them
    lines.resize(len(segments))
    lines.ndarray()[:] = segments * stretch
    painter.drawLines(*lines.drawargs())


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
