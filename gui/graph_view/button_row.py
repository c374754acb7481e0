"""Buttons side by side: those with which a person goes through a graph, and those that zoom it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gui.theme import GRID


class ButtonRow(QWidget):
    """Flat buttons side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(GRID // 2)
        self.buttons: dict[str, QToolButton] = {}

    def add(self, name: str, text: str, tip: str, act: Callable[[], object], accessible: str = "") -> None:
        """Add a button that calls `act`; `accessible` where its text is a sign."""
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(f"<p>{tip}</p>")
        button.setAccessibleName(accessible or text)
        button.setAccessibleDescription(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked: act())
        self.row.addWidget(button)
        self.buttons[name] = button
