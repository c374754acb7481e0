"""What is said while points are painted: what the tool does, and what the network can make of the points so far."""

from PySide6.QtCore import QCoreApplication

from gui.output_views.draft import Draft
from gui.output_views.paint_bar import ERASE, MOVE, PAINT, SET
from model.datasets.points import MOST_POINTS, NAMES

translate = QCoreApplication.translate


def hint(tool: str, label: int, draft: Draft) -> str:
    """What there is so far, and what a touch does: two lines at most where the panel is narrow."""
    return f"{_state(draft)} {_of_tool(tool, label)}"


def _state(draft: Draft) -> str:
    if not draft.points:
        return translate("PointWords", "No points yet: nothing is learnt from them.")
    if draft.full:
        return translate("PointWords", "{most} points are the most: erase some first.").format(most=f"{MOST_POINTS:,}")
    if len(draft.used) == 1:
        return translate("PointWords", "Only class {name} so far: set another one, too.").format(
            name=NAMES[draft.used[0]]
        )
    count = len(draft.points)
    return translate("PointWords", "%n points.", None, count)


def _of_tool(tool: str, label: int) -> str:
    name = NAMES[label]
    return {
        SET: translate("PointWords", "A click or Space sets one of class {name}.").format(name=name),
        PAINT: translate("PointWords", "Drag: class {name} within the circle.").format(name=name),
        MOVE: translate("PointWords", "Drag a point to another place."),
        ERASE: translate("PointWords", "Drag over the points to erase."),
    }[tool]
