"""What a gradient check is, before there is one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.check_views.difference_sketch import DifferenceSketch
from gui.text_label import TextLabel
from gui.theme import GRID


class Introduction(QWidget):
    """Two sentences, a formula and a sketch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = TextLabel(self.tr("Is backpropagation right?"), "title")
        text = TextLabel(
            self.tr(
                "A gradient check computes every derivative a second time, from the loss alone: it moves one parameter "
                "by h to either side and looks how the loss changes. Where both agree backpropagation is right; press "
                "“Check the gradient”, then switch on a fault and see it found."
            )
        )
        formula = TextLabel("∂L/∂w  ≈  (L(w + h) − L(w − h)) / 2h", "heading")
        for each in (title, text, formula):
            each.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2 * GRID)
        words.addStretch(1)
        for each in (title, text, formula):
            words.addWidget(each)
        words.addStretch(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addLayout(words, 1)
        row.addWidget(DifferenceSketch(), 1)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
