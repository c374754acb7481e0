"""In place of a page that has nothing to show: why, and a way to something that it can show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.text_label import TextLabel
from gui.theme import GRID

WIDEST = 52 * GRID  # px, of the sentence


class Refusal(QWidget):
    """A sentence and a button in the middle."""

    starter_wanted = Signal(str)  # its name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence, self.button = TextLabel(), QPushButton()
        self._starter = ""
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMaximumWidth(WIDEST)
        self.sentence.setMinimumWidth(24 * GRID)
        self.button.clicked.connect(lambda: self.starter_wanted.emit(self._starter))
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(GRID)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, sentence: str, button: str, tip: str, starter: str) -> None:
        """Show a sentence, and the button that opens `starter`; "" shows none."""
        self._starter = starter
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setToolTip(f"<p>{tip}</p>")
        self.button.setVisible(bool(starter))
