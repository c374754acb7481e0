"""ELU, the exponential linear unit: f(x) = x where x > 0, else a (e^x - 1).

    f'(x) = 1 where x > 0, else a e^x = f(x) + a

Like a ReLU on the right; on the left it bends smoothly towards -a, so the mean of the outputs stays near 0. Written
without a branch, max(0, x) + a (e^min(0, x) - 1): one of the two terms is always 0.

Source: D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and accurate deep network learning by exponential linear
units", 2016.
"""

from typing import Annotated, ClassVar

import numpy as np

from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.layers.activation import Activation
from model.layers.layer import Layer
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class ELULayer(Layer):
    """y = max(0, x) + a (e^min(0, x) - 1) at work."""

    __slots__ = ("alpha", "left", "one", "right", "zero")

    def __init__(self, x: Signal, y: Signal, alpha: float) -> None:
        super().__init__(x, y)
        dtype = x.values.dtype
        self.zero, self.one, self.alpha = np.array(0, dtype), np.array(1, dtype), np.array(alpha, dtype)
        self.left = np.zeros_like(x.values)  # a (e^min(0, x) - 1)
        self.right = np.zeros_like(x.values, dtype=bool)  # x > 0

    def forward(self) -> None:
        np.minimum(self.x.values, self.zero, out=self.left)
        np.expm1(self.left, out=self.left)  # e^x - 1, exact near 0 as well
        np.multiply(self.left, self.alpha, out=self.left)
        np.maximum(self.x.values, self.zero, out=self.y.values)
        np.add(self.y.values, self.left, out=self.y.values)

    def backward(self) -> None:
        dx = self.x.gradient
        np.add(self.left, self.alpha, out=dx)  # a e^x, the slope where x <= 0
        np.greater(self.x.values, self.zero, out=self.right)
        np.copyto(dx, self.one, where=self.right)  # and 1 where x > 0
        np.multiply(dx, self.y.gradient, out=dx)  # dL/dx = f'(x) dL/dy


class ELU(Activation, tag="elu", frozen=True):
    """f(x) = x where x > 0, else alpha (e^x - 1)."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "ELU")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "A ReLU that bends smoothly to -alpha on the left: negative outputs keep the mean near 0."
    )
    formula: ClassVar[str] = "x > 0: x; else a (exp(x) - 1)"
    forward_formula: ClassVar[Formula] = Formula(
        r"y = ||\begin{cases} z & z > 0 \\ \alpha\,(e^z - 1) & z \le 0 \end{cases}",
        "max(0, <z>) + <alpha> · (exp(min(0, <z>)) − 1)",
    )
    slope_formula: ClassVar[Formula] = Formula(r"f'(z) = \begin{cases} 1 & z > 0 \\ y + \alpha & z \le 0 \end{cases}")
    alpha: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "alpha"),
            QT_TRANSLATE_NOOP("model", "The value that very negative inputs tend to, times -1."),
            above=0,
            at_most=100,
        ),
    ] = 1.0

    def make(self, x: Signal, y: Signal) -> Layer:
        return ELULayer(x, y, self.alpha)
