"""The columns of the diagram: the inputs, the hidden layers, the output; and which of their neurons are drawn.

A wide layer is summarised: its first and last neurons and, between them, how many there are.
"""

import math
from dataclasses import dataclass
from functools import cached_property

from gui.selection import INPUTS, Unit
from model.experiment import Experiment
from model.fitting import input_shape
from model.initializers import Initializer
from model.layers import Affine, Identity, LayerSpec
from model.parameters import Layout
from model.stages import Stage, stages

MOST_SHOWN = 12  # neurons of a column; more are a hairball, however large the window


@dataclass(frozen=True)
class Column:
    """One column of neurons; `stage` is its place in the model's stages, or INPUTS."""

    stage: int
    units: int
    names: tuple[str, ...] = ()  # of the inputs; of the outputs, where each stands for a class
    image: tuple[int, int] | None = None  # (rows, columns): the inputs are the pixels of one picture
    activation: LayerSpec | None = None  # None for the inputs
    weights: Initializer | None = None
    is_output: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.stage != INPUTS and not self.is_output

    def rows(self, most: int) -> int:
        """How many places one above the other the column takes where `most` fit."""
        return 1 if self.image else min(self.units, most)

    def shown(self, most: int) -> tuple[int | None, ...]:
        """The neurons drawn, from top to bottom; None is the place of the dots. Empty for an image."""
        if self.image:
            return ()
        if self.units <= most:
            return tuple(range(self.units))
        first = most // 2
        last = most - first - 1
        return (*range(first), None, *range(self.units - last, self.units))


@dataclass(frozen=True, eq=False)
class Diagram:
    """What is drawn of an experiment. Holds no numbers of the run."""

    experiment: Experiment
    columns: tuple[Column, ...]  # the inputs first, the output last
    stages: tuple[Stage, ...]
    layout: Layout  # of the parameter vector

    def bias(self, unit: Unit) -> int | None:
        """The place of a neuron's bias in the parameter vector; None for an input."""
        return None if unit.stage == INPUTS else self._starts["bias"][unit.stage] + unit.index

    def weight(self, stage: int, source: int, target: int) -> int:
        """The place of the weight from neuron `source` of the column before to neuron `target` of column `stage`."""
        return self._starts["weights"][stage] + source * self.stages[stage].units + target

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where the weights (n_in, units) and the biases (units,) of each column begin."""
        begin = {(entry.layer, entry.name): entry.start for entry in self.layout.entries}
        return {name: [begin[stage.affine, name] for stage in self.stages] for name in ("weights", "bias")}


def diagram(experiment: Experiment) -> Diagram:
    """The diagram of a checked experiment."""
    layers, shape = experiment.network.layers, input_shape(experiment)
    found = stages(layers)
    sizes = []
    at = shape
    for layer in layers:
        sizes.append(layer.parameter_shapes(at))
        at = layer.output_shape(at)
    dataset = experiment.data.dataset
    names = tuple(experiment.data.features) if dataset.shape == (2,) else dataset.axis_names
    image = (shape[-2], shape[-1]) if len(shape) == 3 and shape[0] == 1 else None
    inputs = Column(INPUTS, math.prod(shape), names=names, image=image)
    columns = [inputs]
    for place, stage in enumerate(found):
        affine = layers[stage.affine]
        assert isinstance(affine, Affine), "a stage is named after its affine layer"
        activation = Identity() if stage.activation is None else layers[stage.activation]
        last = place == len(found) - 1
        classes = dataset.class_names if last and stage.units == len(dataset.class_names) else ()
        columns.append(Column(place, stage.units, classes, None, activation, affine.weights, last))
    return Diagram(experiment, tuple(columns), found, Layout(sizes))
