"""A handle: a small round thing on a plane that can be dragged, or moved with the arrow keys."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import current_theme, theme_switch

if TYPE_CHECKING:  # the window's first frame needs to know what a handle is (own_keys), and no plane
    from gui.neuron_lab.plane import Plane

KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
STEP, FAR = 0.05, 5  # of a key, and how many of them with Shift


class Handle(QWidget):
    """Stands at a point of the plane. It proposes where to go (`dragged`); whoever made it puts it there (`place`)."""

    walks_with_arrows = True  # see `own_keys`

    dragged = Signal(float, float)  # a point of the plane

    def __init__(self, plane: "Plane", name: str, meaning: str, *, open_ring: bool = False) -> None:
        """`open_ring`: a ring around what the plane paints there."""
        super().__init__(plane)
        self._open = open_ring
        self._plane = plane
        self._point = (0.0, 0.0)
        self._grip: QPointF | None = None  # from the pointer to the middle, while it is dragged
        self.setAccessibleName(name)
        self.setToolTip(f"<p>{meaning}</p>")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the pointer comes and goes
        plane.arranged.connect(self._stand)
        theme_switch().changed.connect(self._stand)
        self._stand()

    @property
    def point(self) -> tuple[float, float]:
        """Where it stands in the plane; beyond the plane's edge it is drawn on it."""
        return self._point

    def place(self, point: tuple[float, float], text: str) -> None:
        """Put it there. `text` says to a screen reader what that means."""
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        self._point = point
        self._stand()

    def sizeHint(self) -> QSize:
        side = 2 * self._radius() + 12
        return QSize(side, side)

    def grab_at(self, place: QPointF) -> None:
        """Begin a drag at a place of the plane: whoever presses the line beside the handle drags it as well."""
        self._grip = QPointF(self.geometry().center()) - place
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def drag_to(self, place: QPointF) -> None:
        """Go on with the drag."""
        if self._grip is not None:
            self.dragged.emit(*self._plane.view.point_at(place + self._grip))

    def let_go(self) -> None:
        self._grip = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.grab_at(self.mapToParent(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.drag_to(self.mapToParent(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = KEYS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
            return
        length = STEP * (FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        self.dragged.emit(self._point[0] + length * way[0], self._point[1] + length * way[1])

    def enterEvent(self, event: QEnterEvent) -> None:
        self._plane.leave()  # what the plane says at the pointer would hide the handle
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plane.for_file:
            return
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        active = self.underMouse() or self._grip is not None
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1.5, Qt.PenStyle.DotLine))
            painter.drawEllipse(middle, self._radius() + 4.5, self._radius() + 4.5)
        painter.setPen(QPen(QColor(theme.accent), theme.line_width))
        if not self._open:
            painter.setBrush(QColor(theme.accent if active else theme.panel))
        radius = self._radius() + (1 if active else 0) + (2 if self._open else 0)
        painter.drawEllipse(middle, radius, radius)
        painter.end()

    def _radius(self) -> int:
        return 8 if current_theme().projector else 6

    def _stand(self) -> None:
        self.resize(self.sizeHint())
        place = self._plane.view.nearest_place(self._point)
        self.move(round(place.x() - self.width() / 2), round(place.y() - self.height() / 2))
