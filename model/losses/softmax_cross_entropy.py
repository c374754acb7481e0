"""Softmax cross entropy: for one class out of many.

The last layer's outputs are scores y. The softmax makes them probabilities p, and the loss is how surprised they are
by the right class (t is 1 there, else 0):

    p_k = e^y_k / sum_j e^y_j
    L   = - sum_k t_k log p_k = log(sum_j e^y_j) - sum_k t_k y_k          (because sum_k t_k = 1)

Only differences of scores count, so the largest is subtracted first and nothing overflows. The softmax stays inside
the loss, because log p_k is exact in this form where log of a rounded p_k is not, and because the gradient is simple:

    dL/dy_k = e^y_k / sum_j e^y_j - t_k = p_k - t_k,   divided by the batch size

Source: J. Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.
"""

from typing import ClassVar

import numpy as np

from model.arrays import Floats, Vector
from model.formula import Formula
from model.losses.loss import Loss, LossSpec, in_memory_order
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class SoftmaxCrossEntropyLoss(Loss):
    """log(sum e^y) - sum t y, mean over the batch, at work."""

    __slots__ = ("exponentials", "largest", "shifted", "shifted_flat", "total")

    def __init__(self, y: Signal, t: Floats) -> None:
        super().__init__(y, t)
        self.shifted = np.zeros_like(t, order="F")  # y - max y
        self.shifted_flat = in_memory_order(self.shifted)
        self.exponentials = np.zeros_like(t, order="F")  # e^(y - max y)
        self.largest = np.zeros((self.size, 1), t.dtype)  # one number a sample
        self.total = np.zeros((self.size, 1), t.dtype)

    def forward(self) -> float:
        np.max(self.y.values, axis=1, keepdims=True, out=self.largest)
        np.subtract(self.y.values, self.largest, out=self.shifted)
        np.exp(self.shifted, out=self.exponentials)
        np.sum(self.exponentials, axis=1, keepdims=True, out=self.total)
        np.log(self.total, out=self.largest)  # the room of the largest scores is free again
        return float(self.largest.sum() - self.shifted_flat.dot(self.t_flat)) / self.size

    def backward(self) -> None:
        gradient = self.y.gradient
        np.divide(self.exponentials, self.total, out=gradient)  # p
        np.subtract(gradient, self.t, out=gradient)  # p - t
        np.multiply(gradient, self.batch_share, out=gradient)


class SoftmaxCrossEntropy(LossSpec, tag="softmax_cross_entropy", frozen=True):
    """- log of the probability given to the right class."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Softmax cross entropy")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "For classes: how surprised the network is by the right one. Takes scores; the softmax is part of it."
    )
    sample_formula: ClassVar[Formula] = Formula(r"L = ||-\sum_{k} t_k \log p_k", "−<t> · log <p>")
    slope_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial y_{<k>}} = ||\frac{p_{<k>} - t_{<k>}}{<N>}", "(<p> − <t>) / <N>"
    )
    prediction_formula: ClassVar[Formula | None] = Formula(r"p_{<k>} = ||\frac{e^{y_{<k>}}}{\sum_j e^{y_j}}")
    takes_scores = True

    def wire(self, y: Signal, t: Floats) -> Loss:
        return SoftmaxCrossEntropyLoss(y, t)

    def of_each(self, y: Floats, t: Floats) -> Vector:
        shifted = y - y.max(axis=1, keepdims=True)
        return np.log(np.exp(shifted).sum(axis=1)) - (t * shifted).sum(axis=1)

    def predict(self, y: Floats) -> Floats:
        with np.errstate(invalid="ignore"):  # infinite scores have no shares: they come out as "not a number"
            exponentials = np.exp(y - y.max(axis=1, keepdims=True))
        return exponentials / exponentials.sum(axis=1, keepdims=True)
