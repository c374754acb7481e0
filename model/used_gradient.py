"""The gradient that an update goes by: that of the data loss, with the price of the weights, and not too long.

    g <- dL/dW                          as backward has left it
    g <- g + l1 sign(W) + l2 W          the price of the weights          (see `regularization`)
    g <- g c / |g|  where |g| > c       not too long                      (see `clipping`)

Backward's own vector is never changed. It stays the gradient of the data loss: what the diagram draws, the record's
norms are of and a gradient check compares. Where there is a price or a limit a second vector is made from the first at
every step; where there is neither the first is used itself, and nothing is done.
"""

import math

import numpy as np

from model.arrays import Vector
from model.clipping import clip
from model.experiment import Experiment
from model.optimizers.optimizer import Mask
from model.regularization import PenaltyGradient


class UsedGradient:
    """What becomes of the gradient `data` (n,) of `parameters` (n,) before the optimizer reads it."""

    values: Vector  # (n,), after `prepare`
    length: float  # |g| before it was clipped, after `prepare`; nan where there is no limit

    def __init__(self, experiment: Experiment, weights: Mask, parameters: Vector, data: Vector) -> None:
        """`weights` (n,): which of the parameters have a price."""
        price, self._longest = experiment.regularization, experiment.clipping.norm
        self._data = data
        self._price = None if price.is_free else PenaltyGradient(price, weights, parameters)
        self.is_another = self._price is not None or self._longest is not None
        self.values = np.empty_like(data) if self.is_another else data
        self.length = math.nan

    def prepare(self) -> None:
        """Make `values` from the gradient and the parameters as they are now."""
        if not self.is_another:
            return
        np.copyto(self.values, self._data)
        if self._price is not None:
            self._price.add_to(self.values)
        if self._longest is not None:
            self.length = clip(self.values, self._longest)
