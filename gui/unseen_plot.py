"""Plots that are exported without having been seen: behind another tab, or in a run without a window."""

from gui.plot import Plot


def lay_out(plot: Plot) -> None:
    """Give the axes of a hidden plot their places, which Qt puts off until it is shown."""
    plot.grab()  # delivers the pending change of size
    plot.item.layout.activate()
