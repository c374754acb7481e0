"""One neuron as it is drawn in books, with its numbers of the moment: inputs, weights, sum, function, output."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.export import Table
from gui.figures import figure
from gui.output_views.picture import Picture
from gui.palette import signed_color
from gui.theme import GRID, Theme, current_theme, font
from model.perceptron import Neuron, Point

WIDEST = 2.0  # weights of this size have the widest line
REACH = 3.0  # of u in the little curve of f


class NeuronDiagram(Picture):
    """x₁, x₂ and 1 on the left, weighed, summed up, answered to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Diagram of the neuron"))
        self.setToolTip(
            "<p>"
            + self.tr(
                "Each input is multiplied by its weight, the bias is added, and the activation function f answers "
                "to the sum u. Blue lines are positive weights, orange ones negative; the wider, the larger."
            )
            + "</p>"
        )
        self.neuron, self.point = Neuron((0.0, 0.0), 0.0), (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_neuron(self, neuron: Neuron, x: Point) -> None:
        """Show what `neuron` makes of the point `x`."""
        self.neuron, self.point = neuron, x
        text = self.tr("sum {sum}, output {output}").format(sum=figure(neuron.sum(x)), output=figure(neuron.output(x)))
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        radius = self._radius()
        return QSize(round(10.5 * radius), round(3 * (2 * radius + GRID)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def export_rows(self) -> Table:
        neuron, (x1, x2), (w1, w2) = self.neuron, self.point, self.neuron.weights
        header = ("x1", "x2", "w1", "w2", "b", "u", "t")
        return header, [(x1, x2, w1, w2, neuron.bias, neuron.sum(self.point), neuron.output(self.point))]

    def paint(self, painter: QPainter, theme: Theme) -> None:
        painter.fillRect(self.rect(), QColor(theme.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, width, height = self._radius(), self.width(), self.height()
        metrics = QFontMetricsF(font(theme.small))
        left = metrics.horizontalAdvance("x₂") + GRID / 2 + radius
        rows = [height * (2 * i + 1) / 6 for i in range(3)]
        output = QPointF(width - radius - 2, height / 2)
        # What is over goes to the links: three parts before the sum, one part behind it, one behind f.
        rest = (output.x() - left - 5.4 * radius) / 5
        function = QPointF(output.x() - 2 * radius - rest, height / 2)
        total = QPointF(function.x() - 1.7 * radius - rest, height / 2)
        weights = (*self.neuron.weights, self.neuron.bias)
        for row, weight in zip(rows, weights, strict=True):
            self._paint_link(painter, QPointF(left, row), total, weight, theme)
        painter.setPen(QPen(QColor(theme.muted), theme.line_width))
        painter.drawLine(total, output)
        names, values = ("x₁", "x₂", ""), (*self.point, 1.0)
        for i, row in enumerate(rows):
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(0, row - radius, left - radius - 4, 2 * radius), _LEFT, names[i])
            self._paint_circle(painter, QPointF(left, row), figure(values[i]), QColor(theme.field), theme)
        names_and_numbers = [f"{s} = {figure(w)}" for s, w in zip(("w₁", "w₂", "b"), weights, strict=True)]
        if metrics.horizontalAdvance("w₂ = −0.55") + GRID > total.x() - left - 1.6 * radius:  # no room for more
            names_and_numbers = [figure(w) for w in weights]
        for i, row in enumerate(rows):
            self._paint_chip(painter, QPointF(left, row), total, names_and_numbers[i], theme)
        u, t = self.neuron.sum(self.point), self.neuron.output(self.point)
        self._paint_circle(painter, total, "Σ", QColor(theme.field), theme, 0.7)
        self._paint_function(painter, function, u, theme)
        how = self.neuron.function
        color = signed_color(t - how.middle, how.spread * 2, theme)
        self._paint_circle(painter, output, figure(round(t, 2)), color, theme)
        painter.setPen(QColor(theme.text))
        self._paint_below(painter, total, output, f"u = {figure(u)}", f"t = {figure(t)}")

    def _paint_below(self, painter: QPainter, total: QPointF, output: QPointF, u: str, t: str) -> None:
        """Both texts, u under the sum and t under the output; where one would run into the other, t a line lower."""
        metrics, radius = QFontMetricsF(painter.font()), self._radius()
        left, right = total.x() - radius / 2, output.x() + radius
        line = QRectF(left, total.y() + radius + 4, right - left, metrics.height())
        crowded = metrics.horizontalAdvance(u) + GRID + metrics.horizontalAdvance(t) > line.width()
        painter.drawText(line, _LEFT, u)
        painter.drawText(line.translated(0, metrics.height() if crowded else 0), _RIGHT, t)

    def _paint_link(self, painter: QPainter, start: QPointF, end: QPointF, weight: float, theme: Theme) -> None:
        if weight == 0:
            painter.setPen(QPen(QColor(theme.grid), 1, Qt.PenStyle.DashLine))
        else:
            wide = 1 + min(abs(weight) / WIDEST, 1) * 2 * theme.line_width
            painter.setPen(QPen(QColor(theme.positive if weight > 0 else theme.negative), wide))
        painter.drawLine(start, end)

    def _paint_chip(self, painter: QPainter, start: QPointF, end: QPointF, text: str, theme: Theme) -> None:
        metrics = QFontMetricsF(font(theme.small))
        length = math.hypot(end.x() - start.x(), end.y() - start.y())
        middle = start + (end - start) * (0.5 + 0.15 * self._radius() / length)  # of what the circles leave to be seen
        width, height = metrics.horizontalAdvance(text) + GRID, metrics.height()
        chip = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        painter.fillRect(chip, QColor(theme.window))
        painter.setPen(QColor(theme.text))
        painter.drawText(chip, _MIDDLE, text)

    def _paint_circle(
        self, painter: QPainter, middle: QPointF, text: str, inside: QColor, theme: Theme, share: float = 1.0
    ) -> None:
        painter.setPen(QPen(QColor(theme.muted), 1.5))
        painter.setBrush(inside)
        painter.drawEllipse(middle, self._radius() * share, self._radius() * share)
        painter.setPen(QColor(theme.text))
        side = 2 * self._radius()
        painter.drawText(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), _MIDDLE, text)

    def _paint_function(self, painter: QPainter, middle: QPointF, u: float, theme: Theme) -> None:
        """f as a little curve, and where on it the sum is now."""
        side = 2 * self._radius()
        box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        painter.setPen(QPen(QColor(theme.muted), 1.5))
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(box, 4, 4)
        how = self.neuron.function
        places = np.append(np.linspace(-REACH, REACH, 61), np.clip(u, -REACH, REACH))
        heights = (how.apply(places) - how.middle) / how.spread
        inner = box.adjusted(5, 7, -5, -7)
        curve = [
            QPointF(inner.center().x() + x / REACH * inner.width() / 2, inner.center().y() - y * inner.height() / 2)
            for x, y in zip(places.tolist(), np.clip(heights, -1, 1).tolist(), strict=True)
        ]
        painter.setPen(QPen(QColor(theme.text), theme.line_width * 0.75))
        painter.drawPolyline(QPolygonF(curve[:-1]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(curve[-1], theme.line_width + 1.5, theme.line_width + 1.5)

    def _radius(self) -> float:
        metrics = QFontMetricsF(font(current_theme().small))
        return max(metrics.horizontalAdvance("−0.55"), metrics.height()) / 2 + 4


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
