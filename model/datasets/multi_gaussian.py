"""Hills and hollows: a regression with a hilly target."""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

EDGE = 6.0
CENTRES = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)])
HEIGHTS = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])  # neighbours of opposite sign


class MultiGaussian(Synthetic, tag="multi_gaussian", frozen=True):
    """Three hills and three hollows of the shape of a normal distribution, in two rows, alternating.

        t = sum_k h_k exp(-|x - c_k|^2 / 2) + noise u        x uniform in [-6, 6]^2, u uniform in [-1, 1]

    with the heights h_k = 1 or -1 and the centres c_k four apart in a row, the rows five apart.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "multi-Gaussian")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "A regression: three hills and three hollows on flat land. The network has to build each of them "
        "from its neurons, so it takes more than a few.",
    )
    task: ClassVar[Task] = "regression"
    shape: ClassVar[Shape] = (2,)
    axis_names: ClassVar[tuple[str, ...]] = ("x1", "x2")

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        points = random.uniform(-EDGE, EDGE, (self.samples, 2))
        squared_distances = np.square(points[:, np.newaxis, :] - CENTRES).sum(axis=2)  # (N, 6)
        # A sum along an axis, not a matrix product: a product may add up in another order for another N.
        clean = (HEIGHTS * np.exp(-squared_distances / 2)).sum(axis=1, keepdims=True)
        return Samples(points, clean + self.noise * random.uniform(-1, 1, (self.samples, 1)))
