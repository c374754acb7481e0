"""All trials over two hyperparameters, coloured by how good they were."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.search_views.color_key import paint_color_key
from gui.search_views.found import MEASURE, Found
from gui.search_views.scatter_axes import ScatterAxes
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.search.trial_record import TrialRecord

MOST_SMOOTH = 400  # points: smoothed edges of more cost frames
REACH = 2.0  # markers: how near the pointer must come


class TrialScatter(QWidget):
    """A point for every trial: complete ones are round, those that ended early small, those that run hollow."""

    chosen = Signal(int)  # the place of a trial: to be opened
    pointed = Signal(int)  # the place of the trial that keys have come to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Trials over two hyperparameters"))
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.found: Found | None = None
        self.across = self.up = MEASURE
        self.selected: int | None = None  # the place of a trial
        self.hovered: int | None = None
        self._placed: tuple[object, list[tuple[TrialRecord, QPointF]]] = None, []  # what the points were placed for
        add_export_action(self, lambda: export_dialog(self, self, self.accessibleName(), self.rows))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        theme_switch().changed.connect(self.update)

    def show_found(self, found: Found | None) -> None:
        self.found = found
        self.update()

    def show_axes(self, x: str, y: str) -> None:
        """Paths of hyperparameters, or the measure."""
        self.across, self.up = x, y
        self.update()

    def select(self, place: int | None) -> None:
        self.selected = place
        self.update()

    def rows(self) -> Table:
        """Every point: its trial, both values and the mark."""
        found = self.found
        if found is None:
            return ("trial",), ()
        header = "trial", self.across, self.up, found.measure
        paths = self.across, self.up, MEASURE
        return header, [(each.place + 1, *(found.value(each, path) for path in paths)) for each in found.trials]

    def points(self) -> list[tuple[TrialRecord, QPointF]]:
        """Where each trial stands, px; those without a value have no place."""
        key = self.found, self.across, self.up, self.size(), current_theme()
        if key != self._placed[0]:
            axes = self._axes()
            self._placed = key, axes.points() if axes is not None else []
        return self._placed[1]

    def _axes(self) -> ScatterAxes | None:
        """None until there is a search with what they are to show."""
        found = self.found
        if found is None or not {self.across, self.up} <= {*found.paths, MEASURE}:
            return None
        return ScatterAxes(found, self.across, self.up, self.size())

    def sizeHint(self) -> QSize:
        return QSize(48 * GRID, 28 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(28 * GRID, 14 * GRID)

    # The pointer and the keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.select(place)
            self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = (key in (Qt.Key.Key_Right, Qt.Key.Key_Down)) - (key in (Qt.Key.Key_Left, Qt.Key.Key_Up))
        points = sorted(self.points(), key=lambda each: (each[1].x(), each[1].y()))
        places = [trial.place for trial, _ in points]
        if step and places:
            before = places.index(self.selected) if self.selected in places else (-1 if step > 0 else len(places))
            self.select(places[max(0, min(len(places) - 1, before + step))])
            self.pointed.emit(self.selected)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.chosen.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # The window steps through the run with the arrows; here they belong to the points.
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in arrows:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _at(self, place: QPointF) -> int | None:
        reach = REACH * current_theme().marker
        near = [((point - place).manhattanLength(), trial.place) for trial, point in self.points()]
        distance, nearest = min(near, default=(reach + 1, -1))
        return nearest if distance <= reach else None

    def _hover(self, place: int | None) -> None:
        if place != self.hovered:
            self.hovered = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place is not None else Qt.CursorShape.ArrowCursor)
            self.update()

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, axes = current_theme(), self._axes()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(theme.small))
        if not self.points():
            painter.setPen(QColor(theme.muted))
            text = self.tr("Every trial will be a point here.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        elif axes is not None:
            found, points = axes.found, self.points()
            axes.paint(painter, theme)
            paint_color_key(painter, theme, found, axes.area)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(points) <= MOST_SMOOTH)
            for trial, place in sorted(points, key=lambda each: found.rank(each[0]) or 0.0):  # the best lie on top
                _paint_point(painter, theme, found, trial, place)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_rings(painter, theme, found, points)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_rings(
        self, painter: QPainter, theme: Theme, found: Found, points: Sequence[tuple[TrialRecord, QPointF]]
    ) -> None:
        """Rings around the best and the selected trial, and what is said of the one under the pointer."""
        best = found.winner.place if found.winner is not None else None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for trial, place in points:
            if trial.place in (best, self.selected, self.hovered):
                ink = theme.accent if trial.place != best or trial.place == self.selected else theme.text
                painter.setPen(QPen(QColor(ink), theme.line_width))
                painter.drawEllipse(place, theme.marker, theme.marker)
        asked = self.hovered if self.hovered is not None else self.selected if self.hasFocus() else None
        for trial, place in points:
            if trial.place == asked:
                self._paint_card(painter, theme, found.summary(trial), place)

    def _paint_card(self, painter: QPainter, theme: Theme, text: str, place: QPointF) -> None:
        metrics, lines = QFontMetricsF(painter.font()), text.split("\n")
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * GRID
        height = len(lines) * metrics.lineSpacing() + GRID
        x = place.x() + 1.5 * GRID
        if x + width > self.width():
            x = max(0.0, place.x() - 1.5 * GRID - width)
        y = max(0.0, min(place.y() - height / 2, self.height() - height))
        card = QRectF(x, y, width, height)
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.setBrush(QColor(theme.window))
        painter.drawRect(card)
        painter.setPen(QColor(theme.text))
        painter.drawText(card.adjusted(GRID, GRID / 2, -GRID, 0), Qt.AlignmentFlag.AlignLeft, text)


def _paint_point(painter: QPainter, theme: Theme, found: Found, trial: TrialRecord, place: QPointF) -> None:
    color, radius = found.color(trial, theme), theme.marker / 2 + 0.5
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.setBrush(color if color is not None else Qt.BrushStyle.NoBrush)
    if color is None and trial.finished:  # diverged
        cross = radius * 0.7
        painter.setPen(QPen(QColor(theme.negative), theme.line_width))
        painter.drawLine(place + QPointF(-cross, -cross), place + QPointF(cross, cross))
        painter.drawLine(place + QPointF(-cross, cross), place + QPointF(cross, -cross))
        return
    early = trial.state == "pruned"
    painter.drawEllipse(place, radius * (0.6 if early else 1.0), radius * (0.6 if early else 1.0))
