"""What the search is begun, ended and closed with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget


class StartButton(QToolButton):
    """Start, Resume or Cancel: whichever the search allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_state(self, *, busy: bool, begun: bool) -> None:
        """`busy`: processes are at work; `begun`: some of the trials are finished."""
        text = self.tr("Cancel") if busy else self.tr("Resume") if begun else self.tr("Start")
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(
            self.tr("<p>End the processes of the search; what is finished stays, and it can be resumed</p>")
            if busy
            else self.tr("<p>Train the trials in processes of their own, on all cores, at low priority</p>")
        )


class MeasureButton(QToolButton):
    """Measures the winner on the test part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Test the winner"))
        self.setAccessibleName(self.tr("Measure the winner on the test part"))
        self.setToolTip(
            self.tr(
                "<p>Measure the winner on the test part, once. The search has never seen it, so this number alone says "
                "how good the network is on new data.</p>"
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
