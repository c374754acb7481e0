"""A tilted plane: the simplest regression in two variables."""

from typing import ClassVar

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

EDGE = 6.0


class Plane(Synthetic, tag="plane", frozen=True):
    """A target that rises evenly from the lower left to the upper right, from -1 to 1.

        t = (x1 + x2) / 12 + noise u        x uniform in [-6, 6]^2, u uniform in [-1, 1]

    The variance of a uniform number in [-a, a] is a^2 / 3. So the target varies by 2 * 12 / 144 = 1/6 and the noise by
    noise^2 / 3, and the best R^2 that can be reached is 1 / (1 + 2 noise^2): 0.98 at noise 0.1.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "plane")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "A regression: the target rises evenly across the plane. A single neuron without activation fits it exactly.",
    )
    task: ClassVar[Task] = "regression"
    shape: ClassVar[Shape] = (2,)
    axis_names: ClassVar[tuple[str, ...]] = ("x1", "x2")

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        points = random.uniform(-EDGE, EDGE, (self.samples, 2))
        clean = points.sum(axis=1, keepdims=True) / (2 * EDGE)
        return Samples(points, clean + self.noise * random.uniform(-1, 1, (self.samples, 1)))
