"""Small pictures of data, drawn from real draws: points in the colours of their classes, curves, flowers, digits."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gui.class_colors import class_color
from gui.palette import blend, diverging, image, signed_color
from gui.theme import Theme
from model.arrays import Floats
from model.data import PLANE_AT_LEAST
from model.datasets import AnyDataset, OnHand
from model.datasets.dataset import Integers, Samples, Synthetic
from model.features import FEATURES, FeatureName

MOST_POINTS = 300  # of a picture: more only fill it up
LEVELS = 8  # shades of a value on either side of zero; one pen each
FEATURE_PIXELS = 24  # a map of a feature before it is scaled


@lru_cache(maxsize=128)
def dataset_image(dataset: AnyDataset, side: int, ratio: float, theme: Theme) -> QImage:
    """A square picture of `dataset`, `side` px wide on a screen with `ratio` dots a px; transparent around the data."""
    made = blank(QSize(side, side), ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_dataset(painter, QRectF(0, 0, side, side), dataset, 1, theme)
    painter.end()
    return made


def gallery_dataset(kind: type[OnHand], side: int) -> OnHand:
    """The set that stands for its kind in a gallery: as many points as a picture of this size can take."""
    return kind(samples=min(MOST_POINTS, 4 * side), noise=0.05) if issubclass(kind, Synthetic) else kind()


def blank(size: QSize, ratio: float) -> QImage:
    """A transparent picture of `size` px."""
    made = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def draw_dataset(painter: QPainter, area: QRectF, dataset: AnyDataset, seed: int, theme: Theme) -> None:
    """Paint the data that `seed` draws, or what can be seen of it at a glance, into `area`."""
    samples = dataset.draw(seed)
    if len(dataset.shape) > 1:
        _draw_images(painter, area, samples, theme)
        return
    points, targets = samples.inputs[:MOST_POINTS], samples.targets[:MOST_POINTS]
    if len(samples.inputs) > MOST_POINTS and not isinstance(dataset, Synthetic):  # real data may lie class by class
        chosen = np.linspace(0, len(samples.inputs) - 1, MOST_POINTS).astype(int)
        points, targets = samples.inputs[chosen], samples.targets[chosen]
    places = points[:, -2:]  # of a flower, its petals
    if dataset.shape == (1,):
        places = np.column_stack([points[:, 0], targets.astype(float)])
    surface = dataset.shape == (2,) and dataset.task == "regression"
    diameter = max(2.0, min(area.width(), area.height()) / (12 if surface else 24))  # values are read as an area
    colours = _colours(dataset, targets, theme)
    _draw_points(painter, area, places, colours, diameter, centred=dataset.shape == (2,))


def _colours(dataset: AnyDataset, targets: Integers | Floats, theme: Theme) -> list[QColor]:
    """The colour of each target: of two classes orange and blue, of more the categories, of values the palette."""
    if dataset.shape == (1,):
        return [QColor(theme.positive)] * len(targets)  # a curve shows its values by its height
    if dataset.task == "regression":
        shades = [signed_color(level, LEVELS, theme) for level in range(-LEVELS, LEVELS + 1)]
        levels = np.rint(targets.ravel() / np.abs(targets).max(initial=1e-9) * LEVELS).astype(int)
        return [shades[level + LEVELS] for level in levels]
    classes = len(dataset.class_names)
    shades = [class_color(number, classes, theme) for number in range(classes)]
    return [shades[label] for label in targets.astype(int)]


def _draw_points(
    painter: QPainter, area: QRectF, places: Floats, colours: list[QColor], diameter: float, *, centred: bool
) -> None:
    """Dots at `places` (n, 2), up is positive. `centred`: the origin is in the middle and a circle stays round."""
    area = area.adjusted(diameter, diameter, -diameter, -diameter)
    low, high = places.min(axis=0), places.max(axis=0)
    if centred:
        reach = float(np.abs(places).max())
        low, high = np.array([-reach, -reach]), np.array([reach, reach])
    span = np.where(high > low, high - low, 1.0)
    shares = (places - low) / span
    by_colour: dict[int, list[QPointF]] = {}
    for (right, up), colour in zip(shares.tolist(), colours, strict=True):
        at = QPointF(area.left() + right * area.width(), area.bottom() - up * area.height())
        by_colour.setdefault(colour.rgb(), []).append(at)
    for rgb, dots in by_colour.items():
        painter.setPen(QPen(QColor.fromRgb(rgb), diameter, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(dots)


def _draw_images(painter: QPainter, area: QRectF, samples: Samples, theme: Theme) -> None:
    """The first image of each class, as many as can be recognised."""
    across = 2 if area.width() < 64 else 3
    cell = area.width() / across
    paper, ink = QColor(theme.panel), QColor(theme.text)
    shades = np.array([blend(ink, paper, step / 255).getRgb() for step in range(256)], np.uint8)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # the pixels are the data
    for number in range(across * across):
        at = int(np.flatnonzero(samples.targets == number)[0])
        pixels = shades[(255 * samples.inputs[at, 0]).astype(np.uint8)]
        row, column = divmod(number, across)
        place = QRectF(area.left() + column * cell, area.top() + row * cell, cell, cell)
        gap = max(1.0, cell / 16)
        painter.drawImage(place.adjusted(gap, gap, -gap, -gap), image(pixels))


@lru_cache(maxsize=64)
def feature_image(name: FeatureName, theme: Theme) -> QImage:
    """The feature over the plane, blue where it is positive, to be scaled to any size."""
    at = (np.arange(FEATURE_PIXELS) + 0.5) / FEATURE_PIXELS * 2 * PLANE_AT_LEAST - PLANE_AT_LEAST
    x1, x2 = np.meshgrid(at, at[::-1])
    values = FEATURES[name](np.column_stack([x1.ravel(), x2.ravel()])).reshape(FEATURE_PIXELS, FEATURE_PIXELS)
    return image(diverging(values, float(np.abs(values).max()), theme))
