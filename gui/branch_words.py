"""What branches are called in lists, legends and tables."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.theme import current_theme
from gui.words import words
from model.branch import BranchView
from model.branch_differences import what_parted

translate = QCoreApplication.translate

# Letters of a name in a legend that has so many of them, and in large type.
ROOM = ((1, 34), (3, 26), (7, 14))
ROOM_ON_A_PROJECTOR = ((1, 22), (3, 14), (7, 4))


def branch_title(view: BranchView, views: Sequence[BranchView]) -> str:
    """The number and the name; until a person gives one, what made it another branch than those before."""
    name = view.name or words(what_parted(view, views))
    return translate("branches", "{number}: {name}").format(number=view.number, name=name)


def shortened(title: str, names: int) -> str:
    """A title for a legend of so many names: there is little room, and the number stands for the rest."""
    rooms = ROOM_ON_A_PROJECTOR if current_theme().projector else ROOM
    letters = next((each for most, each in rooms if names <= most), rooms[-1][1])
    return title if len(title) <= letters else title[: letters - 1].rstrip(" ,:") + "…"
