"""What the next step of a run works on: the weights of the moment and the batch that comes next.

Enough to look closely at one step without taking it, while the trainer goes on (see `batch_loss`).
"""

from dataclasses import dataclass

from model.arrays import Indices, Vector
from model.batch_loss import BatchLoss
from model.data import Parts
from model.experiment import Experiment
from model.snapshot import frozen_copy
from model.trainer import Trainer


@dataclass(frozen=True, eq=False)
class NextStep:
    """A copy of all that the step needs."""

    experiment: Experiment
    parts: Parts
    parameters: Vector  # before it; nobody can write to them
    step: int  # how many were done before
    batch: Indices  # the training samples that it takes

    def loss(self) -> BatchLoss:
        """The loss of this batch as a function of the parameters, standing at those of the moment."""
        return BatchLoss(self.experiment, self.parts, self.parameters, self.batch, self.step)


def next_step(trainer: Trainer) -> NextStep:
    """What `trainer` would do next; of a run that has diverged, the step at which it did."""
    parameters = frozen_copy(trainer.network.parameters)
    return NextStep(trainer.experiment, trainer.parts, parameters, trainer.steps, trainer.batches.at(trainer.steps))
