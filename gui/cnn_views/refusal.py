"""In place of a page that has nothing to show: why, and a way to something that it can show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.sentence.setSizePolicy(policy)
        self.button.clicked.connect(lambda: self.starter_wanted.emit(self._starter))
        # Aligned in its cell, a text that wraps would get the height of another width.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sentence, 100)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addStretch(1)
        column.addLayout(row)
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
