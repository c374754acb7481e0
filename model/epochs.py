"""Which epoch a step belongs to, in a run whose batches change on the way.

As long as nothing is changed an epoch has the same number of steps, and step s lies in epoch s // steps per epoch.
Another batch size, or other training samples, make epochs of another length: from there on counts another *stretch*,
which begins with a whole epoch (see `Batches.resized`). Like everything of a run this follows from its recipe.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from model.batches import Batches
from model.data import Data, load
from model.experiment import Experiment
from model.interventions import AnyIntervention, ChangeBatchSize, ChangeData, in_force


class Epochs:
    """The epochs of one branch."""

    def __init__(self, stretches: Sequence[Batches]) -> None:
        """`stretches`: the order of the batches from step `begun` of each on, by rising step; not empty."""
        self.stretches = tuple(stretches)

    @classmethod
    def of(cls, experiment: Experiment, interventions: Iterable[AnyIntervention] = ()) -> "Epochs":
        """The epochs of the run that begins as `experiment` and is changed by `interventions`, by rising step."""
        batches = experiment.batches
        found = [Batches(training_samples(experiment.data), batches.size, batches.seed)]
        for each in interventions:
            if isinstance(each, ChangeBatchSize | ChangeData):
                experiment = in_force(experiment, [each])
                samples, size = training_samples(experiment.data), experiment.batches.size
                found.append(found[-1].resized(samples, size, each.step))
        return cls(found)

    def done(self, step: int) -> int:
        """Whole epochs done after `step` steps. One that a change of the batches cut short counts as done."""
        place = bisect_right(self.stretches, step, key=lambda each: each.begun)
        return self.stretches[max(0, place - 1)].epochs(step)


@lru_cache(maxsize=1024)
def training_samples(data: Data) -> int:
    """How many samples of `data` are for training."""
    return len(load(data).train.inputs)
