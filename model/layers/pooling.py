"""Pooling: an image becomes smaller; what is in a window becomes one number.

    max:       y = max of the window        dL/dx of the largest pixel = dL/dy, of all others 0
    average:   y = mean of the window       dL/dx = dL/dy / (size * size) for each pixel of the window

Each channel by itself; nothing is learnt. Where in the window something was is forgotten, that it was there is kept:
a picture moved by a pixel gives nearly the same. And every pixel behind it sees more of the picture. The usual window
is 2 x 2, moved by 2: a quarter of the numbers is left.

All windows are taken at once: the first pixel of every window is an image, so is the second, ... (see `window`), and
the result is the largest, or the mean, of these size * size images. For the maximum, and where equal ones meet, see
`largest`. Windows that overlap add up their gradients.

Sources: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document recognition", 1998
(average); M. Ranzato, F. Huang, Y. Boureau, Y. LeCun, "Unsupervised learning of invariant feature hierarchies with
applications to object recognition", 2007 (max).
"""

from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Shape
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.layers.largest import LargestLayer
from model.layers.layer import Block, Layer, LayerSpec
from model.layers.window import LARGEST, pixels, positions
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal, samples_last


class MaxPoolingLayer(LargestLayer):
    """y = the largest of each window, at work. Inside, arrays are (channels, height, width, batch)."""

    __slots__ = ("apart", "candidates", "covered", "dx", "dy", "part", "parts", "y_values")

    def __init__(self, x: Signal, y: Signal, size: int, stride: int, *, learns: bool) -> None:
        self.y_values = samples_last(y.values)
        super().__init__(x, y, self.y_values.shape, learns=learns)
        _, rows, columns, _ = self.y_values.shape
        self.candidates = tuple(pixels(samples_last(x.values), size, stride, rows, columns))
        if x.learns:
            self.dx, self.dy = samples_last(x.gradient), samples_last(y.gradient)
            self.parts = tuple(pixels(self.dx, size, stride, rows, columns))
            self.apart = stride >= size  # no pixel lies in two windows
            self.covered = self.apart and sum(part.size for part in self.parts) == self.dx.size  # each lies in one
            self.part = np.zeros_like(self.dy)  # dL/dx of one pixel of the windows

    def forward(self) -> None:
        self.choose(self.candidates, self.y_values)

    def backward(self) -> None:
        if not self.x.learns:
            return
        if not self.covered:
            self.dx.fill(0)
        for place, dx in enumerate(self.parts):
            if self.apart:
                self.hand_back(place, self.dy, dx)
            else:
                self.hand_back(place, self.dy, self.part)
                np.add(dx, self.part, out=dx)


class AveragePoolingLayer(Layer):
    """y = the mean of each window, at work. Inside, arrays are (channels, height, width, batch)."""

    __slots__ = ("candidates", "dx", "dy", "part", "parts", "share", "y_values")

    def __init__(self, x: Signal, y: Signal, size: int, stride: int) -> None:
        super().__init__(x, y)
        self.y_values = samples_last(y.values)
        _, rows, columns, _ = self.y_values.shape
        self.share = np.array(1 / size**2, x.values.dtype)
        self.candidates = tuple(pixels(samples_last(x.values), size, stride, rows, columns))
        if x.learns:
            self.dx, self.dy = samples_last(x.gradient), samples_last(y.gradient)
            self.parts = tuple(pixels(self.dx, size, stride, rows, columns))
            self.part = np.zeros_like(self.dy)

    def forward(self) -> None:
        first, *others = self.candidates
        np.copyto(self.y_values, first)
        for each in others:
            np.add(self.y_values, each, out=self.y_values)
        np.multiply(self.y_values, self.share, out=self.y_values)

    def backward(self) -> None:
        if self.x.learns:
            self.dx.fill(0)
            np.multiply(self.dy, self.share, out=self.part)
            for dx in self.parts:
                np.add(dx, self.part, out=dx)


class Pooling(LayerSpec, frozen=True):
    """A window moved over the image, that becomes one number."""

    size: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "window"),
            QT_TRANSLATE_NOOP("model", "How many pixels the side of the window has."),
            at_least=1,
            at_most=LARGEST,
        ),
    ] = 2
    stride: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "stride"),
            QT_TRANSLATE_NOOP("model", "By how many pixels the window is moved."),
            at_least=1,
            at_most=LARGEST,
        ),
    ] = 2

    def output_shape(self, input_shape: Shape) -> Shape:
        rows, columns = positions(input_shape, self.size, self.stride)
        return input_shape[0], rows, columns

    def _output(self, x: Signal, output_shape: Shape) -> Signal:
        return Signal.of_size(len(x.values), output_shape, x.values.dtype, learns=x.learns)


class MaxPooling(Pooling, tag="max_pooling", frozen=True):
    """The largest number of each window."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Max pooling")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Makes an image smaller: of every window the largest number is kept. What was found counts, not where."
    )
    forward_formula: ClassVar[Formula] = Formula(r"y_{c,r,q} = ||\max_{i,j}||x_{c,\,r+i,\,q+j}")
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial x_{\max}} = ||\frac{\partial L}{\partial y_{c,r,q}}"
    )

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer, Signal]:
        y = self._output(x, output_shape)
        return MaxPoolingLayer(x, y, self.size, self.stride, learns=block.learns), y


class AveragePooling(Pooling, tag="average_pooling", frozen=True):
    """The mean of each window."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Average pooling")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Makes an image smaller: every window becomes its mean.")
    forward_formula: ClassVar[Formula] = Formula(r"y_{c,r,q} = ||\frac{1}{n}||\sum_{i,j}||x_{c,\,r+i,\,q+j}")
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial x_{c,\,r+i,\,q+j}} = ||\frac{1}{n}||\cdot||\frac{\partial L}{\partial y_{c,r,q}}"
    )

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer, Signal]:
        y = self._output(x, output_shape)
        return AveragePoolingLayer(x, y, self.size, self.stride), y
