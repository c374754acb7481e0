"""Where everything in the diagram stands, in pixels of the canvas.

All neurons have one size. Columns stand at equal distances and are centred on one axis; where they do not fit, the
canvas is wider than the window and scrolls.
"""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QFontMetrics

from gui.network_view.columns import MOST_SHOWN, Diagram
from gui.selection import INPUTS, Unit
from gui.theme import GRID, Theme, font
from gui.words import words

SMALLEST, LARGEST = 24, 40  # px, the side of a neuron
CLOSEST, WIDEST = 6, 2 * GRID  # px between two neurons
FEWEST_ROWS = 3
LONGEST_NAME = 9  # widths of a digit: room for an input's name


@dataclass(frozen=True)
class Metrics:
    """Sizes that follow the type size."""

    line: int  # px, height of a line of small type
    button: int  # px, side of a small button
    chooser: int  # px, width of the widest chooser under a title
    largest: int  # px, side of a neuron where there is room

    @staticmethod
    def of(theme: Theme) -> "Metrics":
        line = theme.small + 6
        return Metrics(line, line + 1, 7 * theme.small, LARGEST * theme.small // 11)

    @property
    def header(self) -> int:
        """The height of the title, the number of neurons, and the two choosers."""
        return 2 * self.line + 2 * (self.line + 4) + 2 * GRID

    @property
    def pitch(self) -> int:
        """The smallest distance between the middles of two columns: the choosers and a button between them fit."""
        return self.chooser + self.button + GRID // 2


class Geometry:
    """The places of one diagram on a canvas that has at least the room `available`."""

    def __init__(self, diagram: Diagram, available: QSize, theme: Theme, names_width: int) -> None:
        """`names_width`: px that the longest name of an input takes."""
        self.diagram, self.metrics = diagram, Metrics.of(theme)
        metrics = self.metrics
        notes = max(len(column.also) for column in diagram.columns)
        self.top = metrics.header + notes * metrics.line
        least_height = self.top + FEWEST_ROWS * (SMALLEST + CLOSEST) + GRID
        self.height = max(available.height(), least_height)
        room = self.height - self.top - GRID
        self.most = min(MOST_SHOWN, max(FEWEST_ROWS, (room + CLOSEST) // (SMALLEST + CLOSEST)))
        rows = max(column.rows(self.most) for column in diagram.columns)
        self.side = int(max(SMALLEST, min(metrics.largest, (room + CLOSEST) / rows - CLOSEST)))
        self.row_pitch = min((room + CLOSEST) / rows, self.side + WIDEST)
        image = diagram.columns[0].image
        self.image_side = min(3 * self.side, room) if image else 0
        self.loss_width = metrics.chooser + GRID
        self._place_columns(available.width(), names_width, _class_names(diagram, theme))
        self.middle = self.top + room / 2
        self._rects = self._place_units()
        small = max(6, self.side // 5)
        self._biases = {
            unit: QRect(rect.left() - small // 2, rect.bottom() - small // 2 - 1, small, small)
            for unit, rect in self._rects.items()
        }

    @property
    def size(self) -> QSize:
        return QSize(self.width, self.height)

    @property
    def units(self) -> dict[Unit, QRect]:
        """The neurons drawn."""
        return self._rects

    @property
    def image(self) -> QRect | None:
        """Where the inputs are drawn as one picture."""
        if not self.image_side:
            return None
        return self._square(self.xs[0], self.middle, self.image_side)

    @property
    def loss(self) -> QRect:
        """The node of the loss: two lines for its name, one for its value."""
        height = 3 * self.metrics.line + 3 * GRID // 2
        x = self.xs[-1] - self.loss_width // 2
        return QRect(x, round(self.middle - height / 2), self.loss_width, height)

    def title(self, stage: int) -> QRect:
        """Where the name of a column stands."""
        width = self.metrics.chooser - 2 * GRID  # beside it stand the buttons of the column
        place = min(stage - INPUTS, len(self.diagram.columns) - 1)  # of a network that had more columns
        return QRect(self.xs[place] - width // 2, GRID // 2, width, self.metrics.line)

    def note(self, place: int, row: int) -> QRect:
        """Where the name of the layer `row` of those that column `place` also has stands: below the choosers."""
        width = round(self.pitch)
        top = self.metrics.header - GRID + row * self.metrics.line
        return QRect(self.xs[place] - width // 2, top, width, self.metrics.line)

    def dots(self, place: int) -> QPointF | None:
        """The middle of the dots in column `place` of the diagram; None where every neuron is drawn."""
        shown = self.diagram.columns[place].shown(self.most)
        return QPointF(self.xs[place], self._y(len(shown), shown.index(None))) if None in shown else None

    def bias(self, unit: Unit) -> QRect:
        """The small square at a neuron's corner that shows its bias."""
        return self._biases[unit]

    @cached_property
    def biases(self) -> tuple[list[QRect], list[int]]:
        """The squares of all biases, as QPainter wants them framed, and their places in the parameter vector."""
        found = [(rect, self.diagram.bias(unit)) for unit, rect in self._biases.items()]
        shown = [(rect.adjusted(0, 0, -1, -1), place) for rect, place in found if place is not None]
        return [rect for rect, _ in shown], [place for _, place in shown]

    @cached_property
    def frames(self) -> list[QRect]:
        """What the frames of the neurons and of the inputs' picture enclose, as QPainter wants it."""
        inside = [*self._rects.values(), *([self.image] if self.image is not None else [])]
        return [rect.adjusted(0, 0, -1, -1) for rect in inside]

    def port_in(self, unit: Unit) -> QPointF:
        """Where links arrive."""
        rect = self._rects[unit]
        return QPointF(rect.left(), rect.center().y() + 0.5)  # the middle of a pixel: a level line is sharp

    def port_out(self, unit: Unit) -> QPointF:
        """Where links leave."""
        rect = self._rects[unit]
        return QPointF(rect.right() + 1, rect.center().y() + 0.5)

    def column_at(self, x: float) -> int:
        """The column (the loss counts) nearest to `x`."""
        return min(range(len(self.xs)), key=lambda place: abs(self.xs[place] - x))

    def _place_columns(self, available: int, names_width: int, class_names: int) -> None:
        """Stand at equal distances, centred; the loss, further away where names stand between it and the output."""
        metrics, gaps = self.metrics, len(self.diagram.columns) - 1
        half = max(self.side, self.image_side, metrics.chooser // 2) // 2
        left = GRID + max(half, self.side // 2 + (0 if self.image_side else names_width + GRID // 2))
        right = GRID + self.loss_width // 2
        room, last = available - left - right, self.side // 2 + class_names + self.loss_width // 2
        pitch = room / (gaps + 1)
        if pitch < last:
            pitch = (room - last) / gaps
        self.pitch = max(metrics.pitch, min(22 * metrics.line // 2, pitch))
        across = gaps * self.pitch + max(self.pitch, last)
        self.width = max(available, round(left + across + right))
        begin = left + (self.width - left - right - across) / 2
        # The middle of each column, the loss last.
        self.xs = [*(round(begin + i * self.pitch) for i in range(gaps + 1)), round(begin + across)]

    def _place_units(self) -> dict[Unit, QRect]:
        rects: dict[Unit, QRect] = {}
        for place, column in enumerate(self.diagram.columns):
            shown = column.shown(self.most)
            for row, index in enumerate(shown):
                if index is not None:
                    stage = INPUTS if place == 0 else column.stage
                    rects[Unit(stage, index)] = self._square(self.xs[place], self._y(len(shown), row), self.side)
        return rects

    def _y(self, rows: int, row: int) -> float:
        return self.middle + (row - (rows - 1) / 2) * self.row_pitch

    @staticmethod
    def _square(x: float, y: float, side: int) -> QRect:
        return QRect(round(x - side / 2), round(y - side / 2), side, side)


def _class_names(diagram: Diagram, theme: Theme) -> int:
    """px that the names of the classes take behind the output, with a gap on either side; 0 where it has none."""
    metrics = QFontMetrics(font(theme.small))
    widths = [metrics.horizontalAdvance(words(name)) for name in diagram.columns[-1].names]
    return max(widths) + 3 * GRID if widths else 0
