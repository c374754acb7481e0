"""The buttons that stand in the diagram: quiet until the pointer or the keys come near."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from gui.theme import GRID, current_theme

RADIUS = GRID / 2


class DiagramButton(QToolButton):
    """A button of the diagram: Enter presses it like Space does."""

    def __init__(self, entered: Callable[[], None], parent: QWidget) -> None:
        """`entered`: called when the pointer comes over it."""
        super().__init__(parent)
        self._entered = entered
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._entered()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def explain(self, name: str, tip: str) -> None:
        """What it is called, and what it does or why it cannot."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        # A rich text wraps; a plain one is a single line across the screen.
        self.setToolTip(f"<p>{tip.replace('&', '&amp;').replace('<', '&lt;')}</p>")

    def _ground(self, painter: QPainter, always: bool) -> None:
        """The button's face, under its sign; with the focus's or the pointer's outline."""
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.isEnabled() and (self.underMouse() or self.hasFocus())
        if always or active or self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent if active or self.hasFocus() else theme.grid), 1))
            painter.setBrush(QColor(theme.field))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class SignButton(DiagramButton):
    """Plus, minus, cross or dots. Not painted, yet there for the keys, until it is revealed."""

    def __init__(self, sign: str, entered: Callable[[], None], parent: QWidget) -> None:
        """`sign`: "+", "-", "x" or "..."."""
        super().__init__(entered, parent)
        self._sign = sign
        self.revealed = False

    def reveal(self, revealed: bool) -> None:
        if revealed != self.revealed:
            self.revealed = revealed
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not (self.revealed or self.hasFocus()):
            return
        theme, painter = current_theme(), QPainter(self)
        self._ground(painter, always=True)
        color = theme.text if self.isEnabled() else theme.grid
        painter.setPen(QPen(QColor(color), 2 if theme.projector else 1.5))
        middle, arm = QRectF(self.rect()).center(), self.height() / 5
        if self._sign == "...":
            painter.setBrush(QColor(color))
            for x in (-arm, 0.0, arm):
                painter.drawEllipse(middle + QPointF(x, 0.0), 0.5, 0.5)
            return
        strokes = {"+": ((arm, 0.0), (0.0, arm)), "-": ((arm, 0.0),), "x": ((arm, arm), (arm, -arm))}
        for x, y in strokes[self._sign]:
            painter.drawLine(middle - QPointF(x, y), middle + QPointF(x, y))


class ChooserButton(DiagramButton):
    """Shows what is chosen and opens the choice. Down opens it, too."""

    def __init__(self, entered: Callable[[], None], parent: QWidget) -> None:
        super().__init__(entered, parent)
        self.quiet = False  # of second rank

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        self._ground(painter, always=not self.quiet)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.muted if self.quiet else theme.text))
        arrow = theme.small // 2
        room = self.rect().adjusted(GRID // 2, 0, -arrow - GRID // 2, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        self._draw_arrow(painter, QRect(room.right(), 0, arrow, self.height()))

    @staticmethod
    def _draw_arrow(painter: QPainter, place: QRect) -> None:
        middle, half = QRectF(place).center(), place.width() / 3
        painter.drawPolyline(
            [middle + QPointF(-half, -half / 2), middle + QPointF(0, half / 2), middle + QPointF(half, -half / 2)]
        )
