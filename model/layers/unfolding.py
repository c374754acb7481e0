"""Unfolding an image, so that a convolution becomes a product of matrices.

A filter is moved over the image and sums up what it sees through its window. Written as a column, the pixels in one
window are what the filter is multiplied with; the columns of all places side by side are a matrix X, and X is what BLAS
wants ("im2col"). Its price is memory: a pixel stands in X in up to size^2 places. It need not:

    unfolded[h, c, j, q] = x[c, h, q stride + j]      for each row h of the image

is unfolded along its width only, and holds a pixel `size` times. For the outputs of row r the window covers the rows
r stride, ..., r stride + size - 1, and these lie one after the other in `unfolded`: together they *are* X for that row.
The X of two neighbouring rows overlap in memory, and nothing is copied for it.

    X[r] = unfolded[r stride : r stride + size]       read as (size * channels * size, columns)

**Back.** X[r] holds pixels, so a pixel is told by every place where it stands: dL/dx adds up what arrives at all of
them, first over the rows of the window (i), which overlap in `unfolded`, then over its columns (j).

    dL/dunfolded[r stride + i] += (W^T dL/dy[r])[i]      dL/dx[c, h, q stride + j] += dL/dunfolded[h, c, j, q]

**Memory.** The samples of a batch are unfolded some at a time, so many that all buffers of a layer together take at
most MOST_BYTES; one sample, where that is more already. Samples lie innermost in memory (see `signal`), so a row of X
is made of long unbroken pieces.

Source: K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document processing",
2006.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.arrays import Floats, Shape
from model.layers.window import every
from model.signal import Signal, samples_last

MOST_BYTES = 64 * 2**20  # that the buffers of one layer take


class Unfolding:
    """Some samples of a batch: views on the signals, and on the buffers that all pieces of the batch share.

    With n samples: x (channels, height, width, n) and, with zeros around it, framed; unfolded (height, channels, size,
    columns, n); windows, the X[r] of all rows, (rows, size * channels * size, columns * n); product (rows, filters,
    columns * n), room for W X or dL/dy; y and dy (rows, filters, columns, n).
    """

    def __init__(self, x: Signal, y: Signal, window: tuple[int, int, int], samples: slice, buffers: "Buffers") -> None:
        self.size, self.stride, self.padding = size, stride, frame = window
        self.x, y_values = samples_last(x.values)[..., samples], samples_last(y.values)[..., samples]
        channels, height, width, n = self.x.shape
        filters, self.rows, self.columns, _ = y_values.shape
        framed, places = (channels, height + 2 * frame, width + 2 * frame, n), self.columns * n
        self.inside = slice(None), slice(frame, frame + height), slice(frame, frame + width)
        self.framed = buffers.take("framed", framed) if frame else self.x
        self.unfolded = buffers.take("unfolded", (framed[1], channels, size, self.columns, n))
        c, h, w, s = self.framed.strides
        # unfolded[h, c, j, q] = x[c, h, q stride + j]: other steps through the same numbers
        self.source = as_strided(self.framed, self.unfolded.shape, (h, c, w, w * stride, s), writeable=False)
        row, item = self.unfolded.strides[0], self.unfolded.itemsize
        shape, steps = (self.rows, size * channels * size, places), (row * stride, places * item, item)
        self.windows = as_strided(self.unfolded, shape, steps, writeable=False)
        self.product = buffers.take("product", (self.rows, filters, places))
        self.y = y_values.transpose(1, 0, 2, 3)
        if y.learns:
            self.dy = samples_last(y.gradient)[..., samples].transpose(1, 0, 2, 3)
        if x.learns:
            self.dx = samples_last(x.gradient)[..., samples]
            self.d_framed = buffers.take("d framed", framed) if frame else self.dx
            self.d_unfolded = buffers.take("d unfolded", self.unfolded.shape)
            self.d_row = buffers.take("d row", (self.rows, channels * size, places))

    def unfold(self) -> None:
        """Write `windows` from x."""
        if self.padding:
            self.framed.fill(0)
            np.copyto(self.framed[self.inside], self.x)
        np.copyto(self.unfolded, self.source)

    def fold(self, filters: Floats) -> None:
        """Write dL/dx from dL/dy, which lies in `product`. filters: W as (filters, size, channels, size)."""
        self.d_unfolded.fill(0)
        for i in range(self.size):
            of_row = filters[:, i].reshape(len(filters), -1).T  # W^T for one row of the window
            np.matmul(of_row, self.product, out=self.d_row)
            target = self.d_unfolded[every(i, self.rows, self.stride)]
            np.add(target, self.d_row.reshape(target.shape), out=target)
        self.d_framed.fill(0)
        for j in range(self.size):
            target = self.d_framed[:, :, every(j, self.columns, self.stride)]
            np.add(target, self.d_unfolded[:, :, j].transpose(1, 0, 2, 3), out=target)
        if self.padding:
            np.copyto(self.dx, self.d_framed[self.inside])


class Buffers:
    """The memory in which one piece of the batch after the other is worked on."""

    def __init__(self, like: Floats) -> None:
        """`like`: an array of the kind of numbers."""
        self._dtype = like.dtype
        self._made: dict[str, Floats] = {}

    def take(self, name: str, shape: Shape) -> Floats:
        """An array of this shape in the memory of this name; the first one that is asked for is the largest."""
        size = math.prod(shape)
        if name not in self._made:
            self._made[name] = np.zeros(size, self._dtype)
        return self._made[name][:size].reshape(shape)


def unfoldings(x: Signal, y: Signal, size: int, stride: int, padding: int) -> tuple[Unfolding, ...]:
    """The batch in pieces of so many samples as fit into MOST_BYTES, at least one."""
    batch, channels, height, width = x.values.shape
    framed = channels * (height + 2 * padding) * (width + 2 * padding) if padding else 0
    unfolded = channels * (height + 2 * padding) * size * y.values.shape[3]
    numbers = framed + unfolded + math.prod(y.values.shape[1:])
    if x.learns:
        numbers += framed + 2 * unfolded
    most = max(1, MOST_BYTES // (numbers * x.values.itemsize))
    buffers, window = Buffers(x.values), (size, stride, padding)
    pieces = (slice(first, min(first + most, batch)) for first in range(0, batch, most))
    return tuple(Unfolding(x, y, window, samples, buffers) for samples in pieces)
