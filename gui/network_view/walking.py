"""Walking through the diagram with the keys: from neuron to neuron, and along the links that arrive at one."""

from PySide6.QtCore import Qt

from gui.network_view.geometry import Geometry
from gui.network_view.links import Link, Links
from gui.selection import Unit

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def neighbour(geometry: Geometry, unit: Unit | None, across: int, down: int) -> Unit | None:
    """The neuron drawn beside `unit`: the next one of its column, or the nearest in height of the next column.

    `unit` itself at the diagram's edge. Without a neuron to start from: the first one drawn, None where there is none.
    """
    units = geometry.units
    if unit not in units:
        return next(iter(units), None)
    if down:
        column = [each for each in units if each.stage == unit.stage]
        place = min(max(column.index(unit) + down, 0), len(column) - 1)
        return column[place]
    column = [each for each in units if each.stage == unit.stage + across]
    height = units[unit].center().y()
    return min(column, key=lambda each: abs(units[each].center().y() - height), default=unit)


def next_link(links: Links, unit: Unit, current: Link | None, step: int) -> Link | None:
    """The link after `current` of those that arrive at `unit`; None (the neuron itself) before the first one."""
    arriving = [link for link in links.into(unit) if link.parameter is not None]
    place = arriving.index(current) if current in arriving else -1
    place = min(max(place + step, -1), len(arriving) - 1)
    return arriving[place] if place >= 0 else None
