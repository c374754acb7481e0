"""The panels are made one by one after the window's first frame: a person sees the network soon, and waits for none."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from gui.docks import PANELS, make_panel
from gui.frame_clock import FrameClock
from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.session import Session


class PanelMaker(QObject):
    """Fills the docks of `window` with their panels. The first is made at once: the network, which a person looks at.

    The others come when the window has painted its first frame, one a turn of the event loop: it answers from then on.
    """

    completed = Signal()  # all panels are there

    def __init__(
        self,
        window: QWidget,
        docks: dict[str, QDockWidget],
        session: Session,
        pictures: PictureWorker,
        clock: FrameClock,
    ) -> None:
        super().__init__(window)
        self.panels: list[Panel] = []
        self._window, self._docks = window, docks
        self._session, self._pictures, self._clock = session, pictures, clock
        self._missing = sorted(PANELS, key=lambda place: place.name != "network")
        self._painted = False  # the first frame is on the screen
        self._make_next()

    def painted(self) -> None:
        """The window has painted a frame."""
        if not self._painted:
            self._painted = True
            self._go_on_later()

    def shown(self) -> None:
        """The window is shown: perhaps again, having been hidden before all panels were there."""
        if self._painted:
            self._go_on_later()

    def complete(self) -> None:
        """Make the panels that are still missing, now."""
        while self._missing:
            self._make_next()

    def _go_on_later(self) -> None:
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if not self._missing:
            self.completed.emit()
        elif self._window.isVisible():
            self._make_next()
            self._go_on_later()

    def _make_next(self) -> None:
        place = self._missing.pop(0)
        panel = make_panel(place, self._docks[place.name], self._session, self._pictures)
        self.panels.append(panel)
        self._clock.add(panel)
