"""A line with a place for every value, as the timeline and the phases of a step are drawn on.

It says where a person wants to go, and moves only when it is shown where things stand.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from gui.theme import GRID, Theme, current_theme

NOTCH = 120  # eighths of a degree that a wheel turns from one notch to the next


class Track(QAbstractSlider):
    """What both share: where a value stands, which one lies under the pointer, and the wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._turned = 0  # of the wheel, less than a notch

    def turned(self, direction: int) -> None:
        """The wheel has turned by a notch: -1 or +1."""
        raise NotImplementedError

    def place_of(self, value: int) -> int:
        """Where `value` stands, px from the left."""
        edge = edge_of(current_theme())
        return edge + round(value / max(1, self.maximum()) * (self.width() - 2 * edge))

    def value_at(self, x: float) -> int:
        """The value that stands nearest to `x` px from the left."""
        edge = edge_of(current_theme())
        share = (x - edge) / max(1, self.width() - 2 * edge)
        return round(min(max(share, 0.0), 1.0) * self.maximum())

    def sizeHint(self) -> QSize:
        return QSize(20 * GRID, 3 * GRID)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Left to whoever shows where things stand, and knows whether a pixel changes."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        while abs(self._turned) >= NOTCH:
            direction = 1 if self._turned > 0 else -1
            self._turned -= direction * NOTCH
            self.turned(direction)
        event.accept()


def edge_of(theme: Theme) -> int:
    """Room for half a handle at either end, px."""
    return theme.marker + 1
