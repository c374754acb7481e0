"""Where the docks and tool bars of the window stand: arranged, remembered from one start to the next, reset."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar

from gui.docks import arrange, proportion
from gui.settings import Settings
from gui.theme import theme_switch


class WindowLayout(QObject):
    """Arranges the docks and the tool bars of `window`."""

    def __init__(self, window: QMainWindow, docks: dict[str, QDockWidget], bars: Sequence[QToolBar]) -> None:
        """`bars`: in the order in which they stand, from the left or from above."""
        super().__init__(window)
        self._window, self._docks, self._bars = window, docks, bars
        self._due = False  # the docks get their shares when the window has its size and all panels
        theme_switch().changed.connect(self.fit_tool_bars)

    def restore(self) -> None:
        """As it was when the window was closed; at the first start, the standard layout."""
        arrange(self._window, self._docks)
        settings = Settings()
        if not settings.geometry.isEmpty():
            self._window.restoreGeometry(settings.geometry)
        self._due = settings.docks.isEmpty() or not self._window.restoreState(settings.docks)

    def remember(self) -> None:
        """For the next start."""
        Settings().geometry = self._window.saveGeometry()
        Settings().docks = self._window.saveState()

    def reset(self) -> None:
        """All panels back to where they stand when nobody has moved them."""
        for bar in self._bars:
            bar.show()
        for dock in self._docks.values():
            dock.setFloating(False)  # a dock that floats when it is removed would float ever after
            self._window.removeDockWidget(dock)
        arrange(self._window, self._docks)

    def shown(self) -> None:
        """The window is shown: only now can its docks be given their shares."""
        if self._due:
            QTimer.singleShot(0, self, self._proportion)

    def completed(self) -> None:
        """All docks have their panels, whose widths no longer change what a dock gets."""
        if self._due:
            self._due = False
            self._proportion()

    def fit_tool_bars(self) -> None:
        """All tool bars in one row where they fit, else one above the other: nothing hides behind an arrow."""
        needed = sum(bar.sizeHint().width() for bar in self._bars)
        for bar in self._bars[1:]:
            if needed > self._window.width():
                self._window.insertToolBarBreak(bar)
            else:
                self._window.removeToolBarBreak(bar)

    def _proportion(self) -> None:
        proportion(self._window, self._docks)
