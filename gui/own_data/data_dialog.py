"""What both dialogs of own data have in common: a title, a sentence that says what will come of it, two buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from gui.text_label import TextLabel
from gui.theme import GRID


class DataDialog(QDialog):
    """A page between the title and the sentence. `wanted` says that the data is to be opened as the page says."""

    wanted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("own data")
        self.setWindowTitle(self.tr("Open data"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = TextLabel(name, "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.size_line = TextLabel("", "muted")
        self.sentence, self.problem = TextLabel(), TextLabel(kind="warning")
        for label in (self.sentence, self.problem):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.standardize = QCheckBox(self.tr("Standardize the inputs"))
        self.standardize.setToolTip(
            self.tr(
                "<p>Shift and scale every input so that over the training samples its mean is 0 and its standard "
                "deviation 1. Without it, inputs of very different sizes are hard to learn from.</p>"
            )
        )
        self.page = QVBoxLayout()
        self.page.setSpacing(GRID)
        buttons = QDialogButtonBox()
        self.open_button: QPushButton = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setToolTip(self.tr("Take this data in place of the present one (Enter). Undo takes it back."))
        self.open_button.setDefault(True)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setToolTip(self.tr("Leave everything as it is (Esc)."))
        buttons.accepted.connect(self.wanted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(self.size_line)
        column.addLayout(self.page, 1)
        for each in (self.standardize, self.sentence, self.problem, buttons):
            column.addWidget(each)

    def say(self, sentence: str, problem: str) -> None:
        """What will come of it; or what is wrong, and then it cannot be opened as it is."""
        self.sentence.setText(sentence)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.open_button.setEnabled(not problem)
