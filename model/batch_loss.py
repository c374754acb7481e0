"""The loss of one fixed batch as a function of the parameters, L(w), and its gradient by backpropagation.

Training never stands still: every step takes other samples and other weights. To look closely at one gradient, the
batch is held fixed here, and with it all dice that layers throw. What is left is an ordinary function of the parameter
vector, which can be asked for its value at any w. It has a network of its own, in float64 whatever the experiment says:
where training goes on meanwhile is not disturbed. That network is in training mode, as the gradient is: batch
normalization takes the statistics of this batch. Its running statistics are not asked for and do not move.
"""

import numpy as np
from numpy.typing import NDArray

from model.arrays import Indices, Vector
from model.data import Parts
from model.experiment import Experiment
from model.fitting import input_shape
from model.layers import ELU, Layer, LeakyReLU, ReLU
from model.layers.batch_norm import BatchNormLayer
from model.layers.largest import LargestLayer
from model.network import Network
from model.prepared_data import encoding_of
from model.step_wiring import StepWiring

# Activations that are put together from two pieces at 0. An ELU has no kink there with alpha = 1, but its slope has.
PIECEWISE = (ReLU, LeakyReLU, ELU)

Sides = NDArray[np.uint8]


class BatchLoss:
    """L(w), the mean loss over one batch of training samples. Write to `parameters` to move to another w."""

    def __init__(self, experiment: Experiment, parts: Parts, parameters: Vector, batch: Indices, step: int = 0) -> None:
        """`parameters` (size,): where to begin, copied. `batch`: which training samples. `step`: whose dice are thrown.

        Raises IndexError where `batch` names a sample that is not there, ValueError where it is empty.
        """
        if not len(batch):
            raise ValueError("a batch needs at least one sample")
        self.network = Network(experiment.network.layers, input_shape(experiment), "float64")
        self.parameters, self.layout = self.network.parameters, self.network.layout
        self.parameters[:] = parameters
        self.samples = len(batch)
        self._at_work = StepWiring(self.network, experiment, self.samples)
        self.wiring = self._at_work.wiring
        train, encoding = parts.train, encoding_of(experiment, self.network)
        self.wiring.input.values[...] = train.inputs[batch]
        self._at_work.target_rows[...] = encoding.encode(train.targets[batch]).T
        for draw, stream in self._at_work.dice:
            draw(stream.at(step))
        self._piecewise: list[Layer] = [
            layer
            for spec, layer in zip(self.network.specs, self.wiring.layers, strict=True)
            if layer and isinstance(spec, PIECEWISE)
        ]
        self._largest = [layer for layer in self.wiring.layers if isinstance(layer, LargestLayer)]

    @property
    def targets(self) -> NDArray[np.floating]:
        """What the outputs are compared with: (samples, outputs)."""
        return self._at_work.loss.t

    def value(self) -> float:
        """L at the parameters as they are: one forward pass."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # an infinite loss is an answer
            self.wiring.forward()
            return self._at_work.loss.forward()

    def gradient(self) -> Vector:
        """dL/dw (size,) by backpropagation; the network's own vector, overwritten by the next call."""
        self.value()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            self._at_work.loss.backward()
            self.wiring.backward()
        return self.network.gradient

    def enlarged(self) -> float:
        """After `value`: the size of the largest number that batch normalization took the mean away from, enlarged as
        what is left of it is; 0 where there is no such layer."""
        layers = [layer for layer in self.wiring.layers if isinstance(layer, BatchNormLayer)]
        return max((layer.enlarged() for layer in layers), default=0.0)

    def sides(self) -> Sides:
        """After `value`: on which piece of its function every number is that has kinks.

        Of a piecewise activation, for each of its inputs whether it is above 0; of a layer that takes the largest of
        several numbers (Maxout, max pooling), for each of its outputs which of them it was.
        """
        above = [(layer.x.values.ravel() > 0).view(np.uint8) for layer in self._piecewise]
        return np.concatenate([np.zeros(0, np.uint8), *above, *(layer.won.ravel() for layer in self._largest)])
