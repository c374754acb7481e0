"""What is said while points are painted: what the tool does, and what the network can make of the points so far."""

from PySide6.QtCore import QCoreApplication

from gui.output_views.draft import Draft
from gui.output_views.paint_bar import ERASE, MOVE, PAINT, SET
from model.datasets.points import MOST_POINTS, NAMES

translate = QCoreApplication.translate


def hint(tool: str, label: int, draft: Draft) -> str:
    """Two short sentences."""
    return f"{_state(draft)} {_of_tool(tool, label, draft)}"


def _state(draft: Draft) -> str:
    if not draft.points:
        return translate("PointWords", "No points yet; until there are, the network keeps the data it had.")
    if draft.full:
        return translate("PointWords", "{most} points are the most: erase some to set others.").format(
            most=f"{MOST_POINTS:,}"
        )
    if len(draft.used) == 1:
        text = translate("PointWords", "Only class {name} so far: set points of another one, to be told apart.")
        return text.format(name=NAMES[draft.used[0]])
    return translate("PointWords", "%n point(s).", None, len(draft.points))


def _of_tool(tool: str, label: int, draft: Draft) -> str:
    name = NAMES[label]
    return {
        SET: translate("PointWords", "A click sets one of class {name} (keys: 1 to {last}, arrows, Space).").format(
            name=name, last=draft.classes
        ),
        PAINT: translate("PointWords", "Drag to paint class {name}.").format(name=name),
        MOVE: translate("PointWords", "Drag a point elsewhere (keys: Space takes it and sets it down)."),
        ERASE: translate("PointWords", "Drag over points to erase them."),
    }[tool]
