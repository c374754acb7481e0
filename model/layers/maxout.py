"""Maxout: every unit computes k affine maps of its inputs and passes on the largest.

    z_k = x W_k + b_k        y = max_k z_k        x (batch, n_in), W_k (n_in, units), z_k and y (batch, units)

There is no activation function behind it: the maximum is one, and it is learnt. Every z_k is a plane over the inputs,
and the largest of some planes is a bowl made of flat pieces. With two of them a unit can become a ReLU (one plane is
0), an absolute value (one is minus the other), or something nobody has named. It never is flat on both sides, so
units do not die.

The k affine maps are one affine map with k times as many outputs, so one product of matrices does all of them (for its
transposed form and for the row of ones see `affine` and `signal`). On the way back the gradient goes to the winner
alone (see `largest`), and from there as in an affine layer:

    dL/dz_k = dL/dy where k won, else 0        dL/dA = [x 1]^T dL/dz        dL/dx = dL/dz W^T

Source: I. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio, "Maxout networks", 2013.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Floats, Shape
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.initializers import AnyInitializer, Xavier
from model.layers.affine import MOST_UNITS, one_row_of
from model.layers.largest import LargestLayer
from model.layers.layer import Block, Layer, LayerSpec
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal

MOST_PIECES = 16


class MaxoutLayer(LargestLayer):
    """y = max_k (x W_k + b_k) at work."""

    __slots__ = ("dx_t", "dy_t", "dz", "dz_t", "matrix_gradient", "matrix_t", "weights", "x_with_one_t", "y_t", "z_t")

    def __init__(self, x: Signal, y: Signal, pieces: int, block: Block) -> None:
        (batch, n_in), units = x.values.shape, y.values.shape[1]
        super().__init__(x, y, (units, batch), learns=block.learns)
        matrix = block.parameters.reshape(
            n_in + 1, pieces * units
        )  # A: all W_k side by side, the biases in its last row
        self.weights = matrix[:n_in]
        self.matrix_gradient = block.gradient.reshape(-1, pieces * units)
        self.matrix_t, self.x_with_one_t = matrix.T, x.with_one.T
        self.y_t, self.dy_t, self.dx_t = y.values.T, y.gradient.T, x.gradient.T
        self.z_t = np.zeros((pieces, units, batch), x.values.dtype)
        self.dz_t = np.zeros_like(self.z_t) if block.learns else self.z_t[:0]
        self.dz = self.dz_t.reshape(-1, batch).T  # (batch, pieces * units)

    def forward(self) -> None:
        pieces, units, batch = self.z_t.shape
        np.dot(self.matrix_t, self.x_with_one_t, out=self.z_t.reshape(pieces * units, batch))
        self.choose(self.z_t, self.y_t)  # pyright: ignore[reportArgumentType]  # an array is a sequence of its rows

    def backward(self) -> None:
        for place, dz_t in enumerate(self.dz_t):
            self.hand_back(place, self.dy_t, dz_t)
        np.dot(self.x_with_one_t, self.dz, out=self.matrix_gradient)  # dL/dA = [x 1]^T dL/dz
        if self.x.learns:
            np.dot(self.weights, self.dz.T, out=self.dx_t)  # dL/dx = dL/dz W^T


class Maxout(LayerSpec, tag="maxout", frozen=True):
    """The largest of k affine maps."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Maxout")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Every unit adds up its inputs k times, with other weights each time, and passes the largest sum on: an "
        "activation function that is learnt.",
    )
    forward_formula: ClassVar[Formula] = Formula(r"\mathbf{Y} = ||\max_k||(\mathbf{X}||\mathbf{W}_k||+||\mathbf{b}_k)")
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial \mathbf{W}_k} = ||\mathbf{X}^{\top}||\frac{\partial L}{\partial \mathbf{Z}_k}"
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
    pieces: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "pieces"),
            QT_TRANSLATE_NOOP("model", "How many affine maps every unit takes the largest of."),
            at_least=2,
            at_most=MOST_PIECES,
        ),
    ] = 2
    weights: AnyInitializer = Xavier()
    name: str = ""  # names the layer's stream of random numbers; by default its place. Stays when layers come and go.

    def output_shape(self, input_shape: Shape) -> Shape:
        one_row_of(input_shape)
        return (self.units,)

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"weights": (input_shape[0], self.pieces, self.units), "bias": (self.pieces, self.units)}

    def initial(self, input_shape: Shape, random: np.random.Generator) -> Iterator[tuple[str, Floats]]:
        # Each piece on its own as an affine layer of so many units: a unit passes one of them on.
        drawn = [self.weights.draw(input_shape[0], self.units, random) for _ in range(self.pieces)]
        yield "weights", np.stack(drawn, axis=1)
        yield "bias", np.zeros((self.pieces, self.units))

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer, Signal]:
        y = Signal.of_size(len(x.values), output_shape, block.parameters.dtype, learns=block.learns)
        return MaxoutLayer(x, y, self.pieces, block), y
