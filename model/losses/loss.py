"""What every loss promises: one number for a batch, and its gradient.

The loss of a batch is the mean of its samples' losses, so that a smaller last batch weighs like any other, and the
gradient that it hands to the last layer is already divided by the batch size.
"""

from typing import ClassVar

import numpy as np

from model.arrays import Floats, Vector
from model.formula import Formula
from model.hyperparameter import Spec
from model.signal import Signal


class Loss:
    """A loss at work on one signal y (batch, outputs) and its targets t, an array of the same shape."""

    __slots__ = ("batch_share", "size", "t", "t_flat", "y", "y_flat")

    def __init__(self, y: Signal, t: Floats) -> None:
        self.y = y
        self.t = t
        self.size = len(t)
        self.y_flat, self.t_flat = in_memory_order(y.values), in_memory_order(t)
        self.batch_share = np.array(1 / self.size, t.dtype)  # dL/d(loss of one sample)

    def forward(self) -> float:
        """The mean loss over the batch."""
        raise NotImplementedError

    def backward(self) -> None:
        """Write y.gradient."""
        raise NotImplementedError


class LossSpec(Spec, frozen=True):
    """What an experiment says about its loss."""

    # The numbers of the first two are those of one output: <y>, <t>, the prediction <p>, the batch size <N>. A sample's
    # loss is their sum over the outputs.
    sample_formula: ClassVar[Formula] = Formula("L")
    slope_formula: ClassVar[Formula] = Formula(r"\frac{\partial L}{\partial y_k}")
    prediction_formula: ClassVar[Formula | None] = None  # where the loss holds a softmax or sigmoid of its own
    batch_formula: ClassVar[Formula] = Formula(r"L = ||\frac{1}{<N>} \sum_{s=1}^{<N>} L^{(s)}")

    takes_scores = False  # it holds its own softmax or sigmoid; the last layer must not be an activation

    def wire(self, y: Signal, t: Floats) -> Loss:
        """The loss at work on outputs `y` and targets `t` (batch, outputs)."""
        raise NotImplementedError

    def of_each(self, y: Floats, t: Floats) -> Vector:
        """Every sample's own loss, (n,), for outputs y and targets t (n, outputs); the loss is their mean."""
        raise NotImplementedError

    def predict(self, y: Floats) -> Floats:
        """What outputs y (n, outputs) say in the units of the targets: probabilities where the loss takes scores."""
        return y


def in_memory_order(array: Floats) -> Vector:
    """The numbers of a 2-D array in one row as they lie in memory, without copying. For sums, where order is free."""
    row = array.T.reshape(-1)
    assert np.shares_memory(row, array), "signals lie in column order"
    return row
