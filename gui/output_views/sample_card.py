"""How one sample and the network's answer to it are drawn: an image, or bars of probabilities, and a line of text."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from gui.class_colors import class_color
from gui.palette import blend, image
from gui.theme import GRID, Theme, font
from model.arrays import Floats
from model.pictures import Predictions


@dataclass(frozen=True, eq=False)
class Answer:
    """The network's answer to one sample."""

    right: int
    predicted: int
    probabilities: Floats  # (classes,)

    @classmethod
    def of(cls, found: Predictions, index: int) -> "Answer":
        """The answer to sample `index` of `found`, which holds classes."""
        assert found.probabilities is not None, "a regression has no classes"
        return cls(int(found.targets[index]), int(found.predicted[index]), found.probabilities[index])

    @property
    def mistaken(self) -> bool:
        return self.right != self.predicted

    def text(self, names: tuple[str, ...]) -> str:
        """ "7 98 %", or where it is wrong "7→1 54 %": the right class, the predicted one, its probability."""
        share = float(self.probabilities[self.predicted])
        percent = f"{100 * share:.0f} %" if np.isfinite(share) else "?"
        classes = f"{names[self.right]}→{names[self.predicted]}" if self.mistaken else names[self.right]
        return f"{classes} {percent}"


def card_size(shape: tuple[int, ...], names: tuple[str, ...], theme: Theme, zoom: float = 1.0) -> QSizeF:
    """Room for one sample of this shape with its line of text and a gap; images `zoom` times as large as usual."""
    metrics = QFontMetricsF(font(theme.small))
    longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
    if is_image(shape):
        side = zoom * 4 * theme.small
        wide = max(side, 2 * longest + metrics.horizontalAdvance("→ 100 %"))
        return QSizeF(wide + GRID / 2, side + metrics.height() + GRID)
    # A mistake is told by both classes; a right answer by one and its share, which short names leave no room for.
    wide = max(2 * longest + metrics.horizontalAdvance("→"), longest + metrics.horizontalAdvance(" 100 %")) + GRID
    return QSizeF(wide, len(names) * bar_height(theme) + metrics.height() + GRID)


def is_image(shape: tuple[int, ...]) -> bool:
    """Samples of this shape are drawn as images: channels, rows, columns."""
    return len(shape) == 3


def bar_height(theme: Theme) -> float:
    return theme.small * 0.6


def ink_image(sample: Floats, darkest: float, theme: Theme) -> QImage:
    """A sample (channels, rows, columns) as a picture: 0 is paper, `darkest` is ink."""
    ground, ink = _rgb(theme.panel), _rgb(theme.text)
    share = np.clip(sample[0] / (darkest or 1.0), 0, 1)[..., None]
    rgb = np.rint(share * ink + (1 - share) * ground)
    return image(np.concatenate([rgb, np.full_like(share, 255)], axis=2).astype(np.uint8))


def _rgb(name: str) -> Floats:
    color = QColor(name)
    return np.array([color.red(), color.green(), color.blue()], float)


def draw_card(
    painter: QPainter,
    room: QRectF,
    answer: Answer,
    picture: QImage | None,
    names: tuple[str, ...],
    theme: Theme,
    metrics: QFontMetricsF,
) -> None:
    """One sample: its `picture`, or bars where it is no image. A mistake has a frame and a text of its own colour."""
    line = metrics.height()
    inner = room.adjusted(GRID / 2, GRID / 2, -GRID / 2, -GRID / 2)
    above = QRectF(inner.left(), inner.top(), inner.width(), inner.height() - line)
    if picture is not None:
        side = above.height()
        above = QRectF(above.center().x() - side / 2, above.top(), side, side)
        painter.drawImage(above, picture)
    else:
        _draw_bars(painter, above, answer, theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.warning if answer.mistaken else theme.grid), 2 if answer.mistaken else 1))
    painter.drawRect(above)
    painter.setPen(QColor(theme.warning if answer.mistaken else theme.text))
    below = QRectF(room.left(), inner.bottom() - line + 2, room.width(), line)
    text = answer.text(names)
    if answer.mistaken and picture is None and metrics.horizontalAdvance(text) > below.width():
        text = text.rpartition(" ")[0].rpartition(" ")[0]  # the bars say the probability, too
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)


def _draw_bars(painter: QPainter, room: QRectF, answer: Answer, theme: Theme) -> None:
    """The probability of each class, from the top; a frame around the bar of the right one."""
    classes = len(answer.probabilities)
    high = room.height() / classes
    shades = _shades(classes, theme)
    for i, (share, (color, pale)) in enumerate(zip(answer.probabilities.tolist(), shades, strict=True)):
        bar = QRectF(room.left(), room.top() + i * high, room.width(), high - 1)
        painter.fillRect(bar, pale)
        if share > 0:  # not where it is no number, either
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * min(share, 1.0), bar.height()), color)


@lru_cache(maxsize=8)
def _shades(classes: int, theme: Theme) -> tuple[tuple[QColor, QColor], ...]:
    """The colour of each class and of the ground of its bar."""
    colors = [class_color(i, classes, theme) for i in range(classes)]
    return tuple((color, blend(color, theme.panel, 0.15)) for color in colors)
