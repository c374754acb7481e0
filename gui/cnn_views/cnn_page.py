"""What every page of the convolution panel promises."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.cnn_views.run_images import RunImages
from gui.panel import Export
from gui.run import Progress
from model.arrays import Vector


class CnnPage(QWidget):
    """One page. It says what is to be computed of a snapshot, and shows it when it comes."""

    stale = Signal()  # something else is to be computed for the same moment of the run

    def begin(self, images: RunImages) -> None:
        """Another run, of which the page has something to show: with images, and with filters where it shows them."""
        raise NotImplementedError

    def request(self) -> Callable[[Vector], Any] | None:
        """What to compute from the numbers of a snapshot, in the picture thread; None: nothing."""
        raise NotImplementedError

    def accept(self, answer: Any, progress: Progress) -> None:
        """Show what was computed of `progress`."""
        raise NotImplementedError

    def exports(self) -> list[Export]:
        """What can be written to a file."""
        raise NotImplementedError
