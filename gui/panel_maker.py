"""The panels are made one by one after the window's first frame, and those that nobody can see when they are raised.

A person sees the network soon, and waits for none: behind the tabs stand more panels than in front, which take as long
to make.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from gui.docks import PANELS, make_panel
from gui.frame_clock import FrameClock
from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.session import Session


class PanelMaker(QObject):
    """Fills the docks of `window` with their panels. The first is made at once: the network, which a person looks at.

    The others that can be seen come when the window has painted its first frame, one a turn of the event loop: it
    answers from then on. What stands behind a tab or is closed comes when it is raised, shown or asked for.
    """

    completed = Signal()  # all panels are there that can be seen

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
        self._missing = {place.name: place for place in PANELS}
        self._painted = False  # the first frame is on the screen
        for name, dock in docks.items():
            dock.visibilityChanged.connect(partial(self._visibility_changed, name))
        self.make("network")

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
        for name in list(self._missing):
            self.make(name)

    def make(self, name: str) -> bool:
        """Make a panel; False where it was there already."""
        place = self._missing.pop(name, None)
        if place is None:
            return False
        panel = make_panel(place, self._docks[name], self._session, self._pictures)
        self.panels.append(panel)
        self._clock.add(panel)
        return True

    def _visibility_changed(self, name: str, visible: bool) -> None:
        if visible and self._painted:
            self.make(name)

    def _go_on_later(self) -> None:
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        name = next((name for name in self._missing if not self._docks[name].visibleRegion().isEmpty()), None)
        if name is None:
            self.completed.emit()
        elif self._window.isVisible():
            self.make(name)
            self._go_on_later()
