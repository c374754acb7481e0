"""The receptive field: which pixels of the image one number of a feature map has seen.

An output of a window layer (convolution, pooling; see `layers.window`) sees size x size pixels of the layer's input.
Each of these saw a window of the layer before, and so on back to the image. Along one axis, the outputs a ... b see

    first = a stride - padding        last = b stride - padding + size - 1

of the input: output a begins its window at the first, output b ends its own at the last. What lies in the frame of
zeros is no pixel, so both ends are cut off at the border *before* the next step back: a zero of the frame was computed
from nothing. Layers that work on each number for itself (activation functions, batch normalization, dropout) change
nothing; behind an affine layer every number has seen everything.

**Growth.** Let r be the field's side in pixels of the image, and j the *jump*: how many pixels of the image apart two
neighbouring outputs look. Both begin at 1. A window of `size` spans size - 1 jumps more, a stride multiplies the jump:

    r <- r + (size - 1) j        j <- j stride

Two convolutions of 3 x 3 see 5 x 5, as one of 5 x 5 does, with fewer weights; a pooling of 2 doubles what every later
window adds. At the border of the image the field is smaller by what lies outside.

Where a stride is larger than its window there are pixels that nobody sees, also inside of a field: it is then the
smallest rectangle around the pixels seen.

Sources: V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning" (arXiv:1603.07285, 2016);
A. Araujo, W. Norris, J. Sim, "Computing receptive fields of convolutional neural networks", Distill, 2019.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from model.arrays import Shape
from model.layers import Activation, BatchNorm, Convolution, Dropout, LayerSpec
from model.layers.pooling import Pooling


@dataclass(frozen=True)
class Window:
    """What of a layer decides where it looks, px."""

    size: int = 1
    stride: int = 1
    padding: int = 0


@dataclass(frozen=True)
class Field:
    """A rectangle of pixels."""

    rows: range
    columns: range

    @staticmethod
    def pixel(row: int, column: int) -> "Field":
        """One pixel."""
        return Field(range(row, row + 1), range(column, column + 1))

    @staticmethod
    def whole(shape: Shape) -> "Field":
        """All pixels of samples (channels, height, width); of numbers in a row (n,) all of them, in one row."""
        _, height, width = shape if len(shape) == 3 else (1, 1, shape[0])
        return Field(range(height), range(width))


def window_of(layer: LayerSpec) -> Window | None:
    """The window that a layer moves over its input; None where every output sees all of it."""
    if isinstance(layer, Convolution):
        return Window(layer.size, layer.stride, layer.padding)
    if isinstance(layer, Pooling):
        return Window(layer.size, layer.stride)
    return Window() if isinstance(layer, Activation | BatchNorm | Dropout) else None


def seen_by(field: Field, layer: LayerSpec, input_shape: Shape) -> Field:
    """What of a layer's input (channels, height, width) the outputs in `field` see."""
    window, whole = window_of(layer), Field.whole(input_shape)
    if window is None:
        return whole
    return Field(_before(field.rows, window, len(whole.rows)), _before(field.columns, window, len(whole.columns)))


def _before(outputs: range, window: Window, pixels: int) -> range:
    """Along one axis: which of so many `pixels` the `outputs` see."""
    first = outputs[0] * window.stride - window.padding
    last = outputs[-1] * window.stride - window.padding + window.size - 1
    return range(max(first, 0), min(last, pixels - 1) + 1)


def receptive_fields(layers: Sequence[LayerSpec], shapes: Sequence[Shape], place: int, output: Field) -> list[Field]:
    """What `output` of layer `place` has seen of the image, of the output of layer 0, ..., up to itself.

    `shapes[i]` goes into layer i. The result has place + 2 fields: the i-th lies in what goes into layer i.
    """
    fields = [output]
    for i in range(place, -1, -1):
        fields.insert(0, seen_by(fields[0], layers[i], shapes[i]))
    return fields


def growth(layers: Sequence[LayerSpec]) -> tuple[int, int] | None:
    """Side and jump of the receptive field behind these layers, px of the image, far from its border.

    None behind a layer that sees everything.
    """
    side, jump = 1, 1
    for layer in layers:
        window = window_of(layer)
        if window is None:
            return None
        side, jump = side + (window.size - 1) * jump, jump * window.stride
    return side, jump
