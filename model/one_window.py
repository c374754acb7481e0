"""One window looked at closely: how a convolution or a pooling comes to a single number of its output.

    convolution:   y = sum over c, i, j of W[f, c, i, j] x[c, i, j] + b[f]      x: the pixels in the window
    pooling:       y = max, or mean, over i, j of x[c, i, j]

The same numbers as `layers.convolution` and `layers.pooling` compute for all places at once, written out for one of
them: the patch of the input that lies in the window, the products with the filter, the sum of each channel, the bias.
A patch that reaches over the border holds the zeros of the frame there.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import Floats, Vector
from model.layers import Convolution
from model.layers.pooling import MaxPooling, Pooling


@dataclass(frozen=True, eq=False)
class ConvolutionSum:
    """One number of a feature map, taken apart."""

    patch: Floats  # (channels, size, size): what lies in the window
    weights: Floats  # (channels, size, size): the filter
    bias: float

    @property
    def products(self) -> Floats:
        """(channels, size, size)"""
        return self.patch * self.weights

    @property
    def channel_sums(self) -> Vector:
        """What each channel contributes, (channels,)."""
        return self.products.sum(axis=(1, 2))

    @property
    def output(self) -> float:
        return float(self.channel_sums.sum() + self.bias)


@dataclass(frozen=True, eq=False)
class PooledWindow:
    """One number behind a pooling, and what it was made of."""

    patch: Floats  # (size, size)
    winner: tuple[int, int] | None  # row and column, in the window, of the number that was kept; None: it is the mean

    @property
    def output(self) -> float:
        return float(self.patch.mean() if self.winner is None else self.patch[self.winner])


def patch_at(x: Floats, row: int, column: int, size: int, stride: int, padding: int = 0) -> Floats:
    """What lies in the window of output (row, column): (channels, size, size) of `x` (channels, height, width)."""
    frame = ((0, 0), (padding, padding), (padding, padding))
    framed = np.pad(x, frame) if padding else x
    top, left = row * stride, column * stride
    return framed[:, top : top + size, left : left + size].copy()


def convolution_sum(
    spec: Convolution, x: Floats, weights: Floats, bias: Floats, place: tuple[int, int, int]
) -> ConvolutionSum:
    """Output `place` (filter, row, column) of a convolution.

    `x` (channels, height, width); `weights` (filters, channels, size, size); `bias` (filters,).
    """
    which, row, column = place
    patch = patch_at(x, row, column, spec.size, spec.stride, spec.padding)
    return ConvolutionSum(patch, weights[which].copy(), float(bias[which]))


def pooled_window(spec: Pooling, x: Floats, place: tuple[int, int, int]) -> PooledWindow:
    """Output `place` (channel, row, column) of a pooling over `x` (channels, height, width)."""
    channel, row, column = place
    patch = patch_at(x, row, column, spec.size, spec.stride)[channel]
    if not isinstance(spec, MaxPooling):
        return PooledWindow(patch, None)
    winner = int(np.argmax(patch))  # of equal ones the first, as in `largest`
    return PooledWindow(patch, divmod(winner, spec.size))
