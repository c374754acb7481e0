"""A sine curve: regression of a function of one variable."""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

EDGE = 6.0


class Sine(Synthetic, tag="sine", frozen=True):
    """Not quite two periods of the sine.

        t = sin x + noise u        x uniform in [-6, 6], u uniform in [-1, 1]

    The sine varies by about 1/2 and the noise by noise^2 / 3, so the best R^2 that can be reached is about
    1 / (1 + 2 noise^2 / 3): 0.993 at noise 0.1.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "sine curve")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "A regression in one variable: the network's output is a curve that bends towards the sine. "
        "One hidden layer shows how a curve is put together from its neurons.",
    )
    task: ClassVar[Task] = "regression"
    shape: ClassVar[Shape] = (1,)
    axis_names: ClassVar[tuple[str, ...]] = ("x",)

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        points = random.uniform(-EDGE, EDGE, (self.samples, 1))
        return Samples(points, np.sin(points) + self.noise * random.uniform(-1, 1, (self.samples, 1)))
