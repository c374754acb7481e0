"""A widget in the part of the menu bar that the menus leave free: it costs the panels no height."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenuBar, QToolBar, QWidget
from shiboken6 import isValid

from gui.theme import GRID


class MenuCorner(QWidget):
    """All the room at the right of the menus, as high as they are, filled with `inside`."""

    def __init__(self, bar: QMenuBar, inside: QWidget) -> None:
        super().__init__(bar)
        self._bar, self._inside, self._room = bar, inside, QSize(0, 0)
        inside.setParent(self)
        bar.setCornerWidget(self, Qt.Corner.TopRightCorner)
        bar.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return self._room

    def minimumSizeHint(self) -> QSize:
        """Of any width: the window may become narrow."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._inside.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        changes = QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ActionAdded, QEvent.Type.LayoutRequest
        if event.type() in changes and isValid(self._bar) and self._bar.actions():  # a window that goes takes it along
            self._fit()
        return False

    def _fit(self) -> None:
        """Take what the menus leave. They are where they are: what is right of them has no influence on them."""
        menus = [self._bar.actionGeometry(each) for each in self._bar.actions()]
        right, height = max(each.right() for each in menus), max(each.height() for each in menus)
        room = QSize(max(0, self._bar.width() - right - 3 * GRID), height)
        if room != self._room:
            self._room = room
            self.updateGeometry()
            self._bar.updateGeometry()


def put_beside_menus(window: QMainWindow, inside: QWidget, title: str) -> None:
    """Put `inside` beside the menus of `window`; where the system shows those elsewhere, into a bar of its own."""
    bar = window.menuBar()
    if not bar.isNativeMenuBar():
        MenuCorner(bar, inside)
        return
    own = QToolBar(title)
    own.setObjectName(inside.objectName())
    own.setMovable(False)
    own.addWidget(inside)
    window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, own)
