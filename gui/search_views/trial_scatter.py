"""All trials over two hyperparameters, coloured by how good they were."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table, export_dialog
from gui.export_action import add_export_action
from gui.palette import signed_color
from gui.search_views.found import MEASURE, Found
from gui.search_views.scale import Scale, scale_of
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from model.search.trial_record import TrialRecord

MOST_SMOOTH = 400  # points: smoothed edges of more cost frames
REACH = 2.0  # markers: how near the pointer must come
KEY_HEIGHT = GRID  # px, of the bar that names the colours
LOW = 22 * GRID  # px, of the picture
LETTERS = 7  # room for the numbers beside the upright axis


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
            self._placed = key, self._place()
        return self._placed[1]

    def _place(self) -> list[tuple[TrialRecord, QPointF]]:
        found = self.found
        if found is None or not {self.across, self.up} <= {*found.paths, MEASURE}:
            return []
        area, along, upright = self._area(), scale_of(found, self.across), scale_of(found, self.up)
        return [
            (
                each,
                QPointF(area.left() + along.share(x) * area.width(), area.bottom() - upright.share(y) * area.height()),
            )
            for each in found.trials
            if (x := found.value(each, self.across)) is not None and (y := found.value(each, self.up)) is not None
        ]

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
        theme, found = current_theme(), self.found
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(theme.small))
        if not self.points():
            painter.setPen(QColor(theme.muted))
            text = self.tr("Every trial will be a point here.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        elif found is not None:
            self._paint_axes(painter, theme, found)
            self._paint_key(painter, theme, found)
            points = self.points()
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

    def _area(self) -> QRectF:
        metrics = QFontMetricsF(font(current_theme().small))
        line, numbers = metrics.height(), LETTERS * metrics.averageCharWidth() + 2 * GRID
        names = 0.0 if self._compact else line  # of the axes
        return QRectF(self.rect()).adjusted(
            numbers + names, line + 1.5 * GRID, -2 * GRID, -line - GRID - (names + GRID / 2 if names else 0.0)
        )

    @property
    def _compact(self) -> bool:
        """There is no room for the names of the axes: the boxes above say them."""
        return self.height() < LOW

    def _paint_axes(self, painter: QPainter, theme: Theme, found: Found) -> None:
        area, metrics = self._area(), QFontMetricsF(painter.font())
        line = metrics.height()
        hair, ink = QPen(QColor(theme.grid), 1), QPen(QColor(theme.muted))
        for share, text in _spaced(scale_of(found, self.across), metrics, area.width()):
            x = area.left() + share * area.width()
            painter.setPen(hair)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(ink)
            room = QRectF(x - 100, area.bottom() + GRID / 2, 200, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        bottom = self.height() + line
        for share, text in scale_of(found, self.up).ticks(max(2, int(area.height() / (2 * line)))):
            if area.bottom() - share * area.height() > bottom - line:
                continue  # no room between the numbers
            y = bottom = area.bottom() - share * area.height()
            painter.setPen(hair)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            room = QRectF(0, y - line / 2, area.left() - GRID / 2, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if self._compact:
            return
        painter.setPen(QColor(theme.text))
        below = QRectF(area.left(), area.bottom() + line + GRID / 2, area.width(), line)
        painter.drawText(
            below,
            Qt.AlignmentFlag.AlignCenter,
            metrics.elidedText(found.labels[self.across], Qt.TextElideMode.ElideRight, area.width()),
        )
        painter.save()
        painter.translate(GRID / 2, area.center().y())
        painter.rotate(-90)
        beside = QRectF(-area.height() / 2, 0, area.height(), line)
        name = metrics.elidedText(found.labels[self.up], Qt.TextElideMode.ElideRight, area.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def _paint_key(self, painter: QPainter, theme: Theme, found: Found) -> None:
        """What the colours say: the worst, the middle and the best mark."""
        area, metrics = self._area(), QFontMetricsF(painter.font())
        line, top = metrics.height(), GRID / 2
        painter.setPen(QColor(theme.text))
        room = QRectF(area.left(), top, area.width(), line)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, found.measure)
        if not found.marks:
            return
        worst, best = found.mark_text(found.marks[0]), found.mark_text(found.marks[-1])
        right = area.right() - metrics.horizontalAdvance(best)
        bar = QRectF(right - 8.5 * GRID, top + (line - KEY_HEIGHT) / 2, 8 * GRID, KEY_HEIGHT)
        name_end = area.left() + metrics.horizontalAdvance(found.measure) + GRID
        if bar.left() - metrics.horizontalAdvance(worst) - GRID / 2 < name_end:
            return  # no room: the pointer says it
        painter.drawText(QPointF(right, top + metrics.ascent()), best)
        at = bar.left() - GRID / 2 - metrics.horizontalAdvance(worst)
        painter.drawText(QPointF(at, top + metrics.ascent()), worst)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for share in (0.0, 0.5, 1.0):
            gradient.setColorAt(share, signed_color(2 * share - 1, 1.0, theme))
        painter.setPen(QPen(QColor(theme.muted), 1))
        painter.setBrush(gradient)
        painter.drawRect(bar)

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


def _spaced(scale: Scale, metrics: QFontMetricsF, width: float) -> list[tuple[float, str]]:
    """Ticks whose texts do not touch each other."""
    kept: list[tuple[float, str]] = []
    end = float("-inf")
    for share, text in scale.ticks(max(2, int(width / (8 * metrics.averageCharWidth())))):
        half = metrics.horizontalAdvance(text) / 2
        if share * width - half > end:
            kept.append((share, text))
            end = share * width + half + GRID
    return kept
