"""The line of the timeline: from step 0 to the last one, with a handle where the run is shown and marks on the way."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.theme import GRID, Theme, current_theme, theme_switch
from gui.timeline_marks import Mark
from gui.track import Track, edge_of

LARGEST = 2**31 - 1  # that a slider can stand at
KEYS = {  # direction, whole epochs
    Qt.Key.Key_Left: (-1, False),
    Qt.Key.Key_Right: (1, False),
    Qt.Key.Key_Down: (-1, False),
    Qt.Key.Key_Up: (1, False),
    Qt.Key.Key_PageDown: (-1, True),
    Qt.Key.Key_PageUp: (1, True),
}


class TimelineTrack(Track):
    """Its values are the steps of the run."""

    wanted = Signal(int)  # a step, by the pointer or Home and End
    walked = Signal(int, bool)  # -1 or +1, by the keys or the wheel; whether by whole epochs

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline of the run"))
        self._meaning = self.tr(
            "Every step of this run, exactly as it was: drag, or click. The wheel and the arrow keys go one step, with"
            " Ctrl one epoch. Diamonds stand where something was changed."
        )
        self.setAccessibleDescription(self._meaning)
        self._marks: tuple[Mark, ...] = ()
        self._painted: tuple[int, ...] = ()  # where everything stands, px
        self._pointed: Mark | None = None
        self._pressed_at: float | None = None  # px: on a mark, which a hand that trembles does not leave
        self._point_at(None)
        theme_switch().changed.connect(self.update)

    def show_run(self, step: int, furthest: int, marks: tuple[Mark, ...]) -> None:
        """Stand at `step` of `furthest`. Painted only where a pixel changes."""
        self.setRange(0, min(furthest, LARGEST))
        self.setValue(min(step, LARGEST))
        if marks is not self._marks:
            self._marks = marks
            self._painted = ()
        if self._pointed is not None and self._pointed not in marks:
            self._point_at(None)
        self.setEnabled(furthest > 0)
        places = self._places()
        if places != self._painted:
            self._painted = places
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * GRID, 3 * GRID)

    # Pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            x = event.position().x()
            mark = self._mark_at(x)
            self._pressed_at = x if mark is not None else None
            self.wanted.emit(mark.step if mark is not None else self.value_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if not self.isSliderDown():
            self._point_at(self._mark_at(x))
        elif self._pressed_at is None or abs(x - self._pressed_at) > _reach(current_theme()):
            self._pressed_at = None
            self.wanted.emit(self.value_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self._point_at(self._mark_at(event.position().x()))

    def turned(self, direction: int) -> None:
        self.walked.emit(direction, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in KEYS:
            direction, epochs = KEYS[key]
            self.walked.emit(direction, epochs or bool(held & Qt.KeyboardModifier.ControlModifier))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.wanted.emit(0 if key == Qt.Key.Key_Home else self.maximum())
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painted = self._places()

    def _point_at(self, mark: Mark | None) -> None:
        if mark is not self._pointed or not self.toolTip():
            self._pointed = mark
            self.setToolTip(mark.tool_tip if mark is not None else f"<p>{self._meaning}</p>")
            self.update()

    def _mark_at(self, x: float) -> Mark | None:
        near = [each for each in self._marks if abs(self.place_of(each.step) - x) <= _reach(current_theme())]
        return min(near, key=lambda each: abs(self.place_of(each.step) - x), default=None)

    # Painting

    def _places(self) -> tuple[int, ...]:
        handle = self.place_of(self.value()) if self.maximum() else -1
        return (handle, *(self.place_of(each.step) for each in self._marks))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        edge, middle, thick = edge_of(theme), self.height() // 2, theme.line_width + 1
        line = QRect(edge, middle - thick // 2, self.width() - 2 * edge, thick)
        painter.fillRect(line, QColor(theme.grid))
        if not self.isEnabled():
            return
        handle = self.place_of(self.value())
        line.setRight(handle)
        painter.fillRect(line, QColor(theme.accent))
        for mark in self._marks:
            if mark.left:
                painter.fillRect(self._notch(mark, theme), QColor(theme.text if mark is self._pointed else theme.muted))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QPen(QColor(theme.text if self.hasFocus() else theme.window), 2)
        painter.setPen(ring)
        painter.setBrush(QColor(theme.accent))
        radius = theme.marker - 1
        painter.drawEllipse(QPointF(handle, middle + 0.5), radius, radius)
        self._paint_changes(painter, theme)

    def _notch(self, mark: Mark, theme: Theme) -> QRect:
        reach = theme.marker + (2 if mark is self._pointed else 0)
        width = theme.line_width
        return QRect(self.place_of(mark.step) - width // 2, self.height() // 2 - reach, width, 2 * reach + 1)

    def _paint_changes(self, painter: QPainter, theme: Theme) -> None:
        """A diamond where something was changed; of many on the same pixel, one."""
        middle = self.height() // 2 + 0.5
        painter.setPen(QPen(QColor(theme.window), 1))
        painter.setBrush(QColor(theme.text))
        halves = {self.place_of(each.step): theme.marker * 0.65 for each in self._marks if each.changes}
        if self._pointed is not None and self._pointed.changes:
            place = self.place_of(self._pointed.step)
            halves.pop(place, None)
            halves[place] = theme.marker * 0.9  # over those beside it
        for x, half in halves.items():
            corners = ((x - half, middle), (x, middle - half), (x + half, middle), (x, middle + half))
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))


def _reach(theme: Theme) -> float:
    """How near the pointer has to be to a mark, px."""
    return theme.marker * 0.8
