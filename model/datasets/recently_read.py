"""Samples of files, kept as long as they are likely to be asked for again: reading them takes seconds."""

from collections import OrderedDict
from threading import Lock

from model.datasets.dataset import Own, Samples

MOST_SETS = 2  # kept: the one in use, and the one before it, which undo brings back
MOST_BYTES = 200_000_000  # of the one before


class RecentlyRead:
    """By the data set that says how to read them, which is compared by value. May be used from any thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[Own, Samples] = OrderedDict()
        self._lock = Lock()

    def get(self, dataset: Own) -> Samples | None:
        """Its samples, where they are known."""
        with self._lock:
            found = self._known.get(dataset)
            if found is not None:
                self._known.move_to_end(dataset)
            return found

    def keep(self, dataset: Own, samples: Samples) -> None:
        """Remember them, and forget the oldest ones."""
        with self._lock:
            self._known[dataset] = samples
            self._known.move_to_end(dataset)
            while len(self._known) > MOST_SETS or (
                len(self._known) > 1 and next(iter(self._known.values())).inputs.nbytes > MOST_BYTES
            ):
                self._known.popitem(last=False)

    def forget(self) -> None:
        """Read everything anew."""
        with self._lock:
            self._known.clear()


RECENTLY_READ = RecentlyRead()
