"""One colour for a branch, the same in every picture."""

from PySide6.QtGui import QColor

# Eight colours for the branches that are compared: mid tones with a contrast of at least 3:1 with the light and with
# the dark panel, apart from each other under simulated deuteranopia and protanopia (see the test), and apart from the
# colours of the shown run's own curves. Those that come first differ most.
BRANCHES: tuple[str, ...] = (
    "#2d70b2",
    "#e87400",
    "#50a160",
    "#d6002b",
    "#5e7d70",
    "#b286b2",
    "#af00fa",
    "#fa3ee7",
)


def branch_color(place: int) -> QColor:
    """The colour of the branch at this place among those compared."""
    return QColor(BRANCHES[place % len(BRANCHES)])
