"""Tanh: f(x) = (e^x - e^-x) / (e^x + e^-x), from -1 to 1.

Derivative, by the quotient rule with s = e^x - e^-x and c = e^x + e^-x (s' = c, c' = s):

    f'(x) = (c c - s s) / c^2 = 1 - y^2

It is 1 at x = 0: around zero a tanh passes a gradient on whole, where a sigmoid keeps a quarter of it at most.
"""

from typing import ClassVar

import numpy as np

from model.formula import Formula
from model.layers.activation import Activation
from model.layers.layer import Layer
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class TanhLayer(Layer):
    """y = tanh(x) at work."""

    __slots__ = ("one",)

    def __init__(self, x: Signal, y: Signal) -> None:
        super().__init__(x, y)
        self.one = np.array(1, x.values.dtype)

    def forward(self) -> None:
        np.tanh(self.x.values, out=self.y.values)

    def backward(self) -> None:
        y, dx = self.y.values, self.x.gradient
        np.multiply(y, y, out=dx)
        np.subtract(self.one, dx, out=dx)  # f'(x) = 1 - y^2
        np.multiply(dx, self.y.gradient, out=dx)  # dL/dx = f'(x) dL/dy


class Tanh(Activation, tag="tanh", frozen=True):
    """f(x) = tanh(x)."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Tanh")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Squeezes any number into -1 to 1, centred on 0. Flat at both ends."
    )
    layer: ClassVar[type[Layer]] = TanhLayer
    formula: ClassVar[str] = "tanh(x)"
    forward_formula: ClassVar[Formula] = Formula(r"y = ||\tanh(z)", "tanh(<z>)")
    slope_formula: ClassVar[Formula] = Formula("f'(z) = 1 - y^2", "1 − <y>²")
    saturates: ClassVar[bool] = True
    output_limit: ClassVar[float | None] = 1.0
