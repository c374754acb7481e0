"""Data loaded lately by a run on its way back and forth: a slider of the noise leaves hundreds of data sets."""

from collections import OrderedDict

from model.data import Data, Parts, load

MOST_BYTES = 16 * 2**20


class RecentParts:
    """Loaded data, most lately asked for last, in bounded memory."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        """`most`: bytes that all of them may take; the one asked for last stays even where it is more."""
        self._most = most
        self._known: OrderedDict[Data, Parts] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._known)

    def load(self, data: Data) -> Parts:
        """As `model.data.load`, and raises what it raises."""
        found = self._known.get(data)
        if found is not None:
            self._known.move_to_end(data)
            return found
        found = self._known[data] = load(data)
        self.bytes += size(found)
        while self.bytes > self._most and len(self._known) > 1:
            self.bytes -= size(self._known.popitem(last=False)[1])
        return found


def size(parts: Parts) -> int:
    """Bytes of its arrays."""
    return sum(
        each.points.nbytes + each.inputs.nbytes + each.targets.nbytes
        for each in (parts.train, parts.validation, parts.test)
    )
