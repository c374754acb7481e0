"""A small picture of a learning-rate schedule: the learning rate over the steps, and where the run is."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table
from gui.number_editor import as_text
from gui.output_views.picture import Picture
from gui.theme import GRID, Theme, current_theme, font
from model.hyperparameter import hyperparameters
from model.schedules import ConstantRate, Schedule

POINTS = 240  # of the line
LITTLE = 0.06  # of the learning rate: where so much is left the shape has been seen
LEAST_STEPS = 100


class ScheduleCurve(Picture):
    """The learning rate at each step, from 0 to its full value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Learning rate over the steps"), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._schedule: Schedule = ConstantRate()
        self._rate, self._step = 0.0, 0
        self.restyle(current_theme())

    def set_schedule(self, schedule: Schedule, learning_rate: float) -> None:
        """Draw `schedule` of a full `learning_rate`."""
        if (schedule, learning_rate) != (self._schedule, self._rate):
            self._schedule, self._rate = schedule, learning_rate
            self._describe()

    def set_step(self, step: int) -> None:
        """Mark where the run is."""
        if step != self._step:
            self._step = step
            self._describe()

    def text_at(self, place: QPointF) -> str:
        left, span = self._area().left(), self._span()
        step = round(min(max(0.0, (place.x() - left) / self._area().width()), 1.0) * span)
        return self.tr("step {step:,}: learning rate {rate:.4g}").format(step=step, rate=self._at(step))

    def export_rows(self) -> Table:
        """The learning rate at the steps of the line."""
        return (self.tr("step"), self.tr("learning rate")), [(step, self._at(step)) for step in self._steps()]

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(round(4.5 * QFontMetricsF(font(theme.small)).height()))
        super().restyle(theme)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        area, span = self._area(), self._span()
        metrics = QFontMetricsF(painter.font())

        def place(step: int) -> QPointF:
            y = area.bottom() - self._schedule.factor(step) * area.height()
            return QPointF(area.left() + min(step, span) / span * area.width(), y)

        painter.setPen(QPen(QColor(theme.muted), 1))
        painter.drawLine(QLineF(area.bottomLeft(), area.bottomRight()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), theme.line_width))
        painter.drawPolyline(QPolygonF([place(step) for step in self._steps()]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(place(self._step), GRID / 2, GRID / 2)
        painter.setPen(QColor(theme.muted))
        below = QRectF(area.left(), area.bottom() + 2, area.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self.tr("step {step:,}").format(step=span))
        beside = QRectF(0, area.top() - metrics.height() / 2, area.left() - GRID / 2, metrics.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight, as_text(self._rate))

    def _at(self, step: int) -> float:
        return self._rate * self._schedule.factor(step)

    def _steps(self) -> list[int]:
        return np.unique(np.linspace(0, self._span(), POINTS).astype(int)).tolist()

    def _span(self) -> int:
        """Over how many steps to draw: to where little is left, or twice the longest time that it speaks of."""
        schedule = self._schedule
        times = [getattr(schedule, each.name) for each in hyperparameters(type(schedule)) if each.kind is int]
        longest = max([LEAST_STEPS, *times])
        step = longest
        while step < 20 * longest and schedule.factor(step) > LITTLE:
            step += max(1, step // 20)
        if step >= 20 * longest:
            step = 2 * longest
        round_to = 10 ** max(0, len(str(step)) - 2)
        return -(-step // round_to) * round_to

    def _area(self) -> QRectF:
        """Where the line is drawn."""
        metrics = QFontMetricsF(font(current_theme().small))
        left = metrics.horizontalAdvance(as_text(self._rate)) + GRID
        top = metrics.height() / 2 + 2
        return QRectF(left, top, self.width() - left - GRID, self.height() - top - metrics.height() - 4)

    def _describe(self) -> None:
        text = self.tr("step {step:,}: learning rate {rate:.4g}")
        self.setAccessibleDescription(text.format(step=self._step, rate=self._at(self._step)))
        self.update()
        self.refresh()
