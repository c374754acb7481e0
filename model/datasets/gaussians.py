"""Two round clouds."""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

CENTRES = np.array([(-2.0, -2.0), (2.0, 2.0)])


class Gaussians(Synthetic, tag="gaussians", frozen=True):
    """Two normal distributions of the same spread, one for each class c.

        x = centre_c + sigma z        z from the standard normal distribution, sigma = 0.7 + 2.6 noise

    With equal round spreads the best boundary of all is the straight line half-way between the centres, x1 + x2 = 0. It
    lies 2 sqrt(2) from either centre, so a share Phi(-2 sqrt(2) / sigma) of the points falls on its wrong side (Phi is
    the standard normal distribution function). No network can do better: 0.003 % without noise, 0.2 % at noise 0.1,
    7.9 % at noise 0.5.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "two Gaussians")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Two round clouds, one for each class. A straight line parts them as well as anything can: "
        "a network without a hidden layer is enough.",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (2,)
    axis_names: ClassVar[tuple[str, ...]] = ("x1", "x2")
    class_names: ClassVar[tuple[str, ...]] = (
        QT_TRANSLATE_NOOP("model", "lower left"),
        QT_TRANSLATE_NOOP("model", "upper right"),
    )

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        classes = np.arange(self.samples) % 2
        sigma = 0.7 + 2.6 * self.noise
        points = CENTRES[classes] + sigma * random.standard_normal((self.samples, 2))
        return Samples(points, classes)
