"""Where the docks and tool bars of the window stand: arranged, remembered from one start to the next, reset."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolBar

from gui.docks import arrange, proportion
from gui.settings import Settings
from gui.theme import GRID, Theme, current_theme, theme_switch


class WindowLayout(QObject):
    """Arranges the docks and the tool bars of `window`."""

    def __init__(self, window: QMainWindow, docks: dict[str, QDockWidget], bars: Sequence[QToolBar]) -> None:
        """`bars`: in the order in which they stand, from the left or from above."""
        super().__init__(window)
        self._window, self._docks, self._bars = window, docks, bars
        self._due = False  # the docks get their shares when the window has its size and all panels
        self._projected = current_theme().projector
        self._before: dict[QDockWidget, QSize] = {}  # of the docks before the projector, until one is moved
        theme_switch().changed.connect(self._take_theme)
        for dock in docks.values():
            dock.dockLocationChanged.connect(self._forget)
            dock.topLevelChanged.connect(self._forget)

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

    def pressed(self, event: QMouseEvent) -> None:
        """A mouse button went down in the window: between two docks it moves their border, which then stays."""
        if event.type() == QEvent.Type.MouseButtonPress and self._window.isSeparator(event.position().toPoint()):
            self._forget()

    def fit_tool_bars(self) -> None:
        """All tool bars in one row where they fit, else one above the other: nothing hides behind an arrow."""
        needed = sum(bar.sizeHint().width() for bar in self._bars)
        for bar in self._bars[1:]:
            if needed > self._window.width():
                self._window.insertToolBarBreak(bar)
            else:
                self._window.removeToolBarBreak(bar)

    def _take_theme(self, theme: Theme) -> None:
        """Large type widens the docks that need the room; after it, they get their former shares back."""
        self.fit_tool_bars()
        if theme.projector and not self._projected:  # the docks have not been laid out anew yet
            self._before = {dock: self._whole(dock) for dock in self._docks.values() if _holds_a_place(dock)}
        elif self._projected and not theme.projector:
            # They may shrink only when all that they hold has become small again.
            QTimer.singleShot(0, self, self._give_back)
        self._projected = theme.projector

    def _give_back(self) -> None:
        shares = {dock: size for dock, size in self._before.items() if not dock.isHidden()}
        self._forget()
        docks = list(shares)
        self._window.resizeDocks(docks, [size.width() for size in shares.values()], Qt.Orientation.Horizontal)
        self._window.resizeDocks(docks, [size.height() for size in shares.values()], Qt.Orientation.Vertical)

    def _whole(self, dock: QDockWidget) -> QSize:
        """The size of a dock with its tabs: it is lower than its row, by their bar."""
        size, below = dock.size(), dock.geometry().bottomLeft() + QPoint(GRID, GRID)
        if self._window.tabifiedDockWidgets(dock):
            bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
            size += QSize(0, max((bar.height() for bar in bars if bar.geometry().contains(below)), default=0))
        return size

    def _forget(self) -> None:
        """The person has moved a dock: they stay as they are now."""
        self._before = {}

    def _proportion(self) -> None:
        proportion(self._window, self._docks)


def _holds_a_place(dock: QDockWidget) -> bool:
    """It stands in the window, and is no tab behind another: such a one's size is stale."""
    return not dock.isFloating() and not dock.visibleRegion().isEmpty()
