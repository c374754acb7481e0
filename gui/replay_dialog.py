"""How far a run that is opened without its numbers has come: they are computed again, and that can take a while."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from gui.text_label import TextLabel
from gui.theme import GRID

PATIENCE = 0.3  # s: what is done sooner needs no dialog
WIDTH = 48 * GRID
PARTS = 1000  # of the bar: steps may be more than it can count


class ReplayDialog(QDialog):
    """Over the window until the run stands where it stood. It shows itself when it takes long."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        """`name`: of the run."""
        super().__init__(parent)
        self.setObjectName("replay")
        self.setWindowTitle(self.tr("Downhill"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._begun = time.perf_counter()
        self._bar = QProgressBar()
        self._bar.setRange(0, PARTS)
        self._bar.setAccessibleName(self.tr("Steps done again"))
        self._title = TextLabel(self.tr("{name} is trained again up to where it stood").format(name=name), "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._count = TextLabel("", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.cancel_button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.cancel_button.setToolTip(self.tr("Stop here (Esc). What is saved stays as it is."))
        buttons.rejected.connect(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for each in (self._title, self._bar, self._count, buttons):
            column.addWidget(each)
        self.setFixedWidth(WIDTH)

    def show_progress(self, done: int, wanted: int) -> None:
        """`done` of `wanted` steps are done."""
        self._bar.setValue(PARTS * done // max(wanted, 1))
        self._count.setText(self.tr("step {done:,} of {wanted:,}").format(done=done, wanted=wanted))
        if not self.isVisible() and self.cancel_button.isEnabled() and time.perf_counter() - self._begun > PATIENCE:
            self.show()

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
