"""Convolution: small filters are moved over an image; each finds its own pattern, wherever it is.

    y[f, r, q] = b[f] + sum over c, i, j of W[f, c, i, j] x[c, r stride + i, q stride + j]

x (channels, height, width) of one sample, padded with zeros; W (filters, channels, size, size), b (filters,); y
(filters, rows, columns), one *feature map* a filter. Compared with an affine layer on all pixels two things are
different: an output sees only the pixels in its window, and all outputs of a map share the same weights. So what was
learnt in one place is known in all, and there are few weights. (In mathematics this is a cross-correlation: a
convolution would turn the filter by 180 degrees. It is learnt, so that makes no difference.)

**One product of matrices.** For one place of the window y is the product of the filter, written as a row, and the
pixels in the window, written as a column X. With the columns of all places side by side, all sums are one product:

    y = W X + b       W (filters, size * channels * size),  X (size * channels * size, places)

How X comes about without much memory, and dL/dx from dL/dX, see `unfolding`; weights are put in its order (i, c, j).

**Backward.** As in an affine layer, summed over all places, because they share W and b:

    dL/dW = sum over r of dL/dy[r] X[r]^T      dL/db = sum of dL/dy      dL/dX[r] = W^T dL/dy[r]

Initial weights: a sum has n_in = channels * size^2 terms, and an input goes into n_out = filters * size^2 sums (see
`initializers`).

Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", 1998.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Floats, Shape
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.initializers import AnyInitializer, He
from model.layers.layer import Block, Layer, LayerSpec
from model.layers.unfolding import unfoldings
from model.layers.window import LARGEST, positions
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal

MOST_FILTERS = 512


class ConvolutionLayer(Layer):
    """y = W X + b at work, some samples at a time."""

    __slots__ = (
        "bias",
        "bias_gradient",
        "filters",
        "matrix",
        "matrix_gradient",
        "pieces",
        "row_gradient",
        "weights",
        "weights_gradient",
    )

    def __init__(self, x: Signal, y: Signal, spec: "Convolution", block: Block) -> None:
        super().__init__(x, y)
        filters, channels, size = y.values.shape[1], x.values.shape[1], spec.size
        shape, split = (filters, channels, size, size), filters * channels * size * size
        self.weights, self.bias = block.parameters[:split].reshape(shape), block.parameters[split:]
        self.filters = np.zeros((filters, size, channels, size), x.values.dtype)  # W in the order (i, c, j)
        self.matrix = self.filters.reshape(filters, -1)
        if block.learns:
            self.weights_gradient, self.bias_gradient = block.gradient[:split].reshape(shape), block.gradient[split:]
            self.matrix_gradient, self.row_gradient = np.zeros_like(self.matrix), np.zeros_like(self.matrix)
        self.pieces = unfoldings(x, y, size, spec.stride, spec.padding)

    def forward(self) -> None:
        np.copyto(self.filters, self.weights.transpose(0, 2, 1, 3))
        for piece in self.pieces:
            piece.unfold()
            np.matmul(self.matrix, piece.windows, out=piece.product)  # W X, for each row of the output
            np.add(piece.product.reshape(piece.y.shape), self.bias[:, None, None], out=piece.y)

    def backward(self) -> None:
        self.matrix_gradient.fill(0)
        self.bias_gradient.fill(0)
        for piece in self.pieces:
            if len(self.pieces) > 1:
                piece.unfold()  # another one has used the memory since
            np.copyto(piece.product.reshape(piece.dy.shape), piece.dy)
            for dy, windows in zip(piece.product, piece.windows, strict=True):
                np.matmul(dy, windows.T, out=self.row_gradient)  # dL/dy[r] X[r]^T
                np.add(self.matrix_gradient, self.row_gradient, out=self.matrix_gradient)
            np.add(self.bias_gradient, piece.product.sum(axis=(0, 2)), out=self.bias_gradient)
            if self.x.learns:
                piece.fold(self.filters)
        gradient = self.matrix_gradient.reshape(self.filters.shape)
        np.copyto(self.weights_gradient, gradient.transpose(0, 2, 1, 3))


class Convolution(LayerSpec, tag="convolution", frozen=True):
    """Filters moved over an image."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Convolution")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Moves small filters over an image. Each makes a picture of where its pattern is found, with the same few "
        "weights everywhere.",
    )
    forward_formula: ClassVar[Formula] = Formula(
        r"y_{f,r,q} = ||b_f||+||\sum_{c,i,j}||W_{f,c,i,j}||\cdot||x_{c,\,r+i,\,q+j}"
    )
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial W_{f,c,i,j}} = ||\sum_{r,q}||\frac{\partial L}{\partial y_{f,r,q}}||\cdot||"
        r"x_{c,\,r+i,\,q+j}"
    )
    weighted: ClassVar[bool] = True
    filters: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "filters"),
            QT_TRANSLATE_NOOP("model", "How many patterns are looked for: the channels of the output."),
            at_least=1,
            at_most=MOST_FILTERS,
        ),
    ]
    size: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "kernel size"),
            QT_TRANSLATE_NOOP("model", "How many pixels the side of a filter has."),
            at_least=1,
            at_most=LARGEST,
        ),
    ] = 3
    stride: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "stride"),
            QT_TRANSLATE_NOOP("model", "By how many pixels the window is moved."),
            at_least=1,
            at_most=LARGEST,
        ),
    ] = 1
    padding: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "padding"),
            QT_TRANSLATE_NOOP("model", "How many rows and columns of zeros are put around the image."),
            at_least=0,
            at_most=LARGEST - 1,
        ),
    ] = 0
    weights: AnyInitializer = He()
    name: str = ""  # names the layer's stream of random numbers; by default its place. Stays when layers come and go.

    def output_shape(self, input_shape: Shape) -> Shape:
        return (self.filters, *positions(input_shape, self.size, self.stride, self.padding))

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"weights": (self.filters, input_shape[0], self.size, self.size), "bias": (self.filters,)}

    def initial(self, input_shape: Shape, random: np.random.Generator) -> Iterator[tuple[str, Floats]]:
        area, shape = self.size**2, self.parameter_shapes(input_shape)["weights"]
        n_in, n_out = input_shape[0] * area, self.filters * area
        yield "weights", self.weights.draw(n_in, n_out, random, units=self.filters).T.reshape(shape)
        yield "bias", np.zeros(self.filters)

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer, Signal]:
        y = Signal.of_size(len(x.values), output_shape, block.parameters.dtype, learns=block.learns)
        return ConvolutionLayer(x, y, self, block), y
