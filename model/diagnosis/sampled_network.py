"""The network looked at on a few training samples: what arrives at its activations, and how long its steps might be.

A diagnosis must be cheap beside the training it looks at. So it looks at a bounded number of samples, always the same
ones, and a large network on fewer. The training samples stand in an order by chance, so the first are a fair sample.
"""

import math
from dataclasses import dataclass

import numpy as np

from model.arrays import Floats, Vector
from model.data import Parts
from model.diagnosis.chance import chance_level
from model.experiment import Experiment
from model.fitting import input_shape
from model.layers import Activation
from model.network import Network
from model.prepared_data import encoding_of
from model.saturation import Saturation, saturation
from model.stages import Stage, stages

MOST_SAMPLES = 500  # as many as the activation panel counts: both say the same
ENOUGH = 30  # fewer samples prove no unit dead: one that is active for every tenth sample sleeps through 30 in 4 % only
USUAL_NUMBERS = 2**18  # in all signals of the samples together ...
MOST_NUMBERS = 2**22  # ... and at the very most, where ENOUGH samples take more than usual
MOST_ROWS = 2**16  # pre-activations that are counted in one column: those of an image's pixels are thinned out


@dataclass(frozen=True)
class ActiveColumn:
    """A column with an activation function, and what was counted there."""

    column: int  # its place in `stages(layers)`
    columns: int  # of the network
    activation: Activation
    found: Saturation
    flattest: int  # the unit that is furthest from learning


class SampledNetwork:
    """The network of one experiment, on the first samples of its training part. Used by one thread at a time."""

    def __init__(self, experiment: Experiment, parts: Parts) -> None:
        self.layers = experiment.network.layers
        self.network = Network(self.layers, input_shape(experiment), experiment.precision)
        self.stages: tuple[Stage, ...] = stages(self.layers, self.network.shapes[0][0])
        numbers = sum(math.prod(shape) for shape in self.network.shapes)
        wanted = max(2 * ENOUGH, min(MOST_SAMPLES, USUAL_NUMBERS // numbers))
        inputs = parts.train.inputs[: max(1, min(wanted, MOST_NUMBERS // numbers))]
        targets = encoding_of(experiment, self.network).encode(parts.train.targets)
        self.samples = len(inputs)
        self.chance = chance_level(experiment.loss, targets)
        self._loss, self._targets = experiment.loss, targets[: self.samples]
        self._wiring = self.network.wire(self.samples, learns=False)
        self._wiring.input.values[...] = inputs

    @property
    def is_enough(self) -> bool:
        """Whether a unit that is silent for all samples may be called dead."""
        return self.samples >= ENOUGH

    def columns(self, numbers: Vector) -> list[ActiveColumn]:
        """What was counted in every column that has an activation function. `numbers`: of a snapshot."""
        self._forward(numbers)
        found: list[ActiveColumn] = []
        for column, stage in enumerate(self.stages):
            activation = self.layers[stage.activation] if stage.activation is not None else None
            if isinstance(activation, Activation):
                z = self._pre_activations(stage)
                counted = saturation(activation, z)
                found.append(ActiveColumn(column, len(self.stages), activation, counted, _flattest(activation, z)))
        return found

    def losses_along(self, numbers: Vector, update: Vector, factors: tuple[float, ...]) -> list[float]:
        """The mean loss of the samples where the last `update` had been `factor` times as long, for each factor.

        0: before the update. 1: where the run stands now.
        """
        losses: list[float] = []
        for factor in factors:
            moved = numbers.copy()
            with np.errstate(over="ignore", invalid="ignore"):
                moved[: len(update)] += (factor - 1) * update
                self._forward(moved)
                losses.append(float(self._loss.of_each(self._wiring.output.values, self._targets).mean()))
        return losses

    def _forward(self, numbers: Vector) -> None:
        with np.errstate(over="ignore", invalid="ignore"):  # a diverged network may be looked at
            np.copyto(self.network.numbers, numbers)
            self._wiring.forward()

    def _pre_activations(self, stage: Stage) -> Floats:
        """(samples, units); of images every pixel is a row, or every few."""
        z = self._wiring.signals[stage.bent + 1].values
        rows = np.moveaxis(z, 1, -1).reshape(-1, z.shape[1])
        return rows[:: max(1, rows.size // MOST_ROWS)] if z.ndim > 2 else rows


def _flattest(activation: Activation, z: Floats) -> int:
    """Of an activation that can die the unit that stays lowest, of any other the one that lies furthest out."""
    with np.errstate(invalid="ignore", over="ignore"):
        return int(np.argmin(z.max(axis=0)) if activation.can_die else np.argmax(np.abs(z).mean(axis=0)))
