"""What a person presses and sets: the button, the step and the tolerance, the fault; and some words beside them."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.check_views.fault_chooser import FaultChooser
from gui.flow_layout import FlowLayout
from gui.hyperparameter_editor import editor
from gui.live_label import LiveLabel
from gui.theme import GRID, Theme, current_theme, theme_switch
from gui.words import words
from model.gradient_check import GradientCheck
from model.hyperparameter import hyperparameters

BOX = 88  # px, of a number at the desk


class CheckControls(QWidget):
    """One button that begins a check and cancels it, and its settings."""

    pressed = Signal()
    changed = Signal()  # the settings or the fault

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = GradientCheck()
        self.button, self.faults = QPushButton(), FaultChooser()
        self.boxes = {each.name: editor(each, each.default) for each in hyperparameters(GradientCheck)}
        self.note = LiveLabel(small=True, wrap_lines=2)  # how far the check is, or what the fault means
        self._busy = False
        self._lay_out()
        # A click must not take the keyboard: Space goes on meaning Run. Tab still gets here.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.pressed)
        self.faults.changed.connect(self._show_meaning)
        self.faults.changed.connect(self.changed)
        for name, box in self.boxes.items():
            box.edited.connect(partial(self._set, name))
        theme_switch().changed.connect(self._restyle)
        self.show_busy(False)
        self._restyle(current_theme())

    def show_busy(self, busy: bool) -> None:
        """While a check runs the button cancels it."""
        self._busy = busy
        self.button.setText(self.tr("Cancel") if busy else self.tr("Check the gradient"))
        self._show_meaning()

    def say(self, text: str) -> None:
        """Beside the controls."""
        self.note.setText(text)
        self.note.setToolTip(f"<p>{text}</p>")

    def _set(self, name: str, value: float) -> None:
        self.settings = GradientCheck(**{"step": self.settings.step, "tolerance": self.settings.tolerance, name: value})
        self.changed.emit()

    def _show_meaning(self) -> None:
        """What the fault means, unless there is something newer to be said."""
        if not self._busy:
            fault = self.faults.choice().fault
            inviting = self.tr("Switch on a fault to see the check find it.")
            self.say(words(fault.meaning) if fault is not None else inviting)

    def _lay_out(self) -> None:
        self.button.setToolTip(
            self.tr(
                "<p>Compare backpropagation with numerical differences for every parameter, at the weights of the "
                "moment and on the batch that the next step takes.</p>"
            )
        )
        self.note.setAccessibleName(self.tr("Progress of the check, or meaning of the fault"))
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        flow = FlowLayout()
        flow.addWidget(self.button)
        for parameter in hyperparameters(GradientCheck):
            flow.addWidget(labelled(self.boxes[parameter.name], words(parameter.label)))
        flow.addWidget(self.faults)
        flow.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(flow)

    def _restyle(self, theme: Theme) -> None:
        self.button.setStyleSheet(
            f"QPushButton {{ color: {theme.on_accent}; background: {theme.accent}; border: none; border-radius: 4px;"
            f" padding: 6px 16px; font-weight: bold; }}"
            f"QPushButton:hover {{ border: 1px solid {theme.text}; padding: 5px 15px; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.text}; padding: 4px 14px; }}"
        )
        # As wide with the one word as with the others: what stands beside it must not move when a check begins.
        self.button.ensurePolished()
        width = self.button.fontMetrics().horizontalAdvance
        around = self.button.sizeHint().width() - width(self.button.text())
        self.button.setMinimumWidth(around + max(width(self.tr("Cancel")), width(self.tr("Check the gradient"))))
        for box in self.boxes.values():
            box.setFixedWidth(BOX * theme.body // 13)
        self.note.setMinimumWidth(18 * theme.small)


def labelled(box: QWidget, text: str) -> QWidget:
    """A box behind its name, kept together."""
    both, label = QWidget(), QLabel(text)
    label.setBuddy(box)
    label.setToolTip(box.toolTip())
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    row.addWidget(label)
    row.addWidget(box)
    return both
