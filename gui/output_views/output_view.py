"""What every view of the output promises to the panel that holds it."""

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.panel import Export
from gui.run import Run
from gui.selection import INPUTS, Unit
from model.arrays import Vector
from model.pictures import Pictures


class OutputView(QWidget):
    """One way to show what a network says, for one kind of data."""

    stale = Signal()  # something else is to be computed for the same moment of the run
    mistakes_wanted = Signal(object)  # Confused: show these samples
    one_part = False  # it shows one part of the data at a time, not any number of them on top of each other

    def begin(self, run: Run, pictures: Pictures) -> None:
        """A new run. `pictures` may be used in the picture thread only."""
        raise NotImplementedError

    def show_parts(self, parts: tuple[str, ...]) -> None:
        """The person wants to see these parts of the data: "train", "validation", "test"."""
        raise NotImplementedError

    def request(self, unit: Unit | None) -> Callable[[Vector], Any]:
        """What to compute from the numbers of a snapshot, in the picture thread: the output, or a neuron."""
        raise NotImplementedError

    def accept(self, answer: Any) -> None:
        """Show what was computed."""
        raise NotImplementedError

    def set_animating(self, animating: bool) -> None:
        """The picture runs (thin pens, cheap to paint), or it stands still."""

    def title(self) -> str:
        """What is shown while no neuron is."""
        raise NotImplementedError

    def exports(self) -> list[Export]:
        """What can be exported: a name, the widget, the table behind it."""
        raise NotImplementedError


def is_unit_of(pictures: Pictures, unit: Unit | None) -> bool:
    """Whether the network still has this neuron."""
    if unit is None:
        return False
    if unit.stage == INPUTS:
        return 0 <= unit.index < math.prod(pictures.network.shapes[0])
    return 0 <= unit.stage < len(pictures.stages) and 0 <= unit.index < pictures.stages[unit.stage].units
