"""Samples of files, kept as long as they are likely to be asked for again: reading them takes seconds.

Large data is in memory once. When it has been split into parts the shuffled samples are what is kept, and whoever wants
them in their first order gets them sorted anew.
"""

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

import numpy as np

from model.arrays import Indices
from model.datasets.dataset import Own, Samples

MOST_SETS = 2  # kept: the one in use, and the one before it, which undo brings back
MOST_BYTES = 200_000_000  # of the one before


class RecentlyRead:
    """By the data set that says how to read them, which is compared by value. May be used from any thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[Own, tuple[Samples, Indices | None]] = OrderedDict()
        self._lock = Lock()

    def get(self, dataset: Own) -> Samples | None:
        """Its samples, where they are known."""
        with self._lock:
            if dataset not in self._known:
                return None
            self._known.move_to_end(dataset)
            samples, order = self._known[dataset]
        if order is None:
            return samples
        inputs, targets = np.empty_like(samples.inputs), np.empty_like(samples.targets)
        inputs[order], targets[order] = samples.inputs, samples.targets
        return replace(samples, inputs=inputs, targets=targets)

    def keep(self, dataset: Own, samples: Samples, order: Indices | None = None) -> None:
        """Remember them, and forget the oldest ones. `order`: which sample is the first here, which the second, ..."""
        with self._lock:
            self._known[dataset] = samples, order
            self._known.move_to_end(dataset)
            while len(self._known) > MOST_SETS or (len(self._known) > 1 and self._oldest_bytes() > MOST_BYTES):
                self._known.popitem(last=False)

    def forget(self) -> None:
        """Read everything anew."""
        with self._lock:
            self._known.clear()

    def _oldest_bytes(self) -> int:
        samples, _ = next(iter(self._known.values()))
        return samples.inputs.nbytes


RECENTLY_READ = RecentlyRead()
