"""The action that every exportable widget has: in its menu, and by its key where it has the focus."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate

KEY = "Ctrl+E"


def add_export_action(widget: QWidget, export: Callable[[], object]) -> QAction:
    """Give `widget` the action; `export` asks for a file and writes it."""
    action = QAction(translate("export", "Export..."), widget)
    action.setShortcut(QKeySequence(KEY))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setToolTip(translate("export", "Write the picture as PNG or PDF, or the data behind it as CSV"))
    action.triggered.connect(export)
    widget.addAction(action)
    return action
