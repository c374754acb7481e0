"""Mini-batches: the training samples, shuffled anew every epoch and dealt out in small groups.

The gradient of a mini-batch is a noisy estimate of the gradient over all samples, at a fraction of the cost. An
*epoch* is one pass: each sample is drawn exactly once. Where the batch size does not divide the number of samples, the
last batch is smaller; it is averaged over its own size.

The order of an epoch depends on the seed and the number of the epoch alone, so any step can be visited again without
remembering anything.
"""

import math

from model.arrays import Indices
from model.random_streams import Stream


class Batches:
    """The order in which samples are seen."""

    def __init__(self, samples: int, size: int, seed: int, begun: int = 0, first: int = 0) -> None:
        """Epoch `first` begins at step `begun`: a run that changes its batch size begins an epoch there."""
        self.samples, self.seed = samples, seed
        self.begun, self.first = begun, first
        self.size = min(size, samples)
        self.per_epoch = math.ceil(samples / self.size)
        self.last_size = samples - (self.per_epoch - 1) * self.size  # equal to `size` where it divides evenly
        self._stream = Stream(seed, "batches")
        self._epoch = -1
        self._dealt: list[Indices] = []

    def at(self, step: int) -> Indices:
        """The samples of the step with this number, counted from 0: (size,) or, at an epoch's end, (last_size,)."""
        epoch, place = divmod(step - self.begun, self.per_epoch)
        epoch += self.first
        if epoch != self._epoch:
            order = self._stream.at(epoch).permutation(self.samples)
            order.setflags(write=False)  # the batches are views of it, and leave the trainer in snapshots
            self._dealt = [order[i : i + self.size] for i in range(0, self.samples, self.size)]
            self._epoch = epoch
        return self._dealt[place]

    def epochs(self, steps: int) -> int:
        """Whole epochs done after `steps` steps."""
        return self.first + (steps - self.begun) // self.per_epoch

    def begins_epoch(self, steps: int) -> bool:
        """Whether an epoch begins after `steps` steps."""
        return (steps - self.begun) % self.per_epoch == 0

    def end_of_epoch(self, steps: int) -> int:
        """The next step at which an epoch ends."""
        return steps + self.per_epoch - (steps - self.begun) % self.per_epoch

    def resized(self, samples: int, size: int, steps: int) -> "Batches":
        """Batches of another size or of other samples from `steps` on: a begun epoch ends, the next one begins."""
        first = self.epochs(steps) + (not self.begins_epoch(steps))
        return Batches(samples, size, self.seed, steps, first)
