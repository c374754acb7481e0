"""How far a run that is opened without its numbers has come: they are computed again, and that can take a while."""

import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gui.progress_dialog import PARTS, ProgressDialog
from gui.text_label import TextLabel

PATIENCE = 0.3  # s: what is done sooner needs no dialog

translate = QCoreApplication.translate


class ReplayDialog(ProgressDialog):
    """Over the window until the run stands where it stood. It shows itself when it takes long."""

    def __init__(self, name: str, parent: QWidget) -> None:
        """`name`: of the run."""
        title = translate("ReplayDialog", "{name} is trained again up to where it stood").format(name=name)
        super().__init__(title, parent)
        self.setObjectName("replay")
        self._begun = time.perf_counter()
        self._count = TextLabel("", "muted")
        self.column.insertWidget(self.column.indexOf(self.bar) + 1, self._count)
        self.bar.setAccessibleName(self.tr("Steps done again"))
        self.cancel_button.setToolTip(self.tr("Stop here (Esc). What is saved stays as it is."))

    def show_progress(self, done: int, wanted: int) -> None:
        """`done` of `wanted` steps are done."""
        self.bar.setValue(PARTS * done // max(wanted, 1))
        self._count.setText(self.tr("step {done:,} of {wanted:,}").format(done=done, wanted=wanted))
        if not self.isVisible() and self.cancel_button.isEnabled() and time.perf_counter() - self._begun > PATIENCE:
            self.show()
