"""How far the reading of a file has come; it can be cancelled."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from gui.text_label import TextLabel
from gui.theme import GRID

WIDTH = 48 * GRID
PARTS = 1000  # of the bar


class ReadingDialog(QDialog):
    """Over the window while a file is read that takes long."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self.setWindowTitle(self.tr("Downhill"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._title = TextLabel(title, "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, PARTS)
        self.bar.setAccessibleName(self.tr("Share of the file that was read"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.cancel_button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.cancel_button.setToolTip(self.tr("Read no further (Esc). What is open stays as it is."))
        buttons.rejected.connect(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for each in (self._title, self.bar, buttons):
            column.addWidget(each)
        self.setFixedWidth(WIDTH)

    def show_share(self, share: float) -> None:
        """The share of the file that was read, 0 to 1."""
        self.bar.setValue(round(PARTS * share))

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
