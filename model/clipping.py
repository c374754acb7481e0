"""Gradient clipping: no step of more than a given length, in the direction that it had.

    g <- g c / |g|        where |g| > c; otherwise g stays as it is

Why. A loss has cliffs. In a deep network a product of many weights stands before the first layers, and where these
are a little too large the gradient is suddenly a thousand times what it was: one update throws the parameters away from
all that was learnt. The direction is still right, only the length is of no use.

|g| is the norm over *all* parameters, and all are divided by the same number: clipped one by one, the gradient would
turn. What is clipped is what the update goes by, the gradient of the data loss and of a penalty together.

**Numbers too large to be squared.** |g|^2 overflows where |g| does not, from 10^154 on (in float32 from 10^19 on), and
this is where clipping is wanted most. Then every number is divided by the largest first: |g| = m |g / m|.

Source: R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", ICML (2013),
arXiv:1211.5063, algorithm 1.
"""

import math
from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP


class Clipping(Spec, tag=False, frozen=True):
    """The longest gradient that an update goes by."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Gradient clipping")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "A gradient longer than this is shortened, and keeps its direction: no step jumps off a cliff."
    )
    # For one parameter whose gradient was <priced> so far, where the length of them all is more than <norm>.
    formula: ClassVar[Formula] = Formula(
        r"g \leftarrow ||g||\,\frac{c}{\Vert g \Vert}", "<priced> · <norm> / <length> = <g>"
    )

    norm: (
        Annotated[
            float,
            hyperparameter(
                QT_TRANSLATE_NOOP("model", "clip gradient at"),
                QT_TRANSLATE_NOOP(
                    "model",
                    "The longest gradient, as its norm over all parameters, that an update goes by. A longer one is "
                    "shortened and keeps its direction.",
                ),
                above=0,
                at_most=1e9,
                scale="log",
            ),
        ]
        | None
    ) = None


def norm(gradient: Vector) -> float:
    """|g| over all parameters; inf or nan only where a number of `gradient` is."""
    squares = float(gradient.dot(gradient))
    if math.isfinite(squares):
        return math.sqrt(squares)
    largest = float(np.abs(gradient).max())
    if not math.isfinite(largest):
        return largest
    shares = gradient / largest
    return largest * math.sqrt(float(shares.dot(shares)))


def clip(gradient: Vector, longest: float) -> float:
    """Shorten `gradient` (n,) in place where it is longer; says how long it was.

    One that is not finite stays, and the run diverges.
    """
    length = norm(gradient)
    if length > longest and math.isfinite(length):
        np.multiply(gradient, longest / length, out=gradient)
    return length
