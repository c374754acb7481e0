"""The rules as a list beside a plot: each behind a piece of its line, with a number; one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.initial_weights.rule_colors import HEIGHT, WIDTH, rule_icon
from gui.live_label import LiveLabel
from gui.text_label import TextLabel
from gui.theme import GRID, current_theme, font, theme_switch
from gui.words import words
from model.initial_weights import CANDIDATES, Candidate


class RuleList(QWidget):
    """One button a rule; below the title of the numbers, the numbers."""

    chosen = Signal(str)  # the key: by the person

    def __init__(self, title: str, tip: str, parent: QWidget | None = None) -> None:
        """`title` and `tip` say what the numbers are."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.buttons: dict[str, QToolButton] = {}
        self.numbers: dict[str, LiveLabel] = {}
        self._group = QButtonGroup(self)
        heading = TextLabel(title, "muted")
        heading.setAlignment(Qt.AlignmentFlag.AlignRight)
        heading.setToolTip(f"<p>{tip}</p>")
        table = QGridLayout()
        table.setHorizontalSpacing(GRID)
        table.setVerticalSpacing(GRID // 4)
        table.addWidget(heading, 0, 0, 1, 2)
        for row, rule in enumerate(CANDIDATES, start=1):
            button = QToolButton()
            button.setObjectName(rule.key)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(f"<p>{words(rule.weights.meaning)}</p>")
            button.clicked.connect(lambda _=False, key=rule.key: self.chosen.emit(key))
            self._group.addButton(button)
            number = LiveLabel(small=True, align=Qt.AlignmentFlag.AlignRight)
            number.setToolTip(f"<p>{tip}</p>")
            self.buttons[rule.key], self.numbers[rule.key] = button, number
            table.addWidget(button, row, 0)
            table.addWidget(number, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GRID, 0)
        column.addLayout(table)
        column.addStretch()
        self.show_rules(CANDIDATES)
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def show_rules(self, rules: Sequence[Candidate]) -> None:
        """The names: that of the person's own rule changes with its number."""
        for rule in rules:
            self.buttons[rule.key].setText(words(rule.label))
            self.buttons[rule.key].setAccessibleName(words(rule.label))

    def show_number(self, key: str, text: str) -> None:
        self.numbers[key].setText(text)

    def choose(self, key: str) -> None:
        """Press a button without a signal."""
        self.buttons[key].setChecked(True)

    def _restyle(self) -> None:
        theme = current_theme()
        for key, button in self.buttons.items():
            button.setFont(font(theme.small))
            button.setIcon(rule_icon(key, self.devicePixelRatioF()))
            button.setIconSize(QSize(WIDTH, HEIGHT))
