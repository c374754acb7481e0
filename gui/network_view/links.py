"""The links between neurons: one number each (weight, gradient or last update), shown by width and colour.

All of them are drawn by one painter with a handful of pens: what a link needs of its own is only its place in a list.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.network_view.geometry import Geometry
from gui.palette import blend
from gui.selection import INPUTS, Unit
from gui.theme import Theme
from model.arrays import Vector
from model.layers import Convolution

Quantity = Literal["weights", "gradient", "update"]

REACH = 5.0  # px: how near the pointer must come
FADING = 0.97  # a frame: the scale grows at once and shrinks slowly, so that colours do not flicker
# So many wide and thin lines are smooth while they change 20 times a second; more are smooth only at rest.
WIDE_WHILE_MOVING, THIN_WHILE_MOVING = 30, 300

# From the weakest to the strongest: share of the largest number, share of the full colour, width in px. A smooth line
# of one pixel costs a quarter of a wider one, so most links of a network should be of that width.
LEVELS: tuple[tuple[float, float, float], ...] = (
    (0.00, 0.16, 1.0),
    (0.05, 0.35, 1.0),
    (0.15, 0.60, 1.0),
    (0.30, 0.90, 1.0),
    (0.42, 1.00, 2.0),
    (0.62, 1.00, 3.0),
    (0.82, 1.00, 4.0),
)
STRONGEST = len(LEVELS)
FEW = 600  # links that are drawn whether they are on the screen or not
KEYS = 64  # more than there are codes: a column and a code make one key
FAINT = (1, STRONGEST + 1)  # the codes of the weakest links
NOT_A_NUMBER = 0  # the code of a link; then come the negative levels, then the positive ones


@dataclass(frozen=True)
class Link:
    """One drawn line. parameter None: it stands for all weights from an image, or a channel, to `target`."""

    source: Unit | None
    target: Unit
    parameter: int | None


class Links:
    """The links of one diagram in one geometry, and the numbers that they show."""

    def __init__(self, geometry: Geometry) -> None:
        self.links: list[Link] = []
        self.lines: list[QLineF] = []
        self.limit = 0.0  # the number that the widest line stands for
        self._groups: list[tuple[int, list[QLineF]]] = []  # of one column and one pen each
        stages: list[int] = []
        for column in geometry.diagram.columns[1:]:
            self._connect(geometry, column.stage)
            stages += [column.stage] * (len(self.links) - len(stages))
        # Many links are grouped by column, too: those of columns outside the window are then left out as a whole.
        self._by_column = len(self.links) > FEW
        self._keys = np.array(stages, np.intp) * KEYS * self._by_column
        places = [link.parameter if link.parameter is not None else -1 for link in self.links]
        self._places: NDArray[np.intp] = np.array(places, np.intp)
        self._bundles = _bundles(geometry, self.links)
        self._ends = np.array([line.toTuple() for line in self.lines]).reshape(-1, 4)
        self._thin = np.flatnonzero(self._places < 0)
        self._codes = np.zeros(len(self.links), np.intp)
        self.forget()

    def forget(self) -> None:
        """No numbers yet: all links are faint."""
        self.limit = 0.0
        self._groups = _grouped((self._keys + STRONGEST + 1).tolist(), self.lines)

    def show(self, vector: Vector, *, anew: bool = False) -> None:
        """The numbers of `vector`, in the layout of the parameters. `anew`: of another kind, on a scale of its own."""
        if not self.links:
            return
        vector = np.asarray(vector, np.float64)
        values = vector[self._places]
        values[self._thin] = 0.0
        for links, weights in self._bundles:
            bundle = vector[weights]  # (links, weights of one)
            strongest = np.argmax(np.abs(bundle), axis=1)[:, None]
            values[links] = np.take_along_axis(bundle, strongest, axis=1)[:, 0]
        sizes = np.abs(values)
        finite = sizes[np.isfinite(sizes)]
        largest = float(finite.max()) if len(finite) else 0.0
        self.limit = largest if anew else max(largest, FADING * self.limit)
        codes = _codes(values, sizes, self.limit)
        levels = np.where(codes > STRONGEST, codes - STRONGEST, codes)
        order = np.lexsort((codes, levels, self._keys))
        self._groups = _grouped((self._keys + codes)[order].tolist(), [self.lines[i] for i in order.tolist()])

    def paint(self, painter: QPainter, theme: Theme, seen: QRect, *, at_rest: bool) -> None:
        """The links that cross `seen`, the weak ones below the strong ones. `at_rest`: smooth, whatever it costs."""
        pens = _pens(theme)
        groups = self._seen_groups(seen)
        wide = sum(len(lines) for code, lines in groups if pens[code].widthF() > 1)
        thin = sum(len(lines) for _, lines in groups) - wide
        for code, lines in groups:
            pen = pens[code]
            few = wide <= WIDE_WHILE_MOVING if pen.widthF() > 1 else thin <= THIN_WHILE_MOVING
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, at_rest or few)
            painter.setPen(pen)
            painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def paint_flow(self, painter: QPainter, theme: Theme, seen: QRect, share: float, *, backward: bool) -> None:
        """The links on their way: as far as `share` of the way is done, from their start or `backward` from their end.

        What carries next to nothing stays a thin line.
        """
        pens, groups = _pens(theme), self._seen_groups(seen)
        smooth = share == 1 or sum(len(lines) for _, lines in groups) <= THIN_WHILE_MOVING
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        painter.setPen(QPen(QColor(theme.grid), 1))
        for _, lines in groups:
            painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for code, lines in groups:
            if code in FAINT:
                continue
            pen = pens[code]
            reached = [_part(line, share, backward=backward) for line in lines]
            painter.setPen(pen)
            painter.drawLines(reached)
            if share < 1:
                radius = 1.5 + pen.widthF() / 2
                painter.setBrush(pen.color())
                for line in reached:
                    painter.drawEllipse(line.p1() if backward else line.p2(), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def nearest(self, point: QPointF) -> Link | None:
        """The link under the pointer: the nearest line within REACH."""
        if not self.links:
            return None
        x, y = point.x(), point.y()
        x1, y1, x2, y2 = self._ends.T
        dx, dy = x2 - x1, y2 - y1
        along = np.clip(((x - x1) * dx + (y - y1) * dy) / np.maximum(dx * dx + dy * dy, 1e-9), 0, 1)
        distances = np.hypot(x1 + along * dx - x, y1 + along * dy - y)
        best = int(distances.argmin())
        return self.links[best] if distances[best] <= REACH else None

    def line(self, link: Link) -> QLineF | None:
        """Where `link` is drawn; None where it is not."""
        return next((line for each, line in zip(self.links, self.lines, strict=True) if each == link), None)

    def of(self, parameter: int | None) -> Link | None:
        """The link that shows this number of the parameter vector; None where none does."""
        return (
            next((link for link in self.links if link.parameter == parameter), None) if parameter is not None else None
        )

    def into(self, unit: Unit) -> list[Link]:
        """The links that arrive at a neuron, from top to bottom."""
        return [link for link in self.links if link.target == unit]

    def _seen_groups(self, seen: QRect) -> list[tuple[int, list[QLineF]]]:
        return [(code, lines) for code, lines in self._groups if not self._by_column or _crosses(lines[0], seen)]

    def _connect(self, geometry: Geometry, stage: int) -> None:
        before = stage - 1 if stage else INPUTS
        sources = [unit for unit in geometry.units if unit.stage == before]
        targets = [unit for unit in geometry.units if unit.stage == stage]
        image = geometry.image
        for target in targets:
            if image is not None and before == INPUTS:
                self.links.append(Link(None, target, None))
                start = QPointF(image.right() + 1, image.center().y())
                self.lines.append(QLineF(start, geometry.port_in(target)))
            for source in sources:
                weights = geometry.diagram.weights(stage, source.index, target.index)
                if not len(weights) and source.index != target.index:
                    continue  # a pooling keeps the channels apart
                self.links.append(Link(source, target, int(weights[0]) if len(weights) == 1 else None))
                self.lines.append(QLineF(geometry.port_out(source), geometry.port_in(target)))


def _bundles(geometry: Geometry, links: list[Link]) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Links that stand for several weights each, by how many: their places among the links (n,), the weights (n, k).

    Such a link shows its strongest weight. One from a whole image stays thin where it stands for a weight a pixel; a
    filter has few.
    """
    stages, layers = geometry.diagram.stages, geometry.diagram.experiment.network.layers
    filters = bool(stages) and isinstance(layers[stages[0].affine], Convolution)
    found: dict[int, list[tuple[int, NDArray[np.intp]]]] = {}
    for at, link in enumerate(links):
        if link.parameter is None and (link.source is not None or filters):
            source = 0 if link.source is None else link.source.index  # the picture has one channel
            weights = geometry.diagram.weights(link.target.stage, source, link.target.index)
            if len(weights):
                found.setdefault(len(weights), []).append((at, weights))
    pairs = (zip(*group, strict=True) for group in found.values())
    return [(np.array(places), np.stack(weights)) for places, weights in pairs]


