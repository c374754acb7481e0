"""What branches are called in lists, legends and tables."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.words import words
from model.branch import BranchView
from model.branch_differences import what_parted

translate = QCoreApplication.translate

SHORT = 26  # letters of a name in a legend


def branch_title(view: BranchView, views: Sequence[BranchView]) -> str:
    """The number and the name; until a person gives one, what made it another branch than those before."""
    name = view.name or words(what_parted(view, views))
    return translate("branches", "{number}: {name}").format(number=view.number, name=name)


def shortened(title: str) -> str:
    """A title for a legend, where there is little room."""
    return title if len(title) <= SHORT else title[: SHORT - 1].rstrip(" ,:") + "…"
