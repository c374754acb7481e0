"""A window that is moved over an image: what convolution and pooling share.

A window of size x size pixels starts in the upper left corner and is moved to the right and down by `stride` pixels.
Around the image there may be a frame of `padding` zeros. In n pixels with the frame on both sides there is room for

    positions = floor((n + 2 padding - size) / stride) + 1

pixels that are left over at the right and at the bottom are not seen. The pixel in row i, column j of *all* windows at
once is a slice of the image: every stride-th row from i on, every stride-th column from j on.

    rows i, i + stride, i + 2 stride, ...   columns j, j + stride, j + 2 stride, ...
"""

from collections.abc import Iterator

from model.arrays import Floats, Shape
from model.layers.layer import ShapeError
from model.message import QT_TRANSLATE_NOOP, Message

LARGEST = 16  # pixels, of a window's side


def positions(input_shape: Shape, size: int, stride: int, padding: int = 0) -> tuple[int, int]:
    """In how many places the window lies, one below the other and side by side.

    Raises ShapeError where a sample is no image (channels, height, width), or the window does not fit into it.
    """
    if len(input_shape) != 3:
        source = QT_TRANSLATE_NOOP(
            "model", 'this layer takes images, not a row of {numbers:,} numbers; put it before the "flatten" layer'
        )
        raise ShapeError(Message(source, {"numbers": input_shape[0]}))
    _, height, width = input_shape
    values: dict[str, object] = {"size": size, "height": height, "width": width, "padding": padding}
    if padding >= size:
        source = QT_TRANSLATE_NOOP(
            "model", "a padding of {padding} puts a window of {size}x{size} beside the image; at most {most} is allowed"
        )
        raise ShapeError(Message(source, values | {"most": size - 1}))
    if size > min(height, width) + 2 * padding:
        source = QT_TRANSLATE_NOOP(
            "model",
            "a window of {size}x{size} does not fit into an image of {height}x{width} with a padding of {padding}; "
            "take a smaller one",
        )
        raise ShapeError(Message(source, values))
    return (height + 2 * padding - size) // stride + 1, (width + 2 * padding - size) // stride + 1


def every(first: int, count: int, stride: int) -> slice:
    """`count` places from `first` on, `stride` apart."""
    return slice(first, first + stride * (count - 1) + 1, stride)


def pixels(image: Floats, size: int, stride: int, rows: int, columns: int) -> Iterator[Floats]:
    """For each pixel of the window, row by row, its values in all windows: (channels, rows, columns, batch), a view.

    `image` (channels, height, width, batch).
    """
    for i in range(size):
        for j in range(size):
            yield image[:, every(i, rows, stride), every(j, columns, stride)]
