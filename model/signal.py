"""What flows between two layers: values forward, gradients backward.

A layer is wired once, to the signal before it and the signal after it, for one batch size. After that, forward() and
backward() only compute: no array is made while the network learns.

**Homogeneous coordinates.** An affine layer computes y = x W + b. Written with one more input that is always 1, the
bias becomes one more row of the weight matrix:

    y = [x 1] [W]
              [b]

so one matrix product does both, and its gradient [x 1]^T dy holds dW and db together. Every signal therefore keeps
room for that 1: `with_one` is (batch, n + 1), `values` is the same memory without the last column.

**Memory.** The arrays lie in column order, all samples of one feature side by side. `values` then is one unbroken
piece of memory (the column of ones comes after it), and element-wise functions run through it in a single loop.
"""

import math
from typing import Any

import numpy as np

from model.arrays import Floats, Shape


class Signal:
    """The numbers between two layers for one batch.

    values: (batch, *shape); with_one: (batch, n + 1), the same memory and a last column of ones, n = product of shape;
    gradient: (batch, *shape), dL/dvalues. Where nobody asks for it (`learns` is false: the data, or a network that only
    evaluates) it is empty.
    """

    __slots__ = ("gradient", "learns", "values", "with_one")

    def __init__(self, values: Floats, with_one: Floats, gradient: Floats) -> None:
        self.values = values
        self.with_one = with_one
        self.gradient = gradient
        self.learns = gradient.size > 0

    @classmethod
    def of_size(cls, batch: int, shape: Shape, dtype: np.dtype[Any], *, learns: bool) -> "Signal":
        """Room for `batch` samples of `shape`, with room for their gradient where the network `learns`."""
        n = math.prod(shape)
        with_one = np.ones((batch, n + 1), dtype, order="F")
        values = with_one[:, :n].reshape(batch, *shape)
        gradient = np.zeros((batch, n), dtype, order="F").reshape(batch, *shape) if learns else np.zeros(0, dtype)
        return cls(values, with_one, gradient)

    def reshaped(self, shape: Shape) -> "Signal":
        """The same memory seen as samples of another shape: what flattening is."""
        batch = len(self.values)
        gradient = self.gradient.reshape(batch, *shape) if self.learns else self.gradient
        return Signal(self.values.reshape(batch, *shape), self.with_one, gradient)


def samples_last(numbers: Floats) -> Floats:
    """The values or the gradient of a signal, (batch, *shape), in the order of their memory: (*shape, batch).

    It is the same memory, and in one piece: (channels, height, width, batch) may be read as (channels, -1).
    """
    return np.moveaxis(numbers, 0, -1)
