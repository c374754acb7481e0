"""A row of flat buttons of which one is pressed: the pages of the lab, the activation functions, the gates."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from gui.neuron_lab.flow import Flow
from gui.theme import GRID, current_theme, font, theme_switch


class ChoiceRow(QWidget):
    """Choices by key, each with its words and its tool tip. Where a line is too short for them, they take two."""

    chosen = Signal(str)  # the key: by the person

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str, str]], small: bool = True, parent: QWidget | None = None
    ) -> None:
        """`choices`: key, words, tool tip. The first is pressed."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons: dict[str, QToolButton] = {}
        self._small = small
        self._group = QButtonGroup(self)
        row = Flow(self, gap=GRID // 2)
        for key, text, tip in choices:
            button = QToolButton()
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"<p>{tip}</p>")
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self.buttons[key] = button
            row.addWidget(button)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
        self._group.buttons()[0].setChecked(True)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def key(self) -> str:
        """Of the pressed button."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Press a button without a signal."""
        self.buttons[key].setChecked(True)

    def _restyle(self) -> None:
        theme = current_theme()
        for button in self.buttons.values():
            button.setFont(font(theme.small if self._small or theme.projector else theme.body))
