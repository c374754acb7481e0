"""The columns of the diagram: the inputs, the hidden layers, the output; and which of their neurons are drawn.

A wide layer is summarised: its first and last neurons and, between them, how many there are.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gui.selection import INPUTS, Unit
from model.arrays import Indices
from model.experiment import Experiment
from model.fitting import input_shape
from model.initializers import Initializer
from model.layers import Affine, Convolution, Identity, LayerSpec
from model.parameters import Entry, Layout
from model.stages import Stage, stages

MOST_SHOWN = 12  # neurons of a column; more are a hairball, however large the window


@dataclass(frozen=True)
class Column:
    """One column of neurons; `stage` is its place in the model's stages, or INPUTS."""

    stage: int
    units: int
    names: tuple[str, ...] = ()  # of the inputs; of the outputs, where each stands for a class
    image: tuple[int, int] | None = None  # (rows, columns): the inputs are the pixels of one picture
    activation: LayerSpec | None = None  # None for the inputs, and where there is none to be chosen
    weights: Initializer | None = None  # None for the inputs, and for a pooling
    is_output: bool = False
    also: tuple[LayerSpec, ...] = ()  # what else it is made of, in the order in which it computes
    may_grow: bool = True  # its number of units can be chosen

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
        """The place of a neuron's bias in the parameter vector; None where it has none, or more than one."""
        entry = None if unit.stage == INPUTS else self._entries["bias"][unit.stage]
        return entry.start + unit.index if entry and len(entry.shape) == 1 else None

    def weight(self, stage: int, source: int, target: int) -> int | None:
        """The place of the one weight between two neurons; None where there are more, or none."""
        places = self.weights(stage, source, target)
        return int(places[0]) if len(places) == 1 else None

    def weights(self, stage: int, source: int, target: int) -> Indices:
        """The places of all weights from neuron `source` of the column before to neuron `target` of column `stage`.

        One, between two rows of neurons. Where a neuron is a channel, or a unit has several pieces, there are more. A
        pooling has none.
        """
        entry = self._entries["weights"][stage]
        if entry is None:
            return np.zeros(0, np.intp)
        if isinstance(self.experiment.network.layers[entry.layer], Convolution):
            _, channels, *kernel = entry.shape
            area = math.prod(kernel)
            first = entry.start + (target * channels + source) * area
            return np.arange(first, first + area)
        *before, units = entry.shape  # inputs, and pieces of a Maxout
        rows = math.prod(before) // self.columns[stage].units  # what comes out of one neuron lies together
        return entry.start + (source * rows + np.arange(rows)) * units + target

    @cached_property
    def _entries(self) -> dict[str, list[Entry | None]]:
        """Where the weights and the biases of each column lie; None where it has none."""
        found = {(entry.layer, entry.name): entry for entry in self.layout.entries}
        return {name: [found.get((stage.affine, name)) for stage in self.stages] for name in ("weights", "bias")}


def diagram(experiment: Experiment) -> Diagram:
    """The diagram of a checked experiment."""
    layers, shape = experiment.network.layers, input_shape(experiment)
    found = stages(layers, shape[0])
    sizes = []
    at = shape
    for layer in layers:
        sizes.append(layer.parameter_shapes(at))
        at = layer.output_shape(at)
    dataset = experiment.data.dataset
    image = (shape[-2], shape[-1]) if len(shape) == 3 and shape[0] == 1 else None
    inputs = Column(INPUTS, math.prod(shape), names=experiment.data.input_names, image=image)
    columns = [inputs]
    for place, stage in enumerate(found):
        first, last = layers[stage.affine], place == len(found) - 1
        # A pooling and a Maxout bend already: where nothing stands behind them nothing is offered.
        none = Identity() if isinstance(first, Affine | Convolution) else None
        classes = dataset.class_names if last and stage.units == len(dataset.class_names) else ()
        columns.append(
            Column(
                place,
                stage.units,
                classes,
                activation=none if stage.activation is None else layers[stage.activation],
                weights=getattr(first, "weights", None),
                is_output=last,
                also=(*(() if isinstance(first, Affine) else (first,)), *(layers[at] for at in stage.also)),
                may_grow=first.weighted,
            )
        )
    return Diagram(experiment, tuple(columns), found, Layout(sizes))
