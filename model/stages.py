"""The network as it is drawn: columns of neurons.

A column begins with a layer that has weights (affine, Maxout, convolution), or with a pooling. The activation behind it
belongs to it, what a person calls "a layer of 8 tanh units", and so do batch normalization and dropout. Of an image a
neuron is a whole channel: a filter and its feature map. Layers that only change the shape (Flatten) stand between two
columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from model.layers import Activation, BatchNorm, Dropout, LayerSpec, Softmax
from model.layers.pooling import Pooling


@dataclass(frozen=True)
class Stage:
    """One column: places in network.layers."""

    affine: int  # the layer that it begins with; a pooling has no weights
    activation: int | None  # None: nothing stands behind it that bends
    units: int
    also: tuple[int, ...] = ()  # batch normalization and dropout, in their order

    @property
    def output(self) -> int:
        """The layer whose output the neurons of this column show."""
        return max(self.affine, self.activation or 0, *self.also)

    @property
    def bent(self) -> int:
        """The layer whose output arrives at the activation; where there is none, the output of the column."""
        return self.output if self.activation is None else self.activation - 1


def stages(layers: Sequence[LayerSpec], channels: int = 1) -> tuple[Stage, ...]:
    """The columns of the diagram, from the first hidden layer to the output.

    `channels` of the images in the data: a pooling before any convolution has as many.
    """
    begins = [i for i, layer in enumerate(layers) if layer.weighted or isinstance(layer, Pooling)]
    found: list[Stage] = []
    for first, end in zip(begins, [*begins[1:], len(layers)], strict=True):
        activation, also = _behind(layers, first + 1, end)
        units = getattr(layers[first], "units", 0) or getattr(layers[first], "filters", 0) or channels
        channels = units
        found.append(Stage(first, activation, units, also))
    return tuple(found)


def _behind(layers: Sequence[LayerSpec], start: int, end: int) -> tuple[int | None, tuple[int, ...]]:
    """The activation and, around it, batch normalization and dropout; anything else ends the column."""
    activation, also = None, list[int]()
    for i in range(start, end):
        layer = layers[i]
        if isinstance(layer, BatchNorm | Dropout):
            also.append(i)
        elif isinstance(layer, Activation | Softmax) and activation is None:
            activation = i
        else:
            break
    return activation, tuple(also)
