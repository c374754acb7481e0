"""Above the page: whose numbers are shown, and whether the page follows the walk through a step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QToolButton, QWidget

from gui.text_label import TextLabel
from gui.theme import GRID


class SampleBar(QWidget):
    """A box for the sample, and a button."""

    row_chosen = Signal(object)  # the row of the batch, or None for all of it
    follow_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row, self.follow = QSpinBox(), QToolButton()
        label = TextLabel(self.tr("Sample"), "muted")
        label.setBuddy(self.row)
        self.row.setAccessibleName(self.tr("Sample of the batch"))
        tip = self.tr("Whose numbers are shown: those of one sample of the batch, or of the whole batch.")
        self.row.setToolTip(f"<p>{tip}</p>")
        self.row.setMinimum(0)
        self.row.setSpecialValueText(self.tr("whole batch"))
        self.row.setKeyboardTracking(False)
        self.row.setWrapping(True)
        self.row.valueChanged.connect(lambda value: self.row_chosen.emit(value - 1 if value else None))
        self.follow.setText(self.tr("Follow"))
        tip = self.tr("Follow the walk through a step: show the layer at work in every phase.")
        self.follow.setToolTip(f"<p>{tip}</p>")
        self.follow.setCheckable(True)
        self.follow.setChecked(True)
        self.follow.setAutoRaise(True)
        self.follow.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.follow.toggled.connect(self.follow_changed)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(GRID, GRID // 2, GRID, 0)
        for widget in (label, self.row):
            bar.addWidget(widget)
        bar.addStretch()
        bar.addWidget(self.follow)

    def show_row(self, row: int | None, samples: int) -> None:
        """Offer `samples` of them and show which is chosen; without any there is nothing to choose."""
        self.row.setEnabled(samples > 0)
        if samples:
            self.row.blockSignals(True)
            self.row.setMaximum(samples)
            self.row.setSuffix(self.tr(" of {samples}").format(samples=samples))
            self.row.setValue(0 if row is None else row + 1)
            self.row.blockSignals(False)
