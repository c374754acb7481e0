"""Two half circles that reach into each other."""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

RADIUS = 3.0


class Moons(Synthetic, tag="moons", frozen=True):
    """An upper and a lower half circle, each with its tip in the hollow of the other.

        upper:  x = R (cos a - 1/2,  sin a - 1/4) + R noise u        R = 3
        lower:  x = R (1/2 - cos a,  1/4 - sin a) + R noise u        a uniform in [0, pi], u uniform in [-1, 1]^2

    The lower moon is the upper one turned by half a circle about the origin, which the shifts by 1/2 and 1/4 put in the
    middle between the two.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "moons")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Two half circles that reach into each other. A straight line gets most of the points right, "
        "and one small hidden layer bends it round the tips.",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (2,)
    axis_names: ClassVar[tuple[str, ...]] = ("x1", "x2")
    class_names: ClassVar[tuple[str, ...]] = (
        QT_TRANSLATE_NOOP("model", "upper moon"),
        QT_TRANSLATE_NOOP("model", "lower moon"),
    )

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        classes = np.arange(self.samples) % 2
        angle = random.uniform(0, np.pi, self.samples)
        upper = RADIUS * np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
        turned = np.where(classes == 0, 1.0, -1.0)  # half a circle about the origin changes both signs
        moved = RADIUS * self.noise * random.uniform(-1, 1, (self.samples, 2))
        return Samples(turned[:, np.newaxis] * upper + moved, classes)
