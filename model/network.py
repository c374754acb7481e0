"""A network: layers in order, one parameter vector, forward and backward.

    x -> layer 0 -> layer 1 -> ... -> y          values
    dL/dx <- layer 0 <- layer 1 <- ... <- dL/dy  gradients

`Network` knows shapes and holds the numbers that are learnt. A `Wiring` is the network at work on batches of one size:
its signals are made once and used again at every step.
"""

import math
from collections.abc import Sequence

import numpy as np

from model.arrays import Floats, Precision, Shape, Vector
from model.layers import Block, Layer, LayerSpec
from model.parameters import Layout
from model.random_streams import stream
from model.signal import Signal

MOST_ROWS = 1000  # evaluated in one go, ...
MOST_NUMBERS = 2**21  # ... or so many as have this many numbers in all signals: bounds the memory of an evaluation


class Wiring:
    """The layers of a network wired up for one batch size.

    signals[0] is the input, signals[i + 1] the output of layer i (the same object where a layer computes nothing).
    """

    def __init__(self, signals: Sequence[Signal], layers: Sequence[Layer | None], first_learning: int) -> None:
        self.signals = tuple(signals)
        self.layers = tuple(layers)
        self.first_learning = first_learning
        self.drawing = tuple((place, layer) for place, layer in enumerate(layers) if layer and layer.draws)
        self.remembers = tuple(layer.remember for layer in layers if layer and layer.remembers)
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
    """Layers in order and the vectors that hold their parameters, gradients and state.

    What is learnt without a gradient (running statistics) lies in `state`. `numbers` are parameters and state end to
    end: all that tells this network from another one of the same layers. `rows`: how many samples an evaluation takes
    in one go.
    """

    def __init__(self, specs: Sequence[LayerSpec], input_shape: Shape, precision: Precision = "float64") -> None:
        """Raises ShapeError where a layer cannot take the output of the one before it."""
        self.specs = tuple(specs)
        self.shapes: list[Shape] = [input_shape]  # shapes[i] goes into layer i
        for spec in self.specs:
            self.shapes.append(spec.output_shape(self.shapes[-1]))
        before = self.shapes[:-1]
        self.layout = Layout([s.parameter_shapes(shape) for s, shape in zip(self.specs, before, strict=True)])
        self.state_layout = Layout([s.state_shapes(shape) for s, shape in zip(self.specs, before, strict=True)])
        self.rows = max(1, min(MOST_ROWS, MOST_NUMBERS // sum(math.prod(shape) for shape in self.shapes)))
        self.numbers: Vector = np.zeros(self.layout.size + self.state_layout.size, precision)
        self.parameters: Vector = self.numbers[: self.layout.size]
        self.state: Vector = self.numbers[self.layout.size :]
        self.gradient: Vector = np.zeros(self.layout.size, precision)

    def initialize(self, seed: int) -> None:
        """Draw the initial parameters, set the initial state.

        Each layer has its own stream: adding a layer disturbs no other's weights.
        """
        for i, spec in enumerate(self.specs):
            random = stream(seed, f"weights of {getattr(spec, 'name', '') or f'layers[{i}]'}")
            for name, values in spec.initial(self.shapes[i], random):
                self.layout.view(self.parameters, i, name)[...] = values
            for name, values in spec.initial_state(self.shapes[i]):
                self.state_layout.view(self.state, i, name)[...] = values

    def wire(self, batch: int, *, learns: bool = True) -> Wiring:
        """The network at work on batches of `batch` samples.

        With `learns` its layers are in training mode; without, in evaluation mode, with no room for gradients.
        """
        gradient = self.gradient if learns else self.gradient[:0]
        pieces = zip(self.layout.blocks, self.state_layout.blocks, strict=True)
        blocks = [Block(self.parameters[a], gradient[a], self.state[b], learns) for a, b in pieces]
        signals = [Signal.of_size(batch, self.shapes[0], self.parameters.dtype, learns=False)]
        layers: list[Layer | None] = []
        for spec, shape, block in zip(self.specs, self.shapes[1:], blocks, strict=True):
            layer, signal = spec.wire(signals[-1], shape, block)
            layers.append(layer)
            signals.append(signal)
        return Wiring(signals, layers, min(self.layout.learning_layers, default=0))

    def outputs(self, inputs: Floats, *, of_layer: int | None = None) -> Floats:
        """The network's outputs (n, *shape) for inputs (n, *shape); or those of one layer, by its place."""
        which = len(self.specs) if of_layer is None else of_layer + 1
        result = np.empty((len(inputs), *self.shapes[which]), self.parameters.dtype)
        wirings: dict[int, Wiring] = {}
        with np.errstate(over="ignore", invalid="ignore"):  # a diverged network may be looked at
            for start in range(0, len(inputs), self.rows):
                rows = inputs[start : start + self.rows]
                if len(rows) not in wirings:
                    wirings[len(rows)] = self.wire(len(rows), learns=False)
                wiring = wirings[len(rows)]
                wiring.input.values[...] = rows
                wiring.forward()
                result[start : start + self.rows] = wiring.signals[which].values
        return result
