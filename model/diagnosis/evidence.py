"""What a diagnosis is made from: all that is known of a run at one step, and how its noise is dealt with.

A mini-batch is a sample of the data, and so its loss and its gradient are noisy: single steps say little. Everything
here is taken over a window of steps, and as a median, which a few wild batches do not move.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import Vector
from model.data import Parts
from model.diagnosis.sampled_network import SampledNetwork
from model.divergence import Diverged
from model.experiment import Experiment
from model.record import Evaluation, Record
from model.snapshot import Snapshot

WINDOW = 50  # steps that medians are taken over
LEAST = 20  # steps before which medians say nothing yet
MUCH = 0.5  # of the chance level: above it there is still much to learn
LATELY, MOST_LATELY = 0.1, 4096  # the share of the run, and the most steps, in which a network shows what it has learnt


@dataclass(frozen=True, eq=False)
class Evidence:
    """A run after `snapshot.step` steps. What its record holds of later steps (a run that was rewound) is not used."""

    experiment: Experiment  # in force now
    parts: Parts
    record: Record
    snapshot: Snapshot
    sampled: SampledNetwork
    diverged: Diverged | None = None

    @property
    def steps(self) -> int:
        """How many steps have a loss. A diverged run has gone back by one step, whose loss is known."""
        return self.record.steps if self.diverged else self.snapshot.step

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        """Up to now."""
        return [each for each in list(self.record.evaluations) if each.step <= self.steps]

    @property
    def loss_at_start(self) -> float:
        """Of the whole training part, with the initial weights."""
        return self.evaluations[0].train_loss

    @cached_property
    def recent_losses(self) -> Vector:
        """The mini-batch losses of the last steps, at most WINDOW."""
        return self.record.losses(max(0, self.steps - WINDOW), self.steps)

    @cached_property
    def recent_norms(self) -> Vector:
        """The median norm of each learning layer's gradient over the last steps, (layers,)."""
        norms = self.record.gradient_norms(max(0, self.steps - WINDOW), self.steps)
        return np.median(norms, axis=0)

    @cached_property
    def loss(self) -> float:
        """Where the training loss is now, free of most of the noise."""
        return float(np.median(self.recent_losses)) if self.steps else self.loss_at_start

    @cached_property
    def much_to_learn(self) -> bool:
        """The loss is nearer to that of guessing than to zero. A network that has learnt is not asked how fast it does.

        Its gradients may be small, its units saturated, its loss at rest: that is what being done looks like. The
        median is that of the last tenth of the run: a network that has learnt may lose its way for some steps.
        """
        steps = min(MOST_LATELY, max(WINDOW, int(LATELY * self.steps)))
        lately = self.record.losses(max(0, self.steps - steps), self.steps)
        loss = float(np.median(lately)) if self.steps else self.loss_at_start
        return loss > MUCH * self.sampled.chance
