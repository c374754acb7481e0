"""What in the diagram can be pointed at, and what lies under the pointer."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF

from gui.network_view.geometry import Geometry
from gui.network_view.links import Link, Links
from gui.selection import Unit

NEAR_BIAS = 3  # px around the small square that still mean it


@dataclass(frozen=True)
class Bias:
    """The bias of a neuron."""

    unit: Unit


@dataclass(frozen=True)
class LossNode:
    """The loss behind the output."""


@dataclass(frozen=True)
class ImageNode:
    """All inputs as one picture."""


@dataclass(frozen=True)
class Title:
    """The name above a column: all of its neurons, or the inputs."""

    stage: int


Spot = Unit | Bias | Link | LossNode | ImageNode | Title


def spot_at(point: QPointF, geometry: Geometry, links: Links) -> Spot | None:
    """What lies under the pointer: the small things first, the links last."""
    pixel = point.toPoint()
    margin = NEAR_BIAS
    for unit, rect in geometry.units.items():
        near = rect.adjusted(-margin, -margin, margin, margin)
        if near.contains(pixel):
            reach = geometry.bias(unit).adjusted(-margin, -margin, margin, margin)
            if geometry.diagram.bias(unit) is not None and reach.contains(pixel):
                return Bias(unit)
            if rect.contains(pixel):
                return unit
    if geometry.image is not None and geometry.image.contains(pixel):
        return ImageNode()
    if geometry.loss.contains(pixel):
        return LossNode()
    for column in geometry.diagram.columns:
        if geometry.title(column.stage).contains(pixel):
            return Title(column.stage)
    return links.nearest(point)


def place_of(spot: Spot, geometry: Geometry, links: Links) -> QPoint | None:
    """Where an inline editor or a readout of `spot` belongs; None where it is not drawn."""
    rect: QRect | None = None
    if isinstance(spot, Link):
        line = links.line(spot)
        return line.center().toPoint() if line is not None else None
    if isinstance(spot, Bias):
        rect = geometry.bias(spot.unit) if spot.unit in geometry.units else None
    elif isinstance(spot, Unit):
        rect = geometry.units.get(spot)
    elif isinstance(spot, ImageNode):
        rect = geometry.image
    elif isinstance(spot, Title):
        rect = geometry.title(spot.stage)
    else:
        rect = geometry.loss
    return QRectF(rect).center().toPoint() if rect is not None else None


def parameter_of(spot: Spot, geometry: Geometry) -> int | None:
    """The number of the parameter vector that `spot` shows and that can be edited; of a neuron its bias."""
    if isinstance(spot, Link):
        return spot.parameter
    if isinstance(spot, Bias):
        return geometry.diagram.bias(spot.unit)
    return geometry.diagram.bias(spot) if isinstance(spot, Unit) else None
