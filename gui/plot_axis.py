"""The axes of a plot: where their grid lies, and how they look in a theme."""

from typing import Any

from PySide6.QtGui import QPen

from gui.theme import Theme, font


def prepare(axis: Any) -> None:
    """Set what no theme changes of a pyqtgraph axis."""
    axis.enableAutoSIPrefix(False)
    # An axis that gave up its room again with every shorter number would shake the curves.
    axis.setStyle(autoReduceTextSpace=False, tickLength=0, maxTickLevel=0)
    axis.setZValue(-1)  # the grid lies behind the curves


def dress(axis: Any, title: str, theme: Theme, grid: QPen) -> None:
    """Write `title` beside the axis and give it the colours and type of `theme`; its lines are drawn with `grid`."""
    axis.setPen(grid)
    axis.setTextPen(theme.muted)
    axis.setTickFont(font(theme.small))
    # Where the room for the numbers starts; it grows with them.
    axis.textWidth, axis.textHeight = 3 * theme.small, theme.small + 4
    axis.setLabel(title, **{"color": theme.muted, "font-size": f"{theme.small}px"})
