"""How far the reading of a file has come; it can be cancelled."""

from PySide6.QtWidgets import QWidget

from gui.progress_dialog import PARTS, ProgressDialog


class ReadingDialog(ProgressDialog):
    """Over the window while a file is read that takes long."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName("reading")
        self.bar.setAccessibleName(self.tr("Share of the file that was read"))
        self.cancel_button.setToolTip(self.tr("Read no further (Esc). What is open stays as it is."))

    def show_share(self, share: float) -> None:
        """The share of the file that was read, 0 to 1."""
        self.bar.setValue(round(PARTS * share))
