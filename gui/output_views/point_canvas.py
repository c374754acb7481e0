"""The plane as something to paint on: what the pointer and the keys do there, in coordinates of the plane.

It knows no tools. While it is `open` it says where it is touched, and shows the brush and a cursor for the keys.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.output_views.marks import Marks
from gui.output_views.plane_canvas import PlaneCanvas
from gui.output_views.stamps import set_stamps, stamp
from gui.theme import GRID, Theme, current_theme
from model.arrays import Floats
from model.data import PLANE_MARGIN

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
PRESSES = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter
ERASES = Qt.Key.Key_Delete, Qt.Key.Key_Backspace
STEPS = 80  # of the cursor across the plane; ten times as fast with Shift


@dataclass(frozen=True)
class Brush:
    """What is drawn where the pointer or the cursor is: a circle, and the mark of the class that would be set."""

    radius: float = 0.0  # of the circle, in the plane; 0 for none
    label: int | None = None
    classes: int = 2


class PointCanvas(PlaneCanvas):
    """Shows the plane; painted upon while it is `open`."""

    touched = Signal(float, float)  # x1, x2: the button went down
    dragged = Signal(float, float)  # the pointer is here now, with the button down
    lifted = Signal()
    hovered = Signal(float, float)  # the pointer, or the cursor of the keys, is here
    pressed = Signal(float, float)  # Space or Enter, at the cursor
    erased = Signal(float, float)  # Delete
    class_wanted = Signal(int)  # a number key
    left = Signal()  # Esc

    def __init__(self, name: str, answer: Callable[[int, int], str], parent: QWidget | None = None) -> None:
        super().__init__(name, answer, parent)
        self.open = False
        self.cursor_at: tuple[float, float] | None = None  # where the keys are; None while the pointer is in use
        self._brush = Brush()
        self._pinned: tuple[float, float] | None = None  # where the brush is drawn instead: at what it would take
        self._held = False

    def set_open(self, open_: bool) -> None:
        """Begin or end to be painted upon."""
        self.open, self._held = open_, False
        self.cursor_at = self._pinned = None
        self.setCursor(Qt.CursorShape.CrossCursor if open_ else Qt.CursorShape.ArrowCursor)
        self.refresh()
        self.set_marks(self._marks)

    def set_brush(self, brush: Brush, at: tuple[float, float] | None = None) -> None:
        """Draw this brush; `at`: there, not at the pointer."""
        if (brush, at) != (self._brush, self._pinned):
            self._brush, self._pinned = brush, at
            self.update()

    @property
    def reach(self) -> float:
        """How far out a point may be set: as far as the plane, drawn around it, stays as it is."""
        return self._reach / PLANE_MARGIN

    def units(self, pixels: float) -> float:
        """A distance on the screen as one of the plane."""
        return pixels / max(1.0, self.plane().width()) * 2 * self._reach

    def where(self, place: QPointF) -> tuple[float, float]:
        """The point of the plane at a place of the widget."""
        plane = self.plane()
        right = (place.x() - plane.left()) / plane.width()
        up = (plane.bottom() - place.y()) / plane.height()
        return (2 * right - 1) * self._reach, (2 * up - 1) * self._reach

    def place_of(self, x1: float, x2: float) -> QPointF:
        """The place of the widget where a point of the plane lies."""
        return self._place(self.plane(), x1, x2)

    def _places(self, points: Floats) -> Floats:
        """`place_of` for many points (n, 2)."""
        plane, shares = self.plane(), (points / self._reach + 1) / 2
        x, y = plane.left() + shares[:, 0] * plane.width(), plane.bottom() - shares[:, 1] * plane.height()
        return np.column_stack([x, y])

    def add_mark(self, x1: float, x2: float, label: int, classes: int) -> None:
        """Draw one more mark at once, without drawing the others anew."""
        if self._layer is not None:
            theme = current_theme()
            painter = QPainter(self._layer)
            painter.setClipRect(self.plane())
            made = stamp(label, classes, "train", self.mark_size(theme), self._layer.devicePixelRatio(), theme)
            set_stamps(painter, self._places(np.array([[x1, x2]])), made)
            painter.end()
        self.update()

    def paint_marks(self, painter: QPainter, marks: Marks, theme: Theme) -> None:
        if not self.open or self.for_file or not marks.classes:
            super().paint_marks(painter, marks, theme)
            return
        size, ratio = self.mark_size(theme), self.devicePixelRatioF()
        places, labels = self._places(marks.points), np.asarray(marks.targets)
        for label in np.unique(labels).tolist():
            made = stamp(int(label), marks.classes, marks.part, size, ratio, theme)
            set_stamps(painter, places[labels == label], made)

    def text_at(self, place: QPointF) -> str:
        return "" if self.open else super().text_at(place)  # it would hide what is painted

    def paint(self, painter: QPainter, theme: Theme) -> None:
        super().paint(painter, theme)
        if self.open and not self.for_file:
            self._paint_brush(painter, theme)

    def _paint_brush(self, painter: QPainter, theme: Theme) -> None:
        at = self._pinned or self.cursor_at
        middle = self._pointer if at is None else self.place_of(*at)
        if middle is None or not self.plane().contains(middle):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.plane())
        if self._brush.label is not None:
            made = stamp(
                self._brush.label, self._brush.classes, "train", self.mark_size(theme), self.devicePixelRatioF(), theme
            )
            painter.setOpacity(0.6)
            set_stamps(painter, np.array([middle.toTuple()]), made)
            painter.setOpacity(1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.text), 2 if theme.projector else 1))
        if self._brush.radius:
            pixels = self._brush.radius / self._reach * self.plane().width() / 2
            painter.drawEllipse(middle, pixels, pixels)
        if self.cursor_at is not None:
            for dx, dy in ARROWS.values():
                arm = QPointF(dx, dy)
                painter.drawLine(middle + arm * GRID / 2, middle + arm * 2 * GRID)
        painter.setClipping(False)

    # The pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        inside = self.plane().contains(event.position())
        if not (self.open and inside and event.button() == Qt.MouseButton.LeftButton):
            super().mousePressEvent(event)
            return
        self._held, self.cursor_at = True, None
        self._pointer = event.position()
        self.touched.emit(*self.where(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self.open:
            self.cursor_at = None
            (self.dragged if self._held else self.hovered).emit(*self.where(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held and event.button() == Qt.MouseButton.LeftButton:
            self._held = False
            self.lifted.emit()
        else:
            super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.open:
            self._pinned = None
            self.update()

    # The keys

    def event(self, event: QEvent) -> bool:
        """While it is open its keys are its own: Space sets a point and does not run the network."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_own(event):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.class_wanted.emit(key - Qt.Key.Key_1)
            return
        at = self.cursor_at or self._pointed()
        if key in ARROWS:
            step = 2 * self._reach / STEPS * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            at = self._inside(at[0] + ARROWS[key][0] * step, at[1] + ARROWS[key][1] * step)
        self.cursor_at = at
        if key in PRESSES:
            self.pressed.emit(*at)
        elif key in ERASES:
            self.erased.emit(*at)
        self.hovered.emit(*at)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.cursor_at = None
        self.update()

    def _is_own(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not self.open or modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        key = event.key()
        number = Qt.Key.Key_1 <= key <= Qt.Key.Key_9
        return number or key in (*ARROWS, *PRESSES, *ERASES, Qt.Key.Key_Escape)

    def _pointed(self) -> tuple[float, float]:
        """Where the keys begin: at the pointer, or in the middle."""
        inside = self._pointer is not None and self.plane().contains(self._pointer)
        return self.where(self._pointer) if inside and self._pointer is not None else (0.0, 0.0)

    def _inside(self, x1: float, x2: float) -> tuple[float, float]:
        edge = self.reach
        return min(max(x1, -edge), edge), min(max(x2, -edge), edge)
