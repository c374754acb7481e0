"""Long curves, thinned to what a screen can show.

A run of a million steps has a million losses, and a screen has a thousand columns of pixels. Drawing every thousandth
point would lose the spikes, drawing means would flatten them. What a column of pixels really shows of a thousand
points is the line from the lowest to the highest; so of every *block* of neighbours these two are kept, where they
are, and the picture is the same as if all had been drawn.

The number of blocks is bounded. When all are full, every two neighbours become one: the lower of the two lowest, the
higher of the two highest. From then on a block holds twice as many points. Each new point is looked at once, and a
curve costs the same however long it has become. The data behind it stay whole; only the picture is thinned.
"""

from typing import Protocol

import numpy as np

from model.arrays import Floats

CHUNK = 16_384  # points taken in at once: what lies in the processor's cache is faster

LOW, LOW_AT, HIGH, HIGH_AT = range(4)  # what is kept of a block: lowest value and its x, highest value and its x


class Thinned:
    """Several curves over one rising x, kept as the extremes of at most `most` blocks."""

    def __init__(self, curves: int, most: int = 512) -> None:
        """`most` is even. Raises ValueError where it is not."""
        if most < 2 or most % 2:
            raise ValueError(f"blocks are joined in pairs: {most} is not an even number above zero")
        self.length = 0  # points taken in
        self.block = 1  # points in a block
        self._most = most
        self._kept = np.empty((4, curves, most))
        self._last = np.full((2, curves), np.nan)  # x and y of the last point

    def extend(self, x: Floats, y: Floats) -> None:
        """Take in further points: x (n,) rising, y (n, curves). What is not finite will be a gap."""
        if not len(x):
            return
        while self.length + len(x) > self._most * self.block:
            self._join_pairs()
        for start in range(0, len(x), CHUNK):
            self._take(x[start : start + CHUNK], y[start : start + CHUNK])
        self._last[0], self._last[1] = x[-1], np.where(np.isfinite(y[-1]), y[-1], np.nan)

    def points(self) -> tuple[Floats, Floats]:
        """What to draw: x and y of shape (curves, n), n at most 2 most + 1. Every point of it is one of the data."""
        rows = self._kept[..., : -(-self.length // self.block)]
        low_first = rows[LOW_AT] <= rows[HIGH_AT]
        x, y = np.empty((2, *rows.shape[1:], 2))
        x[..., 0], x[..., 1] = np.where(low_first, rows[[LOW_AT, HIGH_AT]], rows[[HIGH_AT, LOW_AT]])
        y[..., 0], y[..., 1] = np.where(low_first, rows[[LOW, HIGH]], rows[[HIGH, LOW]])
        y[~np.isfinite(y)] = np.nan  # a block without any finite value
        if self.block == 1:
            return x[..., 0], y[..., 0]
        # The last point as well: a curve ends where the run is now.
        x, y = x.reshape(len(x), -1), y.reshape(len(y), -1)
        return np.append(x, self._last[0][:, None], axis=1), np.append(y, self._last[1][:, None], axis=1)

    def _take(self, x: Floats, y: Floats) -> None:
        """Points that there is room for."""
        # The block begun by the points before is filled first, the others follow whole.
        head = min(-self.length % self.block, len(x))
        if head:
            row = self.length // self.block
            begun = extremes(x[:head], y[:head], self.block)
            self._kept[..., row : row + 1] = joined(self._kept[..., row : row + 1], begun)
            self.length += head
        if head < len(x):
            rows = extremes(x[head:], y[head:], self.block)
            first = self.length // self.block
            self._kept[..., first : first + rows.shape[2]] = rows
            self.length += len(x) - head

    def _join_pairs(self) -> None:
        """Half as many blocks, each of twice as many points. Blocks always begin at multiples of their size."""
        count = -(-self.length // self.block)
        pairs, alone = count // 2, count % 2
        halved = joined(self._kept[..., 0 : 2 * pairs : 2], self._kept[..., 1 : 2 * pairs : 2])
        if alone:
            self._kept[..., pairs] = self._kept[..., count - 1]
        self._kept[..., :pairs] = halved
        self.block *= 2


def extremes(x: Floats, y: Floats, block: int) -> Floats:
    """Lowest and highest of every `block` points of x (n,), y (n, curves): (4, curves, ceil(n / block))."""
    count = -(-len(x) // block)
    missing = count * block - len(x)
    if missing:
        x = np.append(x, np.full(missing, x[-1]))
        y = np.append(y, np.full((missing, y.shape[1]), np.nan), axis=0)
    values = np.ascontiguousarray(y.T).reshape(-1, count, block)
    at = np.arange(0, count * block, block)  # where each block begins
    # What is not finite can be neither the lowest nor the highest.
    finite = np.isfinite(values)
    low, high = np.where(finite, values, np.inf), np.where(finite, values, -np.inf)
    return np.stack([low.min(axis=2), x[low.argmin(axis=2) + at], high.max(axis=2), x[high.argmax(axis=2) + at]])


def joined(first: Floats, second: Floats) -> Floats:
    """The extremes of two blocks taken together; of equals the earlier. Shapes (4, curves, n)."""
    lower, higher = second[LOW] < first[LOW], second[HIGH] > first[HIGH]
    made = first.copy()
    np.copyto(made[:HIGH], second[:HIGH], where=lower)
    np.copyto(made[HIGH:], second[HIGH:], where=higher)
    return made


class Source(Protocol):
    """Curves that grow at their end, and that a run which goes back may shorten."""

    curves: int

    def read(self, start: int, stop: int | None = None) -> tuple[Floats, Floats]:
        """The points from `start` (counted from 0) up to `stop`, else to the last: x (n,) and y (n, curves)."""
        ...

    def index(self, x: float) -> int:
        """How many points lie before `x`."""
        ...


class Follower:
    """Follows a source, looking at every new point once: the whole curve thinned, or a part of it seen from nearer."""

    def __init__(self, source: Source, most: int = 512) -> None:
        self._source = source
        self._most = most
        self.window: tuple[float, float] | None = None  # what of x is looked at; None: everything
        self._start_over()

    def look_at(self, window: tuple[float, float] | None) -> None:
        """Show the part between two x in as much detail as the whole before; None: the whole."""
        if window != self.window:
            self.window = window
            self._start_over()

    def points(self) -> tuple[Floats, Floats]:
        """What to draw now, see `Thinned.points`."""
        # One more than can be seen, so that the line runs on to the edge.
        stop = None if self.window is None else self._source.index(self.window[1]) + 1
        # The last point is read again: if it is another one, the run has gone back and taken another way since.
        start = max(self._next - 1, self._first)
        x, y = self._source.read(start, stop if stop is None else max(stop, start + 1))
        if self._next > self._first:
            if not len(x) or not np.array_equal(np.append(x[0], y[0]), self._seen, equal_nan=True):
                self._start_over()
                return self.points()
            x, y = x[1:], y[1:]
        if len(x):
            self._thinned.extend(x, y)
            self._next += len(x)
            self._seen = np.append(x[-1], y[-1])
        return self._thinned.points()

    def _start_over(self) -> None:
        self._thinned = Thinned(self._source.curves, self._most)
        self._first = 0 if self.window is None else max(0, self._source.index(self.window[0]) - 1)
        self._next = self._first  # the first point not yet taken in
        self._seen = np.empty(0)
