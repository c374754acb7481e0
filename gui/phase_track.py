"""The line of a training step: one dot for each phase, forward, loss, backward, update."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.theme import GRID, current_theme, theme_switch
from gui.track import Track
from model.phases import Phase

BACK_KEYS = Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_PageDown
ON_KEYS = Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_PageUp


class PhaseTrack(Track):
    """Its values are the phases of the step."""

    wanted = Signal(int)
    walked = Signal(int)  # -1 or +1, by the keys or the wheel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phases")
        self.setAccessibleName(self.tr("Phases of the step"))
        self._meaning = self.tr("The phases of one training step: click on one, or use the arrow keys.")
        self.setAccessibleDescription(self._meaning)
        self.setToolTip(self._meaning)
        self._phases: tuple[Phase, ...] = ()
        self._names: tuple[str, ...] = ()
        self._pointed: int | None = None
        theme_switch().changed.connect(self.update)

    def show_phases(self, phases: tuple[Phase, ...], names: Sequence[str], at: int) -> None:
        """Stand at phase `at`; `names`: one for each, for the tool tips."""
        self._phases, self._names = phases, tuple(names)
        self.setRange(0, max(0, len(phases) - 1))
        self.setValue(at)
        self.setAccessibleDescription(f"{self._names[at]}. {self._meaning}" if names else self._meaning)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * GRID, 3 * GRID)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit(self.value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.value_at(event.position().x()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.wanted.emit(self.value_at(event.position().x()))

    def leaveEvent(self, event: object) -> None:
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ON_KEYS or key in BACK_KEYS:
            self.walked.emit(1 if key in ON_KEYS else -1)
        elif key == Qt.Key.Key_Home:
            self.wanted.emit(0)
        elif key == Qt.Key.Key_End:
            self.wanted.emit(self.maximum())
        else:
            event.ignore()

    def turned(self, direction: int) -> None:
        self.walked.emit(direction)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        middle, at = self.height() / 2, self.place_of(self.value())
        for begin, end, color in (
            (self.place_of(0), at, theme.accent),
            (at, self.place_of(self.maximum()), theme.grid),
        ):
            painter.setPen(QPen(QColor(color), theme.line_width + 1))
            painter.drawLine(QPointF(begin, middle), QPointF(end, middle))
        room = 0.35 * (self.place_of(self.maximum()) - self.place_of(0)) / max(1, self.maximum())
        for place, phase in enumerate(self._phases):
            done = place <= self.value()
            color = QColor(theme.accent if done else theme.muted)
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(color if done else QColor(theme.window))
            radius = (1.4 if place == self._pointed else 1) * min(theme.marker / 2, room)
            self._paint_dot(painter, phase, QPointF(self.place_of(place), middle), radius)
        painter.setPen(QPen(QColor(theme.text if self.hasFocus() else theme.window), 2))
        painter.setBrush(QColor(theme.accent))
        radius = theme.marker - 1
        painter.drawEllipse(QPointF(at, middle), radius, radius)

    def _paint_dot(self, painter: QPainter, phase: Phase, place: QPointF, radius: float) -> None:
        """Triangles point the way that numbers flow; the loss and the update are diamonds."""
        x, y = place.x(), place.y()
        if phase.kind == "batch":
            painter.drawEllipse(place, radius, radius)
            return
        ahead = {"forward": 1, "slope": -1, "backward": -1}.get(phase.kind)
        if ahead:
            corners = [(x - ahead * radius, y - radius), (x - ahead * radius, y + radius), (x + ahead * radius, y)]
        else:
            corners = [(x - 1.3 * radius, y), (x, y - 1.3 * radius), (x + 1.3 * radius, y), (x, y + 1.3 * radius)]
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    def _point_at(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            named = place is not None and place < len(self._names)
            self.setToolTip(self._names[place] if named and place is not None else self._meaning)
            self.update()
