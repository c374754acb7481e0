"""A disc inside a ring."""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

DISC = (0.0, 2.5)  # radii from, to
RING = (3.5, 5.0)


class Circle(Synthetic, tag="circle", frozen=True):
    """Two classes that no straight line parts: one lies inside the other.

        x = r (cos a, sin a) + 5 noise u        u uniform in the square [-1, 1]^2

    with the angle a uniform and the radius r such that the points are spread evenly over the area: the area within the
    radius r grows as r^2, so r^2 is what has to be uniform, between the squares of the inner and the outer radius.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "circle")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "A disc of one class inside a ring of the other. No straight line parts them: it takes a hidden layer, "
        "or the squares of the coordinates as inputs.",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (2,)
    axis_names: ClassVar[tuple[str, ...]] = ("x1", "x2")
    class_names: ClassVar[tuple[str, ...]] = (
        QT_TRANSLATE_NOOP("model", "outside"),
        QT_TRANSLATE_NOOP("model", "inside"),
    )

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        classes = np.arange(self.samples) % 2  # 0, 1, 0, 1, ...: as equal as possible
        radii = np.array([RING, DISC])[classes]  # (N, 2): from, to
        radius = np.sqrt(random.uniform(radii[:, 0] ** 2, radii[:, 1] ** 2))
        angle = random.uniform(0, 2 * np.pi, self.samples)
        clean = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
        moved = 5 * self.noise * random.uniform(-1, 1, (self.samples, 2))
        return Samples(clean + moved, classes)
