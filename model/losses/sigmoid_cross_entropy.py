"""Sigmoid cross entropy: for yes or no (each output on its own).

The last layer's output is a score y. The sigmoid makes it a probability p = 1 / (1 + e^-y) of "yes" (t = 1):

    L = - t log p - (1 - t) log(1 - p) = log(1 + e^y) - t y

because log p = y - log(1 + e^y) and log(1 - p) = -log(1 + e^y). `logaddexp(0, y)` is log(e^0 + e^y), computed without
overflow. The gradient is as simple as the softmax's:

    dL/dy = e^y / (1 + e^y) - t = p - t,   divided by the batch size
"""

from typing import ClassVar

import numpy as np

from model.arrays import Floats, Vector
from model.formula import Formula
from model.losses.loss import Loss, LossSpec, in_memory_order
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class SigmoidCrossEntropyLoss(Loss):
    """log(1 + e^y) - t y, mean over the batch, at work."""

    __slots__ = ("one", "soft", "soft_flat", "zero")

    def __init__(self, y: Signal, t: Floats) -> None:
        super().__init__(y, t)
        self.zero, self.one = np.array(0, t.dtype), np.array(1, t.dtype)
        self.soft = np.zeros_like(t, order="F")  # log(1 + e^y)
        self.soft_flat = in_memory_order(self.soft)

    def forward(self) -> float:
        np.logaddexp(self.zero, self.y.values, out=self.soft)
        return float(self.soft_flat.sum() - self.y_flat.dot(self.t_flat)) / self.size

    def backward(self) -> None:
        gradient = self.y.gradient
        np.negative(self.y.values, out=gradient)
        np.exp(gradient, out=gradient)
        np.add(gradient, self.one, out=gradient)
        np.divide(self.one, gradient, out=gradient)  # p
        np.subtract(gradient, self.t, out=gradient)  # p - t
        np.multiply(gradient, self.batch_share, out=gradient)


class SigmoidCrossEntropy(LossSpec, tag="sigmoid_cross_entropy", frozen=True):
    """- log of the probability given to the right answer."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Sigmoid cross entropy")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "For two classes and one output: how surprised it is by the right one. The sigmoid is part of it."
    )
    sample_formula: ClassVar[Formula] = Formula(
        r"L = ||\sum_k \log(1 + e^{y_k}) - t_k\,y_k", "log(1 + e^<y>) − <t> · <y>"
    )
    slope_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial y_{<k>}} = ||\frac{p_{<k>} - t_{<k>}}{<N>}", "(<p> − <t>) / <N>"
    )
    prediction_formula: ClassVar[Formula | None] = Formula(
        r"p_{<k>} = ||\frac{1}{1 + e^{-y_{<k>}}}", "1 / (1 + e^<-y>)"
    )
    takes_scores = True

    def wire(self, y: Signal, t: Floats) -> Loss:
        return SigmoidCrossEntropyLoss(y, t)

    def of_each(self, y: Floats, t: Floats) -> Vector:
        return (np.logaddexp(0, y) - t * y).sum(axis=1)

    def predict(self, y: Floats) -> Floats:
        with np.errstate(over="ignore"):  # e^-y = infinity gives the right probability, 0
            return 1 / (1 + np.exp(-y))
