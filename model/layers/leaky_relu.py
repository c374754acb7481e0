"""Leaky ReLU: f(x) = x where x > 0, else a x, with a small slope a.

    f'(x) = 1 where x > 0, else a

The leak keeps a gradient alive on the left, so no unit dies for good. With 0 <= a < 1 the function is max(x, a x):
above zero x is the larger, below zero a x is.

Source: A. Maas, A. Hannun, A. Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013.
"""

from typing import Annotated, ClassVar

import numpy as np

from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.layers.activation import Activation
from model.layers.layer import Layer
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class LeakyReLULayer(Layer):
    """y = max(x, a x) at work."""

    __slots__ = ("slope", "zero")

    def __init__(self, x: Signal, y: Signal, slope: float) -> None:
        super().__init__(x, y)
        self.slope = np.array(slope, x.values.dtype)
        self.zero = np.array(0, x.values.dtype)

    def forward(self) -> None:
        np.multiply(self.x.values, self.slope, out=self.y.values)
        np.maximum(self.x.values, self.y.values, out=self.y.values)

    def backward(self) -> None:
        dx = self.x.gradient
        np.greater(self.x.values, self.zero, out=dx)  # 1 where x > 0, else 0 ...
        np.maximum(dx, self.slope, out=dx)  # ... and 0 becomes a: f'(x)
        np.multiply(dx, self.y.gradient, out=dx)  # dL/dx = f'(x) dL/dy


class LeakyReLU(Activation, tag="leaky_relu", frozen=True):
    """f(x) = x where x > 0, else slope * x."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Leaky ReLU")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "A ReLU that lets a little of the negative numbers through, so that no unit dies."
    )
    formula: ClassVar[str] = "max(x, a x)"
    forward_formula: ClassVar[Formula] = Formula(r"y = ||\max(z,\, a\,z)", "max(<z>, <slope> · <z>)")
    slope_formula: ClassVar[Formula] = Formula(r"f'(z) = \begin{cases} 1 & z > 0 \\ a & z \le 0 \end{cases}")
    slope: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "slope"),
            QT_TRANSLATE_NOOP("model", "The slope for negative inputs; 0 makes it a ReLU."),
            at_least=0,
            below=1,
        ),
    ] = 0.1

    def make(self, x: Signal, y: Signal) -> Layer:
        return LeakyReLULayer(x, y, self.slope)
