"""One palette with one meaning: blue is positive, orange is negative, and a named curve has one colour everywhere."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtGui import QColor, QImage

from gui.theme import Theme

# Ten categories that stay apart for readers with a colour vision deficiency: M. A. Petroff, "Accessible Color Sequences
# for Data Visualization" (arXiv:2107.02270, 2021), the sequence of ten. Two classes take blue and orange from it too.
CATEGORIES: tuple[str, ...] = (
    "#3f90da",
    "#ffa90e",
    "#bd1f01",
    "#94a4a2",
    "#832db6",
    "#a96b59",
    "#e76300",
    "#b9ac70",
    "#717581",
    "#92dadd",
)

# A second, colourless way to tell the ten apart: pyqtgraph's symbols (circle, square, triangle, diamond, plus, ...).
MARKERS: tuple[str, ...] = ("o", "s", "t1", "d", "+", "x", "p", "star", "t", "h")

# Curves that stand for the same thing in every plot. Mid tones: each has a contrast of at least 3:1 with the light and
# with the dark panel, and each group stays apart under simulated deuteranopia and protanopia (see the test).
CURVES: dict[str, str] = {
    "train": "#8455e8",
    "validation": "#a07a00",
    "test": "#e0457b",
    "batch": "#8455e8",  # of the training set too; drawn pale
    "sgd": "#9a6147",
    "momentum": "#2f74b8",
    "adagrad": "#009494",
    "rmsprop": "#f25000",
    "adam": "#aa2bff",
    "nesterov": "#8c82fa",
    "adamw": "#f00a82",
}


def diverging(values: ArrayLike, limit: float, theme: Theme) -> NDArray[np.uint8]:
    """Signed numbers as colours: blue above zero, orange below, the theme's neutral at zero.

    `values` (any shape) are clipped to [-limit, limit]; the result (*shape, 4) is RGBA. What is not a number is drawn
    in the theme's muted grey, a colour that no number has. A limit of zero shows the sign alone.
    """
    scale = 127 / limit if limit > 0 and np.isfinite(limit) else np.finfo(float).max
    with np.errstate(invalid="ignore", over="ignore"):
        index = np.multiply(values, scale, dtype=float, out=np.empty(np.shape(values)))
        np.minimum(np.maximum(index, -127, out=index), 127, out=index)
    # Entry 128 is zero, 1 and 255 are the two ends; 0 is left for what is not a number, which fmax alone replaces.
    np.fmax(index, -128, out=index)
    index += 128.5  # the half makes the cut below a rounding
    # One 32-bit entry a colour: four times fewer look-ups than channel by channel.
    colours = _table(theme).view(np.uint32)[:, 0].take(index.astype(np.uint8))
    return np.atleast_1d(colours).view(np.uint8).reshape(*index.shape, 4)


def signed_color(value: float, limit: float, theme: Theme) -> QColor:
    """The colour of one number, as in `diverging`."""
    red, green, blue, _ = (int(channel) for channel in diverging(value, limit, theme))
    return QColor(red, green, blue)


def category_color(index: int) -> QColor:
    """The colour of class `index`; an eleventh class starts over (its marker does, too)."""
    return QColor(CATEGORIES[index % len(CATEGORIES)])


def marker(index: int) -> str:
    """pyqtgraph's symbol of class `index`."""
    return MARKERS[index % len(MARKERS)]


def curve_color(name: str) -> QColor:
    """The colour of a named curve: train, validation, test, batch or the type of an optimizer."""
    return QColor(CURVES[name])


def blend(color: QColor | str, ground: QColor | str, share: float) -> QColor:
    """`share` of `color` on `ground`, opaque: a pale line without the price of a transparent pen."""
    over, under = QColor(color), QColor(ground)

    def mixed(a: int, b: int) -> int:
        return round(share * a + (1 - share) * b)

    return QColor(mixed(over.red(), under.red()), mixed(over.green(), under.green()), mixed(over.blue(), under.blue()))


def image(rgba: NDArray[np.uint8]) -> QImage:
    """A picture from an array (height, width, 4) of RGBA, row 0 on top; it owns its pixels."""
    pixels = np.ascontiguousarray(rgba, dtype=np.uint8)
    height, width, _ = pixels.shape
    # QImage borrows the array's memory; the copy lets the array go.
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


@lru_cache(maxsize=8)
def _table(theme: Theme) -> NDArray[np.uint8]:
    """The 256 colours (256, 4): straight lines in sRGB from the neutral to either end."""
    colours = [QColor(theme.muted)]
    for index in range(1, 256):
        share = (index - 128) / 127
        colours.append(blend(theme.positive if share > 0 else theme.negative, theme.neutral, abs(share)))
    table = np.array([(c.red(), c.green(), c.blue(), 255) for c in colours], dtype=np.uint8)
    table.setflags(write=False)
    return table
