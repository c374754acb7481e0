"""What a surface is: a height over a plane, given by a formula, on which optimizers can be watched.

A network's loss is a height over hundreds of axes, which nobody has seen. Over two axes everything that matters to an
optimizer can be drawn: the height as contour lines, the gradient as arrows, the steps as a path.
"""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from model.hyperparameter import Spec

Coordinates = NDArray[np.floating[Any]] | float  # an array of any shape, or one number
Interval = tuple[float, float]  # lowest, highest


class Surface(Spec, frozen=True):
    """A function f of two variables, its gradient, and the part of the plane worth drawing."""

    formula: ClassVar[str] = ""  # as a reader writes it; not translated
    domain: ClassVar[tuple[Interval, Interval]] = ((-1.0, 1.0), (-1.0, 1.0))  # of x, of y
    minimum: ClassVar[tuple[float, float]] = (0.0, 0.0)  # where f is smallest

    def value(self, x: Coordinates, y: Coordinates) -> Coordinates:
        """f(x, y), for every pair of coordinates; shapes as in x + y."""
        raise NotImplementedError

    def gradient(self, x: Coordinates, y: Coordinates) -> tuple[Coordinates, Coordinates]:
        """(df/dx, df/dy), for every pair of coordinates; each of the shape of x + y."""
        raise NotImplementedError
