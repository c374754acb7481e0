"""A long, narrow bowl: the simplest surface on which the optimizers differ.

    f(x, y) = x^2 / 20 + y^2        df/dx = x / 10        df/dy = 2 y

Its contour lines are ellipses, sqrt(20) = 4.5 times as long as wide. The slope across (along y) changes 20 times as
fast as the slope along (x), so the negative gradient hardly ever points at the minimum (0, 0): far out on the x axis
it is nearly flat, and beside the axis it points across the valley.

For gradient descent with learning rate lr, x shrinks by the factor 1 - lr/10 per step and y by 1 - 2 lr. Both factors
lie between -1 and 1 only for lr < 1. Close below, at 0.95, y changes its sign at every step, and the path zigzags.
"""

from typing import ClassVar

import numpy as np

from model.landscape.surface import Coordinates, Interval, Surface
from model.message import QT_TRANSLATE_NOOP


class Bowl(Surface, tag="bowl", frozen=True):
    """f(x, y) = x^2 / 20 + y^2."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Narrow bowl")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "A valley that is steep across and almost flat along, with its lowest point in the middle."
    )
    formula: ClassVar[str] = "f(x, y) = x²/20 + y²"
    domain: ClassVar[tuple[Interval, Interval]] = ((-10.0, 10.0), (-5.0, 5.0))
    minimum: ClassVar[tuple[float, float]] = (0.0, 0.0)

    def value(self, x: Coordinates, y: Coordinates) -> Coordinates:
        return x * x / 20 + y * y

    def gradient(self, x: Coordinates, y: Coordinates) -> tuple[Coordinates, Coordinates]:
        ones = np.ones(np.broadcast_shapes(np.shape(x), np.shape(y)))  # df/dx does not depend on y, but has its shape
        return x / 10 * ones, 2 * y * ones
