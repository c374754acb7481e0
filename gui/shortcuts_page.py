"""Two small pages of the Help menu: every shortcut, and what Downhill is."""

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from gui.theme import GRID

translate = QCoreApplication.translate


class ShortcutsPage(QDialog):
    """A table of actions and their keys, read from the actions themselves."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        table = QFormLayout()
        table.setHorizontalSpacing(4 * GRID)
        for action in actions:
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            if key:
                table.addRow(QLabel(action.text().replace("&", "").rstrip(".")), QLabel(key))
        rows.addLayout(table)
        hint = QLabel(self.tr("While a text field has the keyboard, plain keys go there."))
        rows.addWidget(hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)


def about_text() -> str:
    """What Downhill is, in a few lines of rich text."""
    try:
        number = version("downhill")
    except PackageNotFoundError:  # started from a copy that was not installed
        number = translate("about", "not installed")
    text = translate(
        "about",
        "<h3>Downhill</h3><p>Build a small neural network, press Run, and watch it learn.</p>"
        "<p>Version {number}. Free software under the MIT licence.</p>"
        "<p>Data: Iris and Optical Recognition of Handwritten Digits, UCI Machine Learning Repository (CC BY 4.0).</p>",
    )
    return text.format(number=number)


def show_shortcuts(window: QMainWindow, actions: list[QAction]) -> None:
    """Open the table of `actions` and of what the menus of `window` hold besides."""
    ShortcutsPage(actions + window.menuBar().findChildren(QAction), window).open()


def show_about(window: QMainWindow) -> None:
    """Say what Downhill is."""
    QMessageBox.about(window, translate("about", "About Downhill"), about_text())
