"""Which image is looked at: of a part of the data by its number, or the one that was drawn."""

import random

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QToolButton, QWidget

from gui.flow_layout import FlowLayout
from gui.live_label import LiveLabel
from gui.output_views.marks import part_name
from gui.theme import GRID, current_theme, font, theme_switch

DRAWN = "drawn"


class SampleChooser(QWidget):
    """A part, a number, buttons for the one before, the next and any."""

    changed = Signal()  # by the person

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part, self.number = QComboBox(), QSpinBox()
        self.before, self.next, self.any = QToolButton(), QToolButton(), QToolButton()
        self.answer = LiveLabel(small=True)
        self._sizes: dict[str, int] = {}
        self._drawn = False
        self._build()
        self.part.currentIndexChanged.connect(self._part_changed)
        self.number.valueChanged.connect(lambda _: self.changed.emit())
        self.before.clicked.connect(lambda: self.number.stepBy(-1))
        self.next.clicked.connect(lambda: self.number.stepBy(1))
        self.any.clicked.connect(self._choose_any)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def begin(self, sizes: dict[str, int]) -> None:
        """Parts with so many samples; what was chosen stays where it can."""
        self._sizes = sizes
        self._fill()

    def set_drawn(self, drawn: bool) -> None:
        """Whether there is a drawing to be looked at."""
        if drawn != self._drawn:
            self._drawn = drawn
            self._fill()

    def choose(self, part: str, index: int) -> None:
        """Look at a sample, by its place in the part, or at the drawing; without a signal."""
        for each in (self.part, self.number):
            each.blockSignals(True)
        self.part.setCurrentIndex(max(0, self.part.findData(part)))
        self._show_size()
        self.number.setValue(index + 1)
        for each in (self.part, self.number):
            each.blockSignals(False)

    @property
    def chosen(self) -> tuple[str, int]:
        """The part, or DRAWN, and the place in it."""
        return str(self.part.currentData()), self.number.value() - 1

    def _fill(self) -> None:
        part, index = self.chosen
        self.part.blockSignals(True)
        self.part.clear()
        for name in self._sizes:
            self.part.addItem(part_name(name), name)
        if self._drawn:
            self.part.addItem(self.tr("your drawing"), DRAWN)
        self.part.blockSignals(False)
        self.choose(part, index)

    def _show_size(self) -> None:
        part = str(self.part.currentData())
        size = self._sizes.get(part, 1)
        self.number.setMaximum(size)
        self.number.setSuffix(self.tr(" of {count:,}").format(count=size))
        for each in (self.number, self.before, self.next, self.any):
            each.setEnabled(part != DRAWN)

    def _part_changed(self) -> None:
        self.number.blockSignals(True)
        self._show_size()
        self.number.blockSignals(False)
        self.changed.emit()

    def _choose_any(self) -> None:
        size = self.number.maximum()
        if size > 1:  # another one than now
            self.number.setValue((self.number.value() + random.randrange(size - 1)) % size + 1)

    def _build(self) -> None:
        self.part.setAccessibleName(self.tr("Part of the data"))
        self.part.setToolTip(self.tr("<p>Which images: those that the network learns from, new ones, or your own.</p>"))
        self.number.setAccessibleName(self.tr("Number of the image"))
        self.number.setToolTip(self.tr("<p>Which image of this part is sent through the network.</p>"))
        self.number.setMinimum(1)
        self.number.setWrapping(True)
        self.number.setKeyboardTracking(False)
        for button, text, name, tip in (
            (self.before, "‹", self.tr("Previous image"), self.tr("The image before this one.")),
            (self.next, "›", self.tr("Next image"), self.tr("The image after this one.")),
            (self.any, self.tr("Random"), self.tr("Random image"), self.tr("Any other image of this part.")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(f"<p>{tip}</p>")
            button.setAutoRaise(True)
        row = FlowLayout(self, gap=GRID // 2)
        for each in (self.part, self.before, self.number, self.next, self.any, self.answer):
            row.addWidget(each)

    def _restyle(self) -> None:
        for each in (self.part, self.number, self.before, self.next, self.any):
            each.setFont(font(current_theme().small))
        self.number.lineEdit().setFont(font(current_theme().small))  # does not follow its box to another theme
