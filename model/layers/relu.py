"""ReLU, the rectified linear unit: f(x) = max(0, x).

    f'(x) = 1 where x > 0, else 0

On the right the gradient passes unchanged, through any number of layers. On the left it is exactly 0: a unit whose
input is negative for every sample learns nothing any more, it is *dead*. At x = 0 there is a kink and no derivative;
0 is taken by convention.
"""

from typing import ClassVar

import numpy as np

from model.formula import Formula
from model.layers.activation import Activation
from model.layers.layer import Layer
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class ReLULayer(Layer):
    """y = max(0, x) at work."""

    __slots__ = ("zero",)

    def __init__(self, x: Signal, y: Signal) -> None:
        super().__init__(x, y)
        self.zero = np.array(0, x.values.dtype)

    def forward(self) -> None:
        np.maximum(self.x.values, self.zero, out=self.y.values)

    def backward(self) -> None:
        dx = self.x.gradient
        np.greater(self.x.values, self.zero, out=dx)  # f'(x): 1 where x > 0, else 0
        np.multiply(dx, self.y.gradient, out=dx)  # dL/dx = f'(x) dL/dy


class ReLU(Activation, tag="relu", frozen=True):
    """f(x) = max(0, x)."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "ReLU")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Passes positive numbers on and sets negative ones to 0. Fast, does not saturate, but units can die."
    )
    layer: ClassVar[type[Layer]] = ReLULayer
    formula: ClassVar[str] = "max(0, x)"
    forward_formula: ClassVar[Formula] = Formula(r"y = ||\max(0,\, z)", "max(0, <z>)")
    slope_formula: ClassVar[Formula] = Formula(r"f'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}")
    can_die: ClassVar[bool] = True
