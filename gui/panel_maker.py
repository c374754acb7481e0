"""The panels are made one by one after the window's first frame, and those that nobody can see when they are raised.

A person sees the network soon, and waits for none: behind the tabs stand more panels than in front, which take as long
to make.
"""

from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from gui.docks import PANELS, Place, make_panel
from gui.frame_clock import FrameClock
from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.session import Session


class PanelMaker(QObject):
    """Fills the docks of `window` with their panels. The first is made at once: the network, which a person looks at.

    Those on the screen come when the window has painted its first frame, one a turn of the event loop: it answers from
    then on. A panel that is closed or behind another's tab is made when it is first brought up.
    """

    completed = Signal()

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
        self._missing: dict[str, Place] = {place.name: place for place in PANELS}
        self._painted = False  # the first frame is on the screen
        self.is_completed = False  # all panels on the screen are there
        self.make("network")
        for name, dock in docks.items():
            dock.visibilityChanged.connect(partial(self._brought_up, name))

    def make(self, name: str) -> bool:
        """Make this panel now. False: it is there already."""
        place = self._missing.pop(name, None)
        if place is None:
            return False
        panel = make_panel(place, self._docks[name], self._session, self._pictures)
        self.panels.append(panel)
        self._clock.add(panel)
        return True

    def painted(self) -> None:
        """The window has painted a frame."""
        if not self._painted:
            self._painted = True
            self._go_on_later()

    def shown(self) -> None:
        """The window is shown: perhaps again, having been hidden before its panels were there."""
        if self._painted:
            self._go_on_later()

    def complete(self) -> None:
        """Make all panels that are still missing, now."""
        for name in list(self._missing):
            self.make(name)

    def _go_on_later(self) -> None:
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if not self._window.isVisible():
            return
        name = next((name for name in self._missing if self._is_on_screen(self._docks[name])), None)
        if name is None:
            self.is_completed = True
            self.completed.emit()
        else:
            self.make(name)
            self._go_on_later()

    def _brought_up(self, name: str, visible: bool) -> None:
        if visible and self.is_completed:  # else its turn comes
            self.make(name)

    def _is_on_screen(self, dock: QDockWidget) -> bool:
        if dock.isHidden() or dock.isFloating():
            return dock.isFloating() and not dock.isHidden()
        # Behind another tab a dock is visible, but somewhere outside of the window.
        return self._window.rect().intersects(QRect(dock.mapTo(self._window, QPoint()), dock.size()))
