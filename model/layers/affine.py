"""Affine: every output is a weighted sum of all inputs plus a bias.

    y = x W + b          x (batch, n_in), W (n_in, n_out), b (n_out,), y (batch, n_out)

In homogeneous coordinates (see `signal`) the bias is the weight of an input that is always 1, and W and b are one
matrix A = [W; b] of (n_in + 1, n_out):

    y = [x 1] A

Backward. y_k = sum_i x_i W_ik + b_k, so dy_k/dW_ik = x_i: the weight from i to k receives x_i times the gradient that
arrives at k, added up over the batch. For all weights at once this is again a product of matrices; the row of the bias
comes along, because its input is 1:

    dL/dA = [x 1]^T dL/dy

And dy_k/dx_i = W_ik: input i is told by every output k, through the same weight that it spoke through:

    dL/dx = dL/dy W^T

**Transposed.** Signals lie in memory feature by feature (see `signal`), so it is their transposes that NumPy can write
a product into directly. Below, the first and the last formula are therefore read as (X Y)^T = Y^T X^T:

    y^T = A^T [x 1]^T        dL/dx^T = W dL/dy^T
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Floats, Shape, Vector
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.initializers import AnyInitializer, Xavier
from model.layers.layer import Block, Layer, LayerSpec, ShapeError
from model.message import QT_TRANSLATE_NOOP, Message
from model.signal import Signal

MOST_UNITS = 4096


def one_row_of(input_shape: Shape) -> None:
    """Raises ShapeError where a sample is an image."""
    if len(input_shape) != 1:
        source = QT_TRANSLATE_NOOP(
            "model",
            'this layer takes one row of numbers a sample, not an image of {shape}; put a "flatten" layer before it',
        )
        raise ShapeError(Message(source, {"shape": "x".join(str(n) for n in input_shape)}))


class AffineLayer(Layer):
    """y = x W + b at work."""

    __slots__ = ("dx_t", "dy", "dy_t", "matrix_gradient", "matrix_t", "weights", "x_with_one_t", "y_t")

    def __init__(self, x: Signal, y: Signal, parameters: Vector, gradient: Vector) -> None:
        super().__init__(x, y)
        n_in, n_out = x.values.shape[1], y.values.shape[1]
        matrix = parameters.reshape(n_in + 1, n_out)  # A: W and, as its last row, b
        self.weights = matrix[:n_in]  # W, a view: it follows the parameters
        self.matrix_gradient = gradient.reshape(-1, n_out)  # empty in an evaluation
        self.matrix_t, self.x_with_one_t, self.y_t = matrix.T, x.with_one.T, y.values.T
        self.dy, self.dy_t, self.dx_t = y.gradient, y.gradient.T, x.gradient.T

    def forward(self) -> None:
        np.dot(self.matrix_t, self.x_with_one_t, out=self.y_t)  # y = [x 1] A

    def backward(self) -> None:
        np.dot(self.x_with_one_t, self.dy, out=self.matrix_gradient)  # dL/dA = [x 1]^T dL/dy
        if self.x.learns:
            np.dot(self.weights, self.dy_t, out=self.dx_t)  # dL/dx = dL/dy W^T


class Affine(LayerSpec, tag="affine", frozen=True):
    """A fully connected layer."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Affine")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Every unit adds up all inputs, each times a weight of its own, plus a bias. Also: fully connected."
    )
    # Of one neuron k with n inputs, of one weight, of one input; and of the whole layer at once.
    neuron_formula: ClassVar[Formula] = Formula(r"z_{<k>} = ||\sum_{i=1}^{<n>} x_i\,w_{i,<k>}||+||b_{<k>}")
    weight_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial w_{<i>,<k>}} = ||\sum_{s=1}^{<N>}||\frac{\partial L}{\partial z_{<k>}^{(s)}}"
        r"||\cdot||x_{<i>}^{(s)}"
    )
    bias_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial b_{<k>}} = ||\sum_{s=1}^{<N>}||\frac{\partial L}{\partial z_{<k>}^{(s)}}"
        r"||\cdot||1"
    )
    input_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial x_{<i>}} = ||\sum_{k=1}^{<n>}||\frac{\partial L}{\partial z_k}||\cdot||w_{<i>,k}"
    )
    forward_formula: ClassVar[Formula] = Formula(r"\mathbf{Z} = ||\mathbf{X}||\mathbf{W}||+||\mathbf{b}")
    weights_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial \mathbf{W}} = ||\mathbf{X}^{\top}||\frac{\partial L}{\partial \mathbf{Z}}"
    )
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial \mathbf{X}} = ||\frac{\partial L}{\partial \mathbf{Z}}||\mathbf{W}^{\top}"
    )
    weighted: ClassVar[bool] = True
    units: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "units"),
            QT_TRANSLATE_NOOP("model", "How many neurons the layer has: the number of its outputs."),
            at_least=1,
            at_most=MOST_UNITS,
        ),
    ]
    weights: AnyInitializer = Xavier()
    name: str = ""  # names the layer's stream of random numbers; by default its place. Stays when layers come and go.

    def output_shape(self, input_shape: Shape) -> Shape:
        one_row_of(input_shape)
        return (self.units,)

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"weights": (input_shape[0], self.units), "bias": (self.units,)}

    def initial(self, input_shape: Shape, random: np.random.Generator) -> Iterator[tuple[str, Floats]]:
        yield "weights", self.weights.draw(input_shape[0], self.units, random)
        yield "bias", np.zeros(self.units)

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer, Signal]:
        y = Signal.of_size(len(x.values), output_shape, block.parameters.dtype, learns=block.learns)
        return AffineLayer(x, y, block.parameters, block.gradient), y
