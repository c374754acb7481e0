"""The largest of several numbers: what Maxout and max pooling share.

    y = max(c_1, c_2, ..., c_k)

Only the winner counts: moving it moves y by as much, moving a loser changes nothing. So on the way back

    dL/dc_i = dL/dy where i won, else 0

Where two are equal the function has a kink and no derivative; the first of them wins by convention.
"""

from collections.abc import Sequence

import numpy as np

from model.arrays import Floats, Shape
from model.layers.layer import Layer
from model.signal import Signal

MOST_CANDIDATES = 256  # what a byte can count


class LargestLayer(Layer):
    """A layer that takes the largest of k candidates, and remembers which it was."""

    __slots__ = ("larger", "learns", "won")

    def __init__(self, x: Signal, y: Signal, shape: Shape, *, learns: bool) -> None:
        """`shape` of the candidates, all of the same. Without `learns` the winners are of no interest."""
        super().__init__(x, y)
        self.learns = learns
        self.larger = np.zeros(shape if learns else 0, np.bool_)
        self.won = np.zeros(shape if learns else 0, np.uint8)  # the place of the winner among the candidates

    def choose(self, candidates: Sequence[Floats], y: Floats) -> None:
        """Write the largest into `y`. All have the shape that was given."""
        first, *others = candidates
        np.copyto(y, first)
        if self.learns:
            self.won.fill(0)
        for place, candidate in enumerate(others, 1):
            if self.learns:
                np.greater(candidate, y, out=self.larger)
                beaten = np.multiply(self.larger.view(np.uint8), np.uint8(place), out=self.larger.view(np.uint8))
                np.maximum(self.won, beaten, out=self.won)  # whoever comes later and is larger has the larger place
            np.maximum(candidate, y, out=y)

    def hand_back(self, place: int, dy: Floats, dc: Floats) -> None:
        """dL/dc of the candidate at `place`: dL/dy where it won, else 0."""
        np.equal(self.won, np.uint8(place), out=self.larger)
        np.multiply(dy, self.larger, out=dc)
