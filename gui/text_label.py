"""A line or paragraph of text in one of the window's few kinds of type, which follows the theme."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import current_theme, font, theme_switch


class TextLabel(QLabel):
    """A label of the kind "title", "heading", "body", "muted" (small, of second rank) or "warning" (small)."""

    def __init__(self, text: str = "", kind: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._kind = kind
        theme_switch().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        theme = current_theme()
        size, colour = {
            "title": (theme.title, theme.text),
            "heading": (theme.body, theme.text),
            "body": (theme.body, theme.text),
            "muted": (theme.small, theme.muted),
            "warning": (theme.small, theme.warning),
        }[self._kind]
        self.setFont(font(size, bold=self._kind in ("title", "heading")))
        # A palette and not a style sheet: a style sheet of its own makes every label ten times as dear to show.
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        palette.setColor(QPalette.ColorRole.Text, QColor(colour))
        self.setPalette(palette)
        # Links take their colour from the theme when the text is read, not when it is painted: it is read anew.
        text = self.text()
        self.clear()
        self.setText(text)
