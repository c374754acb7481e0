"""Two arms wound round each other."""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Samples, Synthetic, Task
from model.message import QT_TRANSLATE_NOOP
from model.random_streams import stream

INNERMOST, OUTERMOST = 0.4, 5.0  # radii at which an arm begins and ends
TURNS = 1.75


class Spiral(Synthetic, tag="spiral", frozen=True):
    """Two spirals of Archimedes, the second being the first turned by half a circle.

        x = r (sin a, cos a) + noise u        r = 0.4 + 4.6 s,  a = 2 pi 1.75 s + pi c

    with s uniform in [0, 1] (how far along the arm), c the class and u uniform in [-1, 1]^2. The arms begin a little
    off the centre, where they would be one point with two classes; they are 0.8 apart there and 1.1 to 1.3 further out.
    A point moves by at most sqrt(2) noise, so up to a noise of 0.8 / (2 sqrt(2)) = 0.28 it stays nearer to its own arm.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "spiral")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Two arms wound round each other. The boundary has to wind between them: the hardest of the sets in the plane, "
        "for a network with several hidden layers or many neurons.",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (2,)
    axis_names: ClassVar[tuple[str, ...]] = ("x1", "x2")
    class_names: ClassVar[tuple[str, ...]] = (
        QT_TRANSLATE_NOOP("model", "first arm"),
        QT_TRANSLATE_NOOP("model", "second arm"),
    )

    def draw(self, seed: int) -> Samples:
        random = stream(seed, "points")
        classes = np.arange(self.samples) % 2
        along = random.random(self.samples)
        radius = INNERMOST + (OUTERMOST - INNERMOST) * along
        angle = 2 * np.pi * TURNS * along + np.pi * classes
        clean = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
        moved = self.noise * random.uniform(-1, 1, (self.samples, 2))
        return Samples(clean + moved, classes)
