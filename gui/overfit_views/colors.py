"""One colour for each run of the overfitting lab, in its row and in the plot."""

from PySide6.QtGui import QColor

from gui.branch_colors import branch_color
from gui.theme import Theme

PLACES = (0, 1, 2, 3, 6, 7, 5)  # of the branches' colours, without the greyish one: the base is grey itself


def run_color(place: int, theme: Theme) -> QColor:
    """The colour of the run in this row; the first one, without a remedy, has that of the text."""
    return QColor(theme.text) if place == 0 else branch_color(PLACES[(place - 1) % len(PLACES)])
