"""How large everything in the drawing of a graph is: it follows the type."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF

from gui.graph_view.sentences import sign
from gui.theme import GRID, Theme, font
from model.graph import Node

LONGEST = 14  # characters of a name inside a node
WIDEST = "-0.00000"  # what an edge keeps room for


@dataclass(frozen=True)
class Measures:
    """Sizes in px."""

    width: Callable[[Node], float]  # of a node
    height: float  # of every node
    gap: float  # between two nodes of a column, at least
    label: tuple[float, float]  # width and height of an edge's two numbers
    bend: float  # what an edge has to bend before and behind its level piece, at least
    margin: float  # around everything


def measures(theme: Theme) -> Measures:
    """The sizes of a drawing in the theme's type."""
    metrics, small = QFontMetricsF(font(theme.body, bold=True)), QFontMetricsF(font(theme.small))
    height = round(metrics.height() + 2 * GRID)
    line = math.ceil(small.height())

    def width(node: Node) -> float:
        return max(height, metrics.horizontalAdvance(caption(node)) + 2 * GRID)

    label = math.ceil(small.horizontalAdvance(WIDEST)) + GRID / 2, 2 * line + theme.line_width + 4
    return Measures(width, height, max(3 * GRID, label[1] - height + GRID), label, 2 * GRID, 2 * GRID)


def caption(node: Node) -> str:
    """What stands in a node, cut where it is very long."""
    text = sign(node)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
