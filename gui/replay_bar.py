"""How far a long way to another step has come, and a button that ends it."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from gui.theme import GRID, Theme, current_theme, font, theme_switch


class ReplayBar(QWidget):
    """Steps are done again, so many of so many. Cancel, or Escape, stays at the one that was reached."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = self.tr("The steps on the way are done again, so that this one is exactly as it was.")
        self.progress = _FlatProgress(self)
        self.progress.setAccessibleName(self.tr("Steps done again"))
        self.progress.setToolTip(f"<p>{tip}</p>")
        self.cancel = QToolButton(self)
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAutoRaise(True)
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.setToolTip("<p>" + self.tr("Stay at the step that was reached (Esc).") + "</p>")
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.activated.connect(self.cancelled)
        self.set_active(False)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())

    def set_active(self, active: bool) -> None:
        """Whether there is something to cancel: only then Escape is its key."""
        self._escape.setEnabled(active)

    def show_done(self, done: int, wanted: int) -> None:
        """So many steps of so many."""
        self.progress.setMaximum(100)
        self.progress.setValue(min(100, 100 * done // max(1, wanted)))

    def _restyle(self, theme: Theme) -> None:
        for each in (self.progress, self.cancel):
            each.setFont(font(theme.small))


class _FlatProgress(QProgressBar):
    """A bar without a frame, and its percentage."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        end = self.width() * self.value() // max(1, self.maximum())
        done, left = QRect(0, 0, end, self.height()), QRect(end, 0, self.width() - end, self.height())
        for part, ground, color in ((done, theme.accent, theme.on_accent), (left, theme.grid, theme.text)):
            painter.setClipRect(part)
            painter.fillRect(part, QColor(ground))
            painter.setPen(QColor(color))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
