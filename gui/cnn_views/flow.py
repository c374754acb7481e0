"""One image on its way through the network, and one number of it looked at closely."""

from dataclasses import dataclass

import numpy as np

from gui.cnn_views.run_images import RunImages
from model.arrays import Floats, Vector
from model.layers import Convolution, LayerSpec
from model.layers.pooling import Pooling
from model.one_window import ConvolutionSum, PooledWindow, convolution_sum, pooled_window
from model.parameters import Layout
from model.receptive_field import Field, receptive_fields


@dataclass(frozen=True, eq=False)
class Flow:
    """All that flows through the network for one image: the i-th signal goes into layer i."""

    image: Floats  # (channels, height, width), as the data set gives it
    signals: tuple[Floats, ...]  # without the batch axis
    probabilities: Vector
    predicted: int
    right: int | None  # None: drawn by hand, nobody says
    numbers: Vector  # of the network

    @property
    def standardized(self) -> bool:
        """Whether the network sees other numbers than the image's."""
        return not np.array_equal(self.image, self.signals[0])


def flow_of(images: RunImages, numbers: Vector, point: Floats, right: int | None) -> Flow:
    """Send one image (channels, height, width) through the network. In the picture thread."""
    pictures = images.pictures
    signals = pictures.signals(numbers, images.run.parts.to_inputs(point[None]))
    said = pictures.answers(signals[-1])
    return Flow(point, tuple(each[0] for each in signals), said[1][0], int(said[0][0]), right, numbers)


@dataclass(frozen=True)
class Output:
    """A number behind a layer: `place` of the signal (1: behind layer 0), channel, row and column."""

    place: int
    channel: int
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Closely:
    """Where a number comes from."""

    output: Output
    layer: LayerSpec | None  # that computed it; None: it is a number of the input
    value: float
    fields: tuple[Field, ...]  # what it has seen of each signal, from the input to itself
    window: ConvolutionSum | PooledWindow | None  # None: of a layer without a window


def closely(flow: Flow, layers: tuple[LayerSpec, ...], layout: Layout, output: Output) -> Closely:
    """Take one number of the flow apart."""
    place, where = output.place, (output.channel, output.row, output.column)
    signal = as_maps(flow.signals[place])
    pixel = Field.pixel(output.row, output.column)
    if place == 0:
        return Closely(output, None, float(signal[where]), (pixel,), None)
    shapes = [each.shape for each in flow.signals]
    fields = tuple(receptive_fields(layers, shapes, place - 1, pixel))
    layer, x = layers[place - 1], flow.signals[place - 1]
    window: ConvolutionSum | PooledWindow | None = None
    if isinstance(layer, Convolution):
        weights, bias = (layout.view(flow.numbers, place - 1, name) for name in ("weights", "bias"))
        window = convolution_sum(layer, x, weights, bias, where)
    elif isinstance(layer, Pooling):
        window = pooled_window(layer, x, where)
    return Closely(output, layer, float(signal[where]), fields, window)


def as_maps(signal: Floats) -> Floats:
    """(channels, rows, columns): of numbers in a row (n,) one map with one row."""
    return signal if signal.ndim == 3 else signal.reshape(1, 1, -1)
