"""What a starter experiment is about, once more, while it runs: the three sentences of its card."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from gui.starter_texts import starter_text
from gui.text_label import TextLabel
from gui.theme import GRID

WIDTH = 50 * GRID


class StarterPage(QDialog):
    """Not modal: a person does what it says and keeps it open. Esc closes it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name`: of the starter."""
        super().__init__(parent)
        self.setObjectName("starter page")
        self.setWindowTitle(self.tr("About this experiment"))
        text = starter_text(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(TextLabel(text.title, "title"))
        for sentence in text.sentences:
            line = TextLabel(sentence)
            line.setWordWrap(True)
            column.addWidget(line)
        column.addSpacing(GRID)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(WIDTH, self.sizeHint().height())
