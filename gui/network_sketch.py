"""A network at a glance: a column of dots for each layer, a line for each link. Not live, not to be edited."""

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.palette import blend
from gui.theme import Theme
from model.experiment import Experiment
from model.fitting import input_shape
from model.stages import stages

MOST_DOTS = 7  # of a column; a wider layer is drawn with a gap in its middle


def draw_network(painter: QPainter, area: QRectF, experiment: Experiment, theme: Theme) -> None:
    """Paint the layers of `experiment` from left to right into `area`."""
    inputs = 1
    for size in input_shape(experiment):
        inputs *= size
    sizes = [inputs, *(stage.units for stage in stages(experiment.network.layers))]
    radius = max(1.5, min(area.height() / (3 * MOST_DOTS), area.width() / (3 * len(sizes)), 4.0))
    step = (area.width() - 2 * radius) / max(1, len(sizes) - 1)
    columns = [_column(area, area.left() + radius + i * step, size, radius) for i, size in enumerate(sizes)]
    painter.setPen(QPen(blend(theme.muted, theme.panel, 0.35), 1))
    links = [QLineF(a, b) for left, right in pairwise(columns) for a in left for b in right]
    painter.drawLines(links)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.muted))
    for column in columns:
        for dot in column:
            painter.drawEllipse(dot, radius, radius)


def _column(area: QRectF, x: float, size: int, radius: float) -> list[QPointF]:
    """The dots of one layer, around the middle; without the middle one where there are more than can be drawn."""
    shown = min(size, MOST_DOTS)
    pitch = (area.height() - 2 * radius) / (MOST_DOTS - 1)
    first = area.center().y() - (shown - 1) * pitch / 2
    gap = MOST_DOTS // 2 if size > MOST_DOTS else -1
    return [QPointF(x, first + i * pitch) for i in range(shown) if i != gap]
