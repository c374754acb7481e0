"""Pictures of a network: what its neurons, its output and its mistakes look like at one moment.

Everything here is a pure function of an experiment and the `numbers` of a snapshot: the parameters, and behind them the
state of a network that has one. Networks are looked at in evaluation mode. Nothing touches the network that is being
trained, so a picture may be computed while training goes on.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import Floats, Indices, Vector
from model.class_scores import confusion
from model.data import Part, Parts
from model.experiment import Experiment
from model.fitting import input_shape, last_activation
from model.layers import Affine, Convolution, Identity, LayerSpec
from model.network import Network, Wiring
from model.stages import Stage, stages
from model.targets import Encoding, encoding

LARGE = 1e6  # weights beyond it: a map is computed in the precision of the experiment
MOST_WIRINGS = 4  # kept for the sizes of picture that are in use
SAMPLES = 500  # of a part, for pictures made of samples: the first ones, always the same
MOST_NUMBERS = 2**21  # of one layer, for all samples that are looked at together: feature maps are large


@dataclass(frozen=True, eq=False)
class Confusion:
    """Which class was taken for which: counts[right, predicted], (classes, classes)."""

    counts: Indices
    accuracy: float


@dataclass(frozen=True, eq=False)
class Predictions:
    """What the network says about samples of a part. probabilities: (n, classes) for classes, None for values."""

    points: Floats  # (n, *shape), as the data set gives them
    targets: Floats | Indices  # (n,) classes or (n, 1) values
    outputs: Floats  # (n, outputs) of the network
    predicted: Indices | Floats  # (n,) classes or (n, 1) values
    probabilities: Floats | None


class Pictures:
    """The pictures of one experiment on its data. Used by one thread at a time: it computes on a network of its own."""

    def __init__(self, experiment: Experiment, parts: Parts) -> None:
        self.experiment, self.parts = experiment, parts
        layers = experiment.network.layers
        self.network = Network(layers, input_shape(experiment), experiment.precision)
        self.stages: tuple[Stage, ...] = stages(layers, self.network.shapes[0][0])
        self.regression = experiment.data.dataset.task == "regression"
        outputs = self.network.shapes[-1][0]
        coded = encoding(experiment.loss, last_activation(layers), outputs, regression=self.regression)
        assert coded is not None, "an Experiment is checked when it is made"
        self.encoding: Encoding = coded
        largest = max(math.prod(shape) for shape in self.network.shapes)
        self.samples = max(1, min(SAMPLES, MOST_NUMBERS // largest))  # training samples that are looked at together
        # A map ends as colours of 8 bits: 7 digits are plenty for it, and twice as fast as 16.
        self._rough = Network(layers, input_shape(experiment), "float32")
        self._wirings: dict[tuple[Network, int], Wiring] = {}
        self._grids: dict[int, Floats] = {}

    def activation(self, stage: int) -> LayerSpec:
        """The activation of a column; where none stands behind it the identity, or a pooling or Maxout itself."""
        layers, place = self.experiment.network.layers, self.stages[stage].activation
        if place is not None:
            return layers[place]
        first = layers[self.stages[stage].affine]
        return Identity() if isinstance(first, Affine | Convolution) else first

    def grid(self, resolution: int) -> Floats:
        """Points over the drawn plane: (resolution,) for one variable, else (resolution^2,), row by row from the top.

        Returns (n, variables). A point stands in the middle of its pixel. Raises ValueError where data has no plane.
        """
        plane = self.parts.plane
        if plane is None:
            raise ValueError("data of this shape has no plane to draw")
        shares = (np.arange(resolution) + 0.5) / resolution
        at = [low + shares * (high - low) for low, high in plane]
        if len(plane) == 1:
            return at[0][:, None]
        x1, x2 = np.meshgrid(at[0], at[1][::-1])
        return np.stack([x1.ravel(), x2.ravel()], axis=1)

    def input_maps(self, resolution: int) -> Floats:
        """Each input over the plane, (inputs, resolution, resolution): what the first neurons are given."""
        inputs = self.parts.to_inputs(self.grid(resolution))
        return inputs.T.reshape(-1, resolution, resolution)

    def unit_maps(self, numbers: Vector, resolution: int) -> list[Floats]:
        """The output of every neuron over the plane: per column (units, resolution, resolution)."""
        signals = self._maps(numbers, resolution)
        return [signals[stage.output].T.reshape(-1, resolution, resolution).copy() for stage in self.stages]

    def unit_curves(self, numbers: Vector, resolution: int) -> list[Floats]:
        """For data of one variable: the output of every neuron along the line, per column (units, resolution)."""
        signals = self._maps(numbers, resolution)
        return [signals[stage.output].T.copy() for stage in self.stages]

    def output_map(self, numbers: Vector, resolution: int) -> Floats:
        """What the network says over the plane.

        One output or a regression: (resolution, resolution) of values, in -1..1 for two classes.
        Several classes: (resolution, resolution, outputs) of probabilities or outputs.
        """
        outputs = self._maps(numbers, resolution)[-1]
        if outputs.shape[1] > 1:
            return self.experiment.loss.predict(outputs).reshape(resolution, resolution, -1)
        return self._signed(outputs)[:, 0].reshape(resolution, resolution).copy()

    def output_curve(self, numbers: Vector, resolution: int) -> tuple[Vector, Vector]:
        """For data of one variable: x (resolution,) and the network's value there."""
        outputs = self._maps(numbers, resolution)[-1]
        return self.grid(resolution)[:, 0], outputs[:, 0].copy()

    def predictions(self, numbers: Vector, part: Part, most: int = SAMPLES) -> Predictions:
        """What the network says about the first `most` samples of `part`."""
        return self.predictions_of(self.outputs(numbers, part.inputs[:most]), part)

    def predictions_of(self, outputs: Floats, part: Part) -> Predictions:
        """The same, of its outputs (n, outputs) for the first n samples."""
        most = len(outputs)
        targets = part.targets[:most]
        if self.regression:
            return Predictions(part.points[:most], targets, outputs, outputs, None)
        return Predictions(part.points[:most], targets, outputs, *self.answers(outputs))

    def answers(self, outputs: Floats) -> tuple[Indices, Floats]:
        """Of the network's outputs (n, outputs): the classes (n,) and the probability of each, (n, classes)."""
        return self.encoding.classes(outputs), self._shares(outputs)

    def confusion(self, numbers: Vector, part: Part, most: int = 10_000) -> Confusion:
        """How often each class (row) was taken for each class (column) in the first `most` samples of `part`."""
        return self.confusion_of(self.outputs(numbers, part.inputs[:most]), part)

    def confusion_of(self, outputs: Floats, part: Part) -> Confusion:
        """The same, of its outputs (n, outputs) for the first n samples."""
        classes = len(self.experiment.data.dataset.class_names)
        right = np.asarray(part.targets[: len(outputs)]).astype(np.intp)
        counts = confusion(right, np.asarray(self.encoding.classes(outputs), np.intp), classes)
        return Confusion(counts, float(np.trace(counts) / max(1, len(right))))

    def pre_activations(self, numbers: Vector, stage: int) -> Floats:
        """What arrives at the activation of a column, (samples, units), for the first training samples.

        Of images every pixel of a feature map is one more row.
        """
        signals = self._signals(numbers, self.parts.train.inputs[: self.samples])
        units = self.stages[stage].units
        return np.moveaxis(signals[self.stages[stage].bent], 1, -1).reshape(-1, units).copy()

    def activations(self, numbers: Vector, stage: int) -> Floats:
        """What leaves a column, (samples, units), for the first training samples; of a feature map its mean."""
        signals = self._signals(numbers, self.parts.train.inputs[: self.samples])
        return _one_a_unit(signals[self.stages[stage].output])

    def sample_outputs(self, numbers: Vector, sample: int) -> list[Vector]:
        """What leaves every column for one training sample, by its place: per column (units,); of a map its mean."""
        return [each.mean(axis=(1, 2)) for each in self.sample_maps(numbers, sample)]

    def sample_maps(self, numbers: Vector, sample: int) -> list[Floats]:
        """The feature maps of one training sample: per column (units, height, width), 1x1 where it has no image."""
        signals = self._signals(numbers, self.parts.train.inputs[sample][None])
        leaving = [signals[stage.output][0] for stage in self.stages]
        return [np.reshape(each, (*each.shape, 1, 1)[:3]).copy() for each in leaving]

    def signals(self, numbers: Vector, inputs: Floats) -> tuple[Floats, ...]:
        """All that flows through the network for `inputs` (n, *input_shape): the i-th goes into layer i."""
        return (inputs, *(each.copy() for each in self._signals(numbers, inputs)))

    def mean_output(self, numbers: Vector, stage: int, unit: int, inputs: Floats) -> float:
        """The mean of what leaves one neuron for `inputs` (n, *input_shape)."""
        np.copyto(self.network.numbers, numbers)
        outputs = self.network.outputs(inputs, of_layer=self.stages[stage].output)
        return float(outputs[:, unit].mean())

    @cached_property
    def initial_numbers(self) -> Vector:
        """The numbers before the first step, drawn anew from the recipe's seed."""
        self.network.initialize(self.experiment.weights.seed)
        return self.network.numbers.copy()

    @cached_property
    def value_limit(self) -> float:
        """For a regression: the largest target in absolute value, the end of the colour scale."""
        targets = self.parts.train.targets
        return float(max(1e-12, np.abs(targets).max())) if self.regression else 1.0

    def _seen(self, resolution: int) -> Floats:
        """The grid as the network sees it; the same at every picture."""
        if resolution not in self._grids:
            self._grids[resolution] = self.parts.to_inputs(self.grid(resolution))
        return self._grids[resolution]

    def _maps(self, numbers: Vector, resolution: int) -> list[Floats]:
        """The output of every layer over the grid; overwritten by the next picture.

        In float32, unless the weights are so large (a run that diverges) that their products would not fit.
        """
        network = self._rough if np.abs(numbers).max() < LARGE else self.network
        return self._run(network, numbers, self._seen(resolution))

    def _signals(self, numbers: Vector, inputs: Floats) -> list[Floats]:
        """The output of every layer, (n, *shape) each, for inputs (n, *input_shape); the next picture overwrites it."""
        return self._run(self.network, numbers, inputs)

    def _run(self, network: Network, numbers: Vector, inputs: Floats) -> list[Floats]:
        wiring = self._wired(network, len(inputs))
        with np.errstate(over="ignore", invalid="ignore"):  # a diverged network may be looked at
            np.copyto(network.numbers, numbers, casting="same_kind")
            wiring.input.values[...] = inputs
            wiring.forward()
        return [signal.values for signal in wiring.signals[1:]]

    def _wired(self, network: Network, n: int) -> Wiring:
        """The network for n samples. The same few sizes are asked for again and again, twenty times a second."""
        found = self._wirings.pop((network, n), None) or network.wire(n, learns=False)
        self._wirings[network, n] = found  # the last in the dictionary is the one used last
        if len(self._wirings) > MOST_WIRINGS:
            del self._wirings[next(iter(self._wirings))]
        return found

    def outputs(self, numbers: Vector, inputs: Floats) -> Floats:
        """What leaves the network for inputs (n, *input_shape): (n, outputs)."""
        if len(inputs) > self.network.rows:  # a whole part of the data: in pieces, in bounded memory
            np.copyto(self.network.numbers, numbers)
            return self.network.outputs(inputs)
        return self._signals(numbers, inputs)[-1].copy()

    def _signed(self, outputs: Floats) -> Floats:
        """One output as a side of zero: -1 for class 0, +1 for class 1. Values of a regression stay what they are."""
        if self.encoding.kind == "zero_one":
            return 2 * self.experiment.loss.predict(outputs) - 1
        return outputs

    def _shares(self, outputs: Floats) -> Floats:
        """Outputs as one number a class, (n, classes): probabilities, or what a mean squared error was taken of."""
        if outputs.shape[1] > 1:
            return self.experiment.loss.predict(outputs)
        second = (np.clip(self._signed(outputs), -1, 1) + 1) / 2
        return np.hstack([1 - second, second])


def _one_a_unit(values: Floats) -> Floats:
    """(n, units) of (n, units) or of feature maps (n, units, height, width), of which the mean is taken."""
    return values.reshape(*values.shape[:2], -1).mean(axis=2)
