"""What a plot can do, as menu entries with their keys."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

translate = QCoreApplication.translate


class PlotActions:
    """Every plot's menu: view all, a logarithmic axis, export. The keys work where the plot has the focus."""

    def __init__(
        self, plot: QWidget, view_all: Callable[[], Any], set_log: Callable[[bool], Any], export: Callable[[], Any]
    ) -> None:
        self._plot = plot
        self.view_all = self._add(
            translate("Plot", "View all"), "A", translate("Plot", "Show all data and follow it again"), view_all
        )
        self.log = self._add(
            translate("Plot", "Logarithmic axis"),
            "L",
            translate("Plot", "Equal distances upwards are equal factors, not equal differences"),
            set_log,
            checkable=True,
        )
        self.export = self._add(
            translate("Plot", "Export..."),
            "Ctrl+E",
            translate("Plot", "Write the picture as PNG or PDF, or the data behind it as CSV"),
            export,
        )

    def open_menu(self, place: QPoint) -> None:
        """Show all actions of the plot, those that a panel added with `addAction` too, at a place on the screen."""
        menu = QMenu(self._plot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addActions(self._plot.actions())
        menu.popup(place)

    def _add(self, text: str, keys: str, tip: str, slot: Callable[..., Any], checkable: bool = False) -> QAction:
        action = QAction(text, self._plot)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(tip)
        action.setCheckable(checkable)
        action.triggered.connect(slot)
        self._plot.addAction(action)
        return action
