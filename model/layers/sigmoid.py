"""Sigmoid: f(x) = 1 / (1 + e^-x), from 0 to 1.

Derivative. With y = (1 + e^-x)^-1:

    dy/dx = e^-x (1 + e^-x)^-2 = y * (e^-x / (1 + e^-x)) = y (1 - y)

It is at most 1/4, at x = 0. Through ten sigmoid layers a gradient is multiplied by at most (1/4)^10, about one
millionth, times the weights: it vanishes. Far from 0 the curve is flat, the unit is *saturated*.
"""

from typing import ClassVar

import numpy as np

from model.formula import Formula
from model.layers.activation import Activation
from model.layers.layer import Layer
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class SigmoidLayer(Layer):
    """y = 1 / (1 + e^-x) at work."""

    __slots__ = ("one",)

    def __init__(self, x: Signal, y: Signal) -> None:
        super().__init__(x, y)
        self.one = np.array(1, x.values.dtype)  # an array: NumPy takes it up faster than a Python number

    def forward(self) -> None:
        y = self.y.values
        np.negative(self.x.values, out=y)
        np.exp(y, out=y)  # overflows to infinity where x < -709, and 1 / infinity is the right answer, 0
        np.add(y, self.one, out=y)
        np.divide(self.one, y, out=y)

    def backward(self) -> None:
        y, dx = self.y.values, self.x.gradient
        np.subtract(self.one, y, out=dx)
        np.multiply(dx, y, out=dx)  # f'(x) = y (1 - y)
        np.multiply(dx, self.y.gradient, out=dx)  # dL/dx = f'(x) dL/dy


class Sigmoid(Activation, tag="sigmoid", frozen=True):
    """f(x) = 1 / (1 + e^-x)."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Sigmoid")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Squeezes any number into 0 to 1. Flat at both ends, where its gradient vanishes."
    )
    layer: ClassVar[type[Layer]] = SigmoidLayer
    formula: ClassVar[str] = "1 / (1 + exp(-x))"
    forward_formula: ClassVar[Formula] = Formula(r"y = ||\frac{1}{1 + e^{-z}}", "1 / (1 + e^<-z>)")
    slope_formula: ClassVar[Formula] = Formula(r"f'(z) = y\,(1 - y)", "<y> · (1 − <y>)")
    saturates: ClassVar[bool] = True
    output_limit: ClassVar[float | None] = 1.0
