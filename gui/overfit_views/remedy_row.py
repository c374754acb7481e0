"""One run of the overfitting lab in a row: its switch and colour, its hyperparameter, how well it does, the gap."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPalette
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from gui.branch_table import swatch
from gui.hyperparameter_editor import editor
from gui.live_label import LiveLabel
from gui.number_editor import NumberEditor
from gui.palette import blend
from gui.theme import GRID, Theme
from gui.words import words
from model.hyperparameter import hyperparameters
from model.remedies import Remedy

NUMBERS = 3  # train, validation, gap
OPEN = "\u2197"  # an arrow that leads out of here


class RemedyRow(QWidget):
    """The base (without a remedy), or one remedy."""

    switched = Signal(bool)
    edited = Signal(object)  # another value of its hyperparameter
    refused = Signal(str)  # an entry that was not taken
    pointed = Signal(bool)  # the pointer or the keyboard is on it, or has left
    open_wanted = Signal()

    def __init__(self, name: str, meaning: str, remedy: Remedy | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.check, self.open = QCheckBox(name), QToolButton()
        self.box: NumberEditor | None = None
        self._beside: QWidget
        self.numbers = [LiveLabel(align=Qt.AlignmentFlag.AlignRight) for _ in range(NUMBERS)]
        self._color = QColor()
        self.check.setToolTip(f"<p>{meaning}</p>")
        self.check.setAccessibleDescription(meaning)
        self.check.installEventFilter(self)
        self.check.clicked.connect(self.switched)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GRID // 2, 0, GRID // 2, 0)
        self._row.setSpacing(GRID // 2)
        self._row.addWidget(self.check, 1)
        self._add_box(remedy)
        for each in self.numbers:
            self._row.addWidget(each)
        self._add_open(name)
        self._row.addWidget(self.open)

    def hide_open(self) -> None:
        """No button; its place stays empty."""
        policy = self.open.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.open.setSizePolicy(policy)
        self.open.hide()

    def show_numbers(self, texts: Sequence[str]) -> None:
        """Train, validation, gap; empty where there is nothing yet."""
        for label, text in zip(self.numbers, texts, strict=True):
            label.setText(text)

    def set_pointed(self, pointed: bool, theme: Theme) -> None:
        """Stand out, or not."""
        palette = self.palette()
        ground = blend(theme.accent, theme.window, 0.14) if pointed else QColor(theme.window)
        palette.setColor(QPalette.ColorRole.Window, ground)
        self.setPalette(palette)
        for label in self.numbers:
            inner = label.palette()
            inner.setColor(QPalette.ColorRole.Window, ground)
            label.setPalette(inner)

    def restyle(self, theme: Theme, color: QColor, widths: Sequence[int]) -> None:
        """`widths` (5,) px: of the box, the three numbers and the button."""
        self._color = color
        self.check.setIcon(swatch(color, theme))
        self._beside.setFixedWidth(widths[0])
        for label, width in zip(self.numbers, widths[1:4], strict=True):
            label.setFixedWidth(width)
        self.open.setFixedWidth(widths[4])

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.pointed.emit(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _add_box(self, remedy: Remedy | None) -> None:
        if remedy is None:
            self._beside = QWidget()  # an empty place
            self._row.addWidget(self._beside)
            return
        (parameter,) = hyperparameters(type(remedy))
        box = editor(parameter, getattr(remedy, parameter.name))
        assert isinstance(box, NumberEditor), "a remedy has one number"
        box.setAccessibleName(
            self.tr("{remedy}: {parameter}").format(remedy=words(remedy.label), parameter=words(parameter.label))
        )
        box.edited.connect(self.edited)
        box.refused.connect(self.refused)
        self.box = self._beside = box
        self._row.addWidget(box)

    def _add_open(self, name: str) -> None:
        self.open.setText(OPEN)
        self.open.setAutoRaise(True)
        self.open.setAccessibleName(self.tr("Open {run} as a run").format(run=name))
        self.open.setToolTip(
            self.tr("<p>Open this experiment in the window, as a run of its own. The run before stays as a branch.</p>")
        )
        self.open.clicked.connect(self.open_wanted)
