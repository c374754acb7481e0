"""A network: layers in order, one parameter vector, forward and backward.

    x -> layer 0 -> layer 1 -> ... -> y          values
    dL/dx <- layer 0 <- layer 1 <- ... <- dL/dy  gradients

`Network` knows shapes and holds the numbers that are learnt. A `Wiring` is the network at work on batches of one size:
its signals are made once and used again at every step.
"""

from collections.abc import Sequence

import numpy as np

from model.arrays import Floats, Precision, Shape, Vector
from model.layers import Layer, LayerSpec
from model.parameters import Layout
from model.random_streams import stream
from model.signal import Signal

MOST_ROWS = 1000  # evaluated in one go; bounds the memory that a large evaluation takes


class Wiring:
    """The layers of a network wired up for one batch size.

    signals[0] is the input, signals[i + 1] the output of layer i (the same object where a layer computes nothing).
    """

    def __init__(self, signals: Sequence[Signal], layers: Sequence[Layer | None], first_learning: int) -> None:
        self.signals = tuple(signals)
        self.layers = tuple(layers)
        self.first_learning = first_learning
        self.drawing = tuple((place, layer) for place, layer in enumerate(layers) if layer and layer.draws)
        self.forwards = tuple(layer.forward for layer in layers if layer)
        # A layer before the first one that learns has nobody to hand a gradient to.
        learning = [layer for layer in layers[first_learning:] if layer]
        self.backwards = tuple(layer.backward for layer in reversed(learning))

    @property
    def input(self) -> Signal:
        return self.signals[0]

    @property
    def output(self) -> Signal:
        return self.signals[-1]

    def forward(self) -> None:
        """From input.values to output.values."""
        for forward in self.forwards:
            forward()

    def backward(self) -> None:
        """From output.gradient to the gradient of every parameter."""
        for backward in self.backwards:
            backward()


class Network:
    """Layers in order and the vectors that hold their parameters and gradients."""

    def __init__(self, specs: Sequence[LayerSpec], input_shape: Shape, precision: Precision = "float64") -> None:
        """Raises ShapeError where a layer cannot take the output of the one before it."""
        self.specs = tuple(specs)
        self.shapes: list[Shape] = [input_shape]  # shapes[i] goes into layer i
        for spec in self.specs:
            self.shapes.append(spec.output_shape(self.shapes[-1]))
        before = self.shapes[:-1]
        self.layout = Layout([s.parameter_shapes(shape) for s, shape in zip(self.specs, before, strict=True)])
        self.parameters: Vector = np.zeros(self.layout.size, precision)
        self.gradient: Vector = np.zeros(self.layout.size, precision)

    def initialize(self, seed: int) -> None:
        """Draw the initial parameters. Each layer has its own stream: adding a layer disturbs no other's weights."""
        for i, spec in enumerate(self.specs):
            random = stream(seed, f"weights of {getattr(spec, 'name', '') or f'layers[{i}]'}")
            for name, values in spec.initial(self.shapes[i], random):
                self.layout.view(self.parameters, i, name)[...] = values

    def wire(self, batch: int, *, learns: bool = True) -> Wiring:
        """The network at work on batches of `batch` samples. Without `learns` it has no room for gradients."""
        gradient = self.gradient if learns else self.gradient[:0]
        signals = [Signal.of_size(batch, self.shapes[0], self.parameters.dtype, learns=False)]
        layers: list[Layer | None] = []
        for spec, shape, block in zip(self.specs, self.shapes[1:], self.layout.blocks, strict=True):
            layer, signal = spec.wire(signals[-1], shape, self.parameters[block], gradient[block])
            layers.append(layer)
            signals.append(signal)
        return Wiring(signals, layers, min(self.layout.learning_layers, default=0))

    def outputs(self, inputs: Floats, *, of_layer: int | None = None) -> Floats:
        """The network's outputs (n, *shape) for inputs (n, *shape); or those of one layer, by its place."""
        which = len(self.specs) if of_layer is None else of_layer + 1
        result = np.empty((len(inputs), *self.shapes[which]), self.parameters.dtype)
        with np.errstate(over="ignore", invalid="ignore"):  # a diverged network may be looked at
            for start in range(0, len(inputs), MOST_ROWS):
                rows = inputs[start : start + MOST_ROWS]
                wiring = self.wire(len(rows), learns=False)
                wiring.input.values[...] = rows
                wiring.forward()
                result[start : start + MOST_ROWS] = wiring.signals[which].values
        return result
