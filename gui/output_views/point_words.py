"""What is said while points are painted: what there is so far, what the tool does; and afterwards, what was done."""

from PySide6.QtCore import QCoreApplication

from gui.output_views.draft import Draft
from gui.output_views.paint_bar import ERASE, MOVE, PAINT, SET
from model.datasets.points import MOST_POINTS, NAMES

translate = QCoreApplication.translate


def hint(tool: str, label: int, draft: Draft) -> str:
    """What there is so far, and what a touch does: two lines at most where the panel is narrow."""
    return f"{_state(draft)} {_of_tool(tool, label)}"


def words_for_undo(more: int, label: int) -> str:
    """What a stroke has done: `more` points of a class, fewer where that is negative, or one moved."""
    name = NAMES[label]
    if more == 1:
        return translate("PointWords", "set a point of class {name}").format(name=name)
    if more > 1:
        text = translate("PointWords", "paint %n points of class {name}", None, more)
        return text.format(name=name)
    if more == -1:
        return translate("PointWords", "erase a point")
    if more < -1:
        fewer = -more
        return translate("PointWords", "erase %n points", None, fewer)
    return translate("PointWords", "move a point")


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
