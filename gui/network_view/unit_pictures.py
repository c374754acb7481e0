"""The small pictures inside the neurons: what each of them makes of its inputs, at one moment.

Over a plane: its output at every point. Along a line: the curve of its output. For any other data: its activation for
one sample. Everything here runs in the picture thread, on arrays; a finished picture is handed over.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from gui.network_view.columns import Column, Diagram
from gui.palette import diverging, image
from gui.selection import INPUTS, Unit
from gui.theme import Theme
from model.arrays import Floats, Vector
from model.pictures import Pictures
from model.snapshot import Snapshot

RESOLUTION = 22  # points a side; drawn larger, smoothly
CURVE = 40  # points along a line


@dataclass(frozen=True)
class Order:
    """What is to be painted: which neurons, how large, in which colours."""

    diagram: Diagram
    units: tuple[Unit, ...]  # those that are drawn
    side: int  # px of the screen
    theme: Theme
    sample: int = 0  # of the training part, where the data have no plane
    hovered: Unit | None = None  # its mean over the batch is asked for


@dataclass(frozen=True, eq=False)
class UnitPictures:
    """All pictures side by side in one image, in the order of `Order.units`, and some numbers."""

    side: int
    atlas: QImage
    places: dict[Unit, int]
    pixels: QImage | None = None  # the sample as a picture, where the inputs are one
    mean: tuple[Unit, float] | None = None  # a neuron and its mean activation over the batch
    values: dict[Unit, float] = field(default_factory=dict)  # the activations of the sample, where data have no plane

    def source(self, unit: Unit) -> QRect | None:
        """The part of the atlas that belongs to `unit`."""
        place = self.places.get(unit)
        return None if place is None else QRect(place * self.side, 0, self.side, self.side)


def paint_units(pictures: Pictures, snapshot: Snapshot, order: Order) -> UnitPictures:
    """The pictures of all neurons in `order`."""
    plane = pictures.parts.plane
    if plane is None:
        maps = _sample_maps(pictures, snapshot.numbers, order.sample)
        columns = [each.mean(axis=(1, 2)) for each in maps]
        shares = [_share(m, _limit(c, m, pictures)) for c, m in zip(order.diagram.columns, maps, strict=True)]
    elif len(plane) == 1:
        points = pictures.parts.to_inputs(pictures.grid(CURVE))
        curves = [points.T, *pictures.unit_curves(snapshot.numbers, CURVE)]
        columns = []
        shares = [_areas(_share(c, _size(c)), order.side) for c in curves]
    else:
        maps = [pictures.input_maps(RESOLUTION), *pictures.unit_maps(snapshot.numbers, RESOLUTION)]
        columns = []
        shares = [_share(m, _limit(c, m, pictures)) for c, m in zip(order.diagram.columns, maps, strict=True)]
    shown = [_enlarged(shares[unit.stage + 1][unit.index], order.side) for unit in order.units]
    atlas = np.concatenate(shown, axis=1) if shown else np.zeros((1, 1))
    values = {u: float(columns[u.stage + 1][u.index]) for u in order.units} if columns else {}
    return UnitPictures(
        order.side,
        image(diverging(atlas, 1.0, order.theme)).convertToFormat(QImage.Format.Format_RGB32),
        {unit: place for place, unit in enumerate(order.units)},
        _pixels(pictures, order),
        _mean(pictures, snapshot, order.hovered),
        values,
    )


def _limit(column: Column, values: Floats, pictures: Pictures) -> float | Floats:
    """The end of a column's colour scale: that of its activation where it has one, else the largest number in it."""
    if column.activation is not None and column.activation.output_limit is not None:
        return column.activation.output_limit
    if column.stage != INPUTS:
        return _size(values)
    if values.shape[1] == 1:  # one sample: each input on the scale of all training samples
        inputs = pictures.parts.train.inputs
        return np.maximum(np.abs(inputs.reshape(len(inputs), -1)).max(axis=0), 1e-12)[:, None, None]
    return np.maximum(np.abs(values).max(axis=(1, 2), keepdims=True), 1e-12)  # inputs of different units


def _size(values: Floats) -> float:
    """The largest finite number in absolute value; 1 where there is none."""
    sizes = np.abs(values)
    finite = sizes[np.isfinite(sizes)]
    return float(finite.max()) or 1.0 if finite.size else 1.0


def _share(values: Floats, limit: float | Floats) -> Floats:
    with np.errstate(invalid="ignore", over="ignore"):
        return np.clip(values / limit, -1, 1)


def _enlarged(shares: Floats, side: int) -> Floats:
    """A map of (rows, columns) numbers as (side, side), linearly in between."""
    if shares.shape == (side, side):
        return shares
    if shares.shape == (1, 1):
        return np.broadcast_to(shares, (side, side))
    down, across = (_steps(points, side) for points in shares.shape)
    with np.errstate(invalid="ignore"):
        return down @ shares @ across.T


@lru_cache(maxsize=16)
def _steps(points: int, side: int) -> Floats:
    """The matrix (side, points) that puts `side` numbers on the straight lines between `points` numbers."""
    at = np.clip((np.arange(side) + 0.5) / side * points - 0.5, 0, points - 1)
    return np.maximum(0.0, 1 - np.abs(at[:, None] - np.arange(points)))


def _areas(shares: Floats, side: int) -> Floats:
    """Curves (n, points) as pictures (n, side, side): the area between each curve and zero, coloured by its sign."""
    heights = shares @ _steps(shares.shape[1], side).T  # (n, side): in -1 .. 1 from the left to the right
    levels = (1 - 2 * (np.arange(side) + 0.5) / side)[None, :, None]  # from the top to the bottom
    with np.errstate(invalid="ignore"):
        curve = heights[:, None, :]
        same_side = curve * levels > 0
        cover = np.clip((np.abs(curve) - np.abs(levels)) * side / 2 + 0.5, 0, 1)
        return np.where(np.isnan(curve), np.nan, np.where(same_side, np.sign(curve) * cover, 0.0))


def _sample_maps(pictures: Pictures, numbers: Vector, sample: int) -> list[Floats]:
    """What every column says of one training sample, (units, height, width), as in `sample_maps`; the inputs first."""
    inputs = pictures.parts.train.inputs
    place = sample % len(inputs)
    return [inputs[place].reshape(-1, 1, 1), *pictures.sample_maps(numbers, place)]


def _pixels(pictures: Pictures, order: Order) -> QImage | None:
    shape = order.diagram.columns[0].image
    if shape is None:
        return None
    inputs = pictures.parts.train.points
    values = inputs[order.sample % len(inputs)].reshape(shape)
    return image(diverging(values, _size(values), order.theme))


def _mean(pictures: Pictures, snapshot: Snapshot, unit: Unit | None) -> tuple[Unit, float] | None:
    """The mean activation of one neuron over the batch of the step just done."""
    if unit is None or not len(snapshot.batch) or not -1 <= unit.stage < len(pictures.stages):
        return None
    inputs = pictures.parts.train.inputs[snapshot.batch]
    units = inputs[0].size if unit.stage == INPUTS else pictures.stages[unit.stage].units
    if unit.index >= units:
        return None
    with np.errstate(all="ignore"):
        if unit.stage == INPUTS:
            return unit, float(inputs.reshape(len(inputs), -1)[:, unit.index].mean())
        return unit, pictures.mean_output(snapshot.numbers, unit.stage, unit.index, inputs)
