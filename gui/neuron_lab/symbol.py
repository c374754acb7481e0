"""The symbol of a number beside its editor."""

from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import current_theme, font, theme_switch


class Symbol(QLabel):
    """A short text that never changes, in the smallest type."""

    def __init__(self, text: str, widest: str = "", parent: QWidget | None = None) -> None:
        """`widest`: of the symbols below each other, all as wide as this one."""
        super().__init__(text, parent)
        self._widest = widest
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(font(current_theme().small))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._widest))
