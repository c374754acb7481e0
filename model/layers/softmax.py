"""Softmax: scores become shares that add up to 1.

    y_k = e^x_k / sum_j e^x_j

Only differences of scores count, so the largest is subtracted first: e^0 = 1 is then the largest term and nothing
overflows.

Backward. Raising x_k raises y_k and lowers all others, dy_j/dx_k = y_j (1{j = k} - y_k). Summed over all outputs j:

    dL/dx_k = sum_j dL/dy_j y_j (1{j = k} - y_k) = y_k (dL/dy_k - sum_j dL/dy_j y_j)

As a layer of its own it goes with the mean squared error only: the softmax cross entropy takes the scores themselves
and holds its softmax inside, where the two simplify (see `losses/softmax_cross_entropy`).
"""

from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.formula import Formula
from model.layers.layer import Block, Layer, LayerSpec, ShapeError
from model.message import QT_TRANSLATE_NOOP, Message
from model.signal import Signal


class SoftmaxLayer(Layer):
    """Shares of e^x at work. x and y are (batch, classes)."""

    __slots__ = ("row",)

    def __init__(self, x: Signal, y: Signal) -> None:
        super().__init__(x, y)
        self.row = np.zeros((len(x.values), 1), x.values.dtype)  # one number a sample

    def forward(self) -> None:
        x, y = self.x.values, self.y.values
        np.max(x, axis=1, keepdims=True, out=self.row)
        np.subtract(x, self.row, out=y)
        np.exp(y, out=y)
        np.sum(y, axis=1, keepdims=True, out=self.row)
        np.divide(y, self.row, out=y)

    def backward(self) -> None:
        y, dy, dx = self.y.values, self.y.gradient, self.x.gradient
        np.multiply(dy, y, out=dx)
        np.sum(dx, axis=1, keepdims=True, out=self.row)  # sum_j dL/dy_j y_j
        np.subtract(dy, self.row, out=dx)
        np.multiply(dx, y, out=dx)


class Softmax(LayerSpec, tag="softmax", frozen=True):
    """Scores as shares of a whole."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Softmax")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Turns the scores of all classes into probabilities that add up to 1. With mean squared error only."
    )
    forward_formula: ClassVar[Formula] = Formula(r"y_{<k>} = ||\frac{e^{z_{<k>}}}{\sum_{j} e^{z_j}}", "e^<z> / <total>")
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial z_{<k>}} = ||y_{<k>}||\left("
        r"\frac{\partial L}{\partial y_{<k>}} - \sum_j \frac{\partial L}{\partial y_j}\, y_j\right)"
    )
    output_limit: ClassVar[float | None] = 1.0

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) != 1 or input_shape[0] < 2:
            raise ShapeError(
                Message(QT_TRANSLATE_NOOP("model", "softmax compares scores and needs a row of at least 2 of them"))
            )
        return input_shape

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer, Signal]:
        y = Signal.of_size(len(x.values), output_shape, x.values.dtype, learns=x.learns)
        return SoftmaxLayer(x, y), y
