"""The constants of one optimizer, edited beside the place where it stands."""

from typing import cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.hyperparameter_editor import SpecForm
from gui.theme import GRID, current_theme, font
from gui.words import words
from model.optimizers import Optimizer

WIDTH = 260  # px


class OptimizerPopup(QFrame):
    """A small window that goes with the next click elsewhere, or with Esc."""

    edited = Signal(object)  # Optimizer

    def __init__(self, optimizer: Optimizer, usual: Optimizer, parent: QWidget) -> None:
        """`usual`: the constants that the button brings back."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("optimizer popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(WIDTH)
        self._usual = usual
        name, meaning = QLabel(words(optimizer.label)), QLabel(words(optimizer.meaning))
        name.setFont(font(current_theme().body, bold=True))
        meaning.setFont(font(current_theme().small))
        meaning.setWordWrap(True)
        self.setAccessibleName(name.text())
        self.form = SpecForm(optimizer)
        self.form.edited.connect(self.edited)
        self.usual = QPushButton(self.tr("Back to the usual constants"))
        self.usual.setToolTip(self.tr("The constants at which this optimizer shows its character on this surface"))
        self.usual.clicked.connect(self._take_usual)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GRID, GRID, GRID, GRID)
        rows.setSpacing(GRID)
        for each in (name, meaning, self.form, self.usual):
            rows.addWidget(each)

    def open_at(self, place: QPoint) -> None:
        """Show it with its lower right corner at a place on the screen, moved where that would leave the screen."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = min(max(place.x() - self.width(), area.left()), area.right() - self.width())
        y = min(max(place.y() - self.height(), area.top()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.form.editor_of("learning_rate").setFocus()

    def optimizer(self) -> Optimizer:
        return cast(Optimizer, self.form.spec())

    def _take_usual(self) -> None:
        self.form.set_spec(self._usual)
        self.edited.emit(self._usual)
