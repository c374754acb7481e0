"""The marks of the diagram: what is pointed at, what is selected, and where a number of the inspector comes from."""

from PySide6.QtGui import QPainter

from gui.network_view import flow_painting, nodes
from gui.network_view.geometry import Geometry
from gui.network_view.links import Link, Links
from gui.network_view.spots import Bias, LossNode, Spot, Title
from gui.selection import Column, LossValue, Selection
from gui.theme import Theme, current_theme


def paint_link_marks(
    painter: QPainter, geometry: Geometry, links: Links, selection: Selection, pointed: Spot | None
) -> None:
    """The links that are meant: below the neurons."""
    theme, selected = current_theme(), links.of(selection.parameter)
    width = _width(theme)
    if isinstance(pointed, Link) and pointed != selected:
        nodes.paint_mark(painter, geometry, links, pointed, theme.muted, width)
    if selected is not None:
        nodes.paint_mark(painter, geometry, links, selected, theme.accent, width)
    if selection.sources is not None and selection.sources.parameters:
        for link in links.links:
            if link.parameter in selection.sources.parameters:
                nodes.paint_mark(painter, geometry, links, link, theme.accent, width)


def paint_node_marks(
    painter: QPainter, geometry: Geometry, links: Links, selection: Selection, pointed: Spot | None
) -> None:
    """The neurons, biases and names that are meant."""
    theme = current_theme()
    width = _width(theme)
    if pointed is not None and not isinstance(pointed, Link):
        nodes.paint_mark(painter, geometry, links, pointed, theme.text, width - 1)
    if selection.sources is not None:
        flow_painting.paint_sources(painter, geometry, selection.sources, theme)
    match selection.subject:
        case LossValue():
            nodes.paint_mark(painter, geometry, links, LossNode(), theme.accent, width)
        case Column(stage):
            nodes.paint_mark(painter, geometry, links, Title(stage), theme.accent, width - 1)
        case _:
            pass
    if selection.unit is not None:
        nodes.paint_mark(painter, geometry, links, selection.unit, theme.accent, width)
        bias = geometry.diagram.bias(selection.unit) if selection.unit in geometry.units else None
        if bias is not None and bias == selection.parameter:
            nodes.paint_mark(painter, geometry, links, Bias(selection.unit), theme.accent, width - 1)


def _width(theme: Theme) -> int:
    return 5 if theme.projector else 3
