"""The colour of a class, the same in regions, points and probabilities.

Two classes are the two sides of zero, so they have the colours of negative and positive numbers. More classes take the
categories of the palette.
"""

from PySide6.QtGui import QColor

from gui.palette import category_color
from gui.theme import Theme


def class_color(index: int, classes: int, theme: Theme) -> QColor:
    """The colour of class `index` out of `classes`."""
    if classes <= 2:
        return QColor(theme.positive if index == 1 else theme.negative)
    return category_color(index)
