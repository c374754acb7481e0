"""The two axes of the trials' picture: where a trial stands between them, and what is written beside them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.search_views.found import Found
from gui.search_views.scale import Scale, scale_of
from gui.theme import GRID, Theme, current_theme, font
from model.search.trial_record import TrialRecord

LOW = 22 * GRID  # px, of the picture
LETTERS = 7  # room for the numbers beside the upright axis


@dataclass(frozen=True)
class ScatterAxes:
    """The hyperparameters, or the measure, along both sides of a picture of `size` px."""

    found: Found
    across: str
    up: str
    size: QSize

    @property
    def area(self) -> QRectF:
        """Between the axes, px."""
        metrics = QFontMetricsF(font(current_theme().small))
        line, numbers = metrics.height(), LETTERS * metrics.averageCharWidth() + 2 * GRID
        names = 0.0 if self._compact else line  # of the axes
        return QRectF(0, 0, self.size.width(), self.size.height()).adjusted(
            numbers + names, line + 1.5 * GRID, -2 * GRID, -line - GRID - (names + GRID / 2 if names else 0.0)
        )

    @property
    def _compact(self) -> bool:
        """There is no room for the names of the axes: the boxes above say them."""
        return self.size.height() < LOW

    def points(self) -> list[tuple[TrialRecord, QPointF]]:
        """Where each trial stands, px; those without a value have no place."""
        found, area = self.found, self.area
        along, upright = scale_of(found, self.across), scale_of(found, self.up)
        return [
            (
                each,
                QPointF(area.left() + along.share(x) * area.width(), area.bottom() - upright.share(y) * area.height()),
            )
            for each in found.trials
            if (x := found.value(each, self.across)) is not None and (y := found.value(each, self.up)) is not None
        ]

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Lines and numbers, and the names where there is room."""
        area, metrics = self.area, QFontMetricsF(painter.font())
        line = metrics.height()
        hair, ink = QPen(QColor(theme.grid), 1), QPen(QColor(theme.muted))
        for share, text in _spaced(scale_of(self.found, self.across), metrics, area.width()):
            x = area.left() + share * area.width()
            painter.setPen(hair)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(ink)
            room = QRectF(x - 100, area.bottom() + GRID / 2, 200, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        bottom = self.size.height() + line
        for share, text in scale_of(self.found, self.up).ticks(max(2, int(area.height() / (2 * line)))):
            if area.bottom() - share * area.height() > bottom - line:
                continue  # no room between the numbers
            y = bottom = area.bottom() - share * area.height()
            painter.setPen(hair)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            room = QRectF(0, y - line / 2, area.left() - GRID / 2, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if not self._compact:
            self._paint_names(painter, theme)

    def _paint_names(self, painter: QPainter, theme: Theme) -> None:
        area, metrics = self.area, QFontMetricsF(painter.font())
        line, labels = metrics.height(), self.found.labels
        painter.setPen(QColor(theme.text))
        below = QRectF(area.left(), area.bottom() + line + GRID / 2, area.width(), line)
        name = metrics.elidedText(labels[self.across], Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)
        painter.save()
        painter.translate(GRID / 2, area.center().y())
        painter.rotate(-90)
        beside = QRectF(-area.height() / 2, 0, area.height(), line)
        name = metrics.elidedText(labels[self.up], Qt.TextElideMode.ElideRight, area.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()


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
