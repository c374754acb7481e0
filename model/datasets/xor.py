"""Four squares, coloured like a chessboard."""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

GAP = 0.5  # distance of the clean points from either axis
EDGE = 5.0
# The quadrants one after the other, counter-clockwise. Neighbours differ in class, so counting round keeps the classes
# as equal as possible.
SIGNS = np.array([(+1, +1), (-1, +1), (-1, -1), (+1, -1)])


class Xor(Synthetic, tag="xor", frozen=True):
    """The exclusive or of two signs: class 1 where exactly one of x1 and x2 is negative.

        x = (s1 a, s2 b) + 5 noise u        a, b uniform in [0.5, 5], u uniform in [-1, 1]^2

    The signs s1, s2 go round the four quadrants. The gap of 0.5 on both sides of the axes keeps every point in its
    quadrant up to a noise of 0.1. It is the smallest of the problems of which Minsky and Papert (1969, "Perceptrons")
    showed that one layer is not enough: w1 x1 + w2 x2 + b would have to have one sign in two opposite quadrants and the
    other sign in the two between them; but its values at (1, 1) and (-1, -1) add up to 2 b, and so do those at (1, -1)
    and (-1, 1).
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "XOR")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Opposite quadrants share a class: the exclusive or of two signs. The classic problem that cannot be solved "
        "without a hidden layer (or the product x1 x2 as an input).",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (2,)
    axis_names: ClassVar[tuple[str, ...]] = ("x1", "x2")
    class_names: ClassVar[tuple[str, ...]] = (
        QT_TRANSLATE_NOOP("model", "same sign"),
        QT_TRANSLATE_NOOP("model", "opposite signs"),
    )

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        quadrants = np.arange(self.samples) % 4
        clean = SIGNS[quadrants] * random.uniform(GAP, EDGE, (self.samples, 2))
        moved = 5 * self.noise * random.uniform(-1, 1, (self.samples, 2))
        return Samples(clean + moved, quadrants % 2)