def _codes(values: Vector, sizes: Vector, limit: float) -> NDArray[np.intp]:
    """The pen of each number: NOT_A_NUMBER; 1 ... n for negative ones, weak to strong; n + 1 ... 2 n for positive."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore", over="ignore"):
        shares = sizes / limit if limit > 0 else np.where(sizes > 0, 1.0, 0.0)
        levels = np.searchsorted([share for share, _, _ in LEVELS], shares, side="right")
        levels = np.clip(levels, 1, len(LEVELS)) + np.where(values >= 0, len(LEVELS), 0)
    return np.where(known, levels, NOT_A_NUMBER).astype(np.intp)


def _part(line: QLineF, share: float, *, backward: bool) -> QLineF:
    """The first `share` of a line; `backward`: the last."""
    if backward:
        return QLineF(line.pointAt(1 - share), line.p2())
    return QLineF(line.p1(), line.pointAt(share))


def _grouped(codes: list[int], lines: list[QLineF]) -> list[tuple[int, list[QLineF]]]:
    """Runs of equal keys, each with its code."""
    groups: list[tuple[int, list[QLineF]]] = []
    start = 0
    for i in range(1, len(codes) + 1):
        if i == len(codes) or codes[i] != codes[start]:
            groups.append((codes[start] % KEYS, lines[start:i]))
            start = i
    return groups


def _crosses(line: QLineF, seen: QRect) -> bool:
    """Whether the column of links that `line` belongs to is on the screen: they all reach equally far."""
    return line.x2() >= seen.left() and line.x1() <= seen.right()


@lru_cache(maxsize=8)
def _pens(theme: Theme) -> list[QPen]:
    """By code. Colours are opaque: a transparent pen is drawn many times slower."""
    thick = 1.6 if theme.projector else 1.0
    pens = [QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine)]
    for ends in (theme.negative, theme.positive):
        for _, share, width in LEVELS:
            color = blend(ends, theme.panel, share) if share > LEVELS[0][1] else QColor(theme.grid)
            pens.append(QPen(color, width if width == 1 else width * thick))
    return pens
