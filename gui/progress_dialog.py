"""How far a long piece of work has come; it can be cancelled, once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from gui.text_label import TextLabel
from gui.theme import GRID

WIDTH = 48 * GRID
PARTS = 1000  # of the bar: what is counted may be more than it can hold


class ProgressDialog(QDialog):
    """Over the window while the work goes on: what is done, a bar, and Cancel, which Esc and closing mean too."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Downhill"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._title = TextLabel(title, "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, PARTS)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.cancel_button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self._cancel)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        for each in (self._title, self.bar, buttons):
            self.column.addWidget(each)
        self.setFixedWidth(WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.isVisible():
            self._cancel()
        super().closeEvent(event)

    def _cancel(self) -> None:
        if self.cancel_button.isEnabled():
            self.cancel_button.setEnabled(False)
            self.cancelled.emit()
