"""Walking through the diagram with the keys: from neuron to neuron, and along the links that arrive at one."""

from PySide6.QtCore import Qt

from gui.network_view.geometry import Geometry
from gui.network_view.links import Link, Links
from gui.network_view.spots import LossNode, Title
from gui.selection import INPUTS, Unit

Place = Unit | Title | LossNode

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def neighbour(geometry: Geometry, here: Unit | Title | LossNode | None, across: int, down: int) -> Place | None:
    """What is drawn beside `here`: the next neuron of its column, or the nearest in height of the next column.

    Above the first neuron of a column stands its name, and behind the output the loss. `here` itself at the diagram's
    edge. Without a place to start from: the first neuron drawn, None where there is none.
    """
    units, output = geometry.units, geometry.diagram.columns[-1].stage
    if isinstance(here, LossNode):
        behind = [each for each in units if each.stage == output]
        return behind[len(behind) // 2] if across < 0 and behind else here
    if isinstance(here, Title):
        column = [each for each in units if each.stage == here.stage]
        stage = min(max(here.stage + across, INPUTS), output)
        return column[0] if down > 0 and column else Title(stage)
    unit = here
    if unit not in units:
        return next(iter(units), None)
    if down:
        column = [each for each in units if each.stage == unit.stage]
        place = column.index(unit) + down
        return column[min(place, len(column) - 1)] if place >= 0 else Title(unit.stage)
    if across > 0 and unit.stage == output:
        return LossNode()
    column = [each for each in units if each.stage == unit.stage + across]
    height = units[unit].center().y()
    return min(column, key=lambda each: abs(units[each].center().y() - height), default=unit)


def next_link(links: Links, unit: Unit, current: Link | None, step: int) -> Link | None:
    """The link after `current` of those that arrive at `unit`; None (the neuron itself) before the first one."""
    arriving = [link for link in links.into(unit) if link.parameter is not None]
    place = arriving.index(current) if current in arriving else -1
    place = min(max(place + step, -1), len(arriving) - 1)
    return arriving[place] if place >= 0 else None
