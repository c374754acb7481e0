"""A snapshot: what a picture may see of a run. Copies that nobody can write to, taken between two steps."""

from dataclasses import dataclass

import numpy as np

from model.arrays import Indices, Vector


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The run after `step` steps. Vectors have the layout of the network's parameters; `numbers` goes on behind them.

    A diverged run has gone back by one step, to the parameters of its last finite loss: gradient, batch and batch_loss
    are the ones met there, and the update is zero.
    """

    step: int
    epoch: int  # whole epochs done
    numbers: Vector  # the parameters and then the state: all that pictures need of the network
    gradient: Vector  # of the step just done, taken before its update; zeros at step 0
    update: Vector  # what the step just done added to the parameters
    batch: Indices  # the training samples of the step just done
    batch_loss: float | None  # None at step 0

    @property
    def parameters(self) -> Vector:
        return self.numbers[: len(self.gradient)]

    @property
    def state(self) -> Vector:
        """What the network learns without a gradient, such as running statistics."""
        return self.numbers[len(self.gradient) :]


def frozen_copy(vector: Vector) -> Vector:
    """A copy that raises ValueError when written to."""
    copy = vector.copy()
    copy.setflags(write=False)
    return copy


def no_samples() -> Indices:
    """The batch of step 0."""
    return np.empty(0, np.intp)
