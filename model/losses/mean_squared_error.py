"""Mean squared error: for regression.

One sample:   L = 1/2 sum_k (y_k - t_k)^2
The batch:    the mean of its samples

    dL/dy_k = (y_k - t_k) / batch

The 1/2 is there to cancel the 2 of the derivative.
"""

from typing import ClassVar

import numpy as np

from model.arrays import Floats, Vector
from model.formula import Formula
from model.losses.loss import Loss, LossSpec, in_memory_order
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class MeanSquaredErrorLoss(Loss):
    """1/2 sum (y - t)^2, mean over the batch, at work."""

    __slots__ = ("difference", "difference_flat")

    def __init__(self, y: Signal, t: Floats) -> None:
        super().__init__(y, t)
        self.difference = np.zeros_like(t, order="F")
        self.difference_flat = in_memory_order(self.difference)

    def forward(self) -> float:
        np.subtract(self.y.values, self.t, out=self.difference)
        return float(self.difference_flat.dot(self.difference_flat)) / (2 * self.size)

    def backward(self) -> None:
        np.multiply(self.difference, self.batch_share, out=self.y.gradient)


class MeanSquaredError(LossSpec, tag="mean_squared_error", frozen=True):
    """1/2 sum_k (y_k - t_k)^2."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Mean squared error")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Half the squared distance between output and target. For regression; also the classic for perceptrons.",
    )
    sample_formula: ClassVar[Formula] = Formula(r"L = ||\frac{1}{2} \sum_{k} (y_k - t_k)^2", "½ · (<y> − <t>)²")
    slope_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial y_{<k>}} = ||\frac{y_{<k>} - t_{<k>}}{<N>}", "(<y> − <t>) / <N>"
    )

    def wire(self, y: Signal, t: Floats) -> Loss:
        return MeanSquaredErrorLoss(y, t)

    def of_each(self, y: Floats, t: Floats) -> Vector:
        return ((y - t) ** 2).sum(axis=1) / 2
