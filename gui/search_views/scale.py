"""An axis of a picture: where a value stands on it, and which values are written beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gui.number_editor import as_text
from gui.search_views.found import MEASURE, Found, value_text
from model.search.space import Choice, Value

MANTISSAS = (1, 2, 5)
ENOUGH = 3  # ticks


@dataclass(frozen=True)
class Scale:
    """From `low` to `high`, linear or logarithmic; or one place for each of some kinds."""

    low: float = 0.0
    high: float = 1.0
    log: bool = False
    options: Sequence[str] = ()

    def share(self, value: Value) -> float:
        """Where the value stands, 0 at the one end and 1 at the other."""
        if self.options:
            return (self.options.index(str(value)) + 0.5) / len(self.options)
        number = float(value)
        if self.log:
            return math.log(number / self.low) / math.log(self.high / self.low)
        return (number - self.low) / (self.high - self.low)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Round values and where they stand, at most about `most`."""
        if self.options:
            return [(self.share(each), value_text(each)) for each in self.options]
        found = self._powers(most) if self.log else self._steps(most)
        return [(self.share(each), as_text(float(f"{each:.12g}"))) for each in found]

    def _steps(self, most: int) -> list[float]:
        width = (self.high - self.low) / max(1, most)
        power = 10.0 ** math.floor(math.log10(width))
        step = next(m * power for m in (*MANTISSAS, 10) if m * power >= width * (1 - 1e-9))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [index * step for index in range(first, last + 1)]

    def _powers(self, most: int) -> list[float]:
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        every = max(1, -(-(last - first) // max(1, most)))
        powers = [10.0**e for e in range(first, last + 1) if e % every == 0]
        within = [p for p in powers if self.low * (1 - 1e-9) <= p <= self.high * (1 + 1e-9)]
        if len(within) >= ENOUGH or every > 1:
            return within
        fine = [m * 10.0**e for e in range(first, last + 1) for m in MANTISSAS]
        return [v for v in fine if self.low * (1 - 1e-9) <= v <= self.high * (1 + 1e-9)]


def scale_of(found: Found, path: str) -> Scale:
    """The axis of a hyperparameter, as it is searched; or of the measure, as far as the marks reach."""
    if path == MEASURE:
        low, high = min(found.marks, default=0.0), max(found.marks, default=1.0)
        margin = 0.05 * (high - low) or max(0.5, 0.05 * abs(high))
        return Scale(low - margin, high + margin)
    axis = next(each for each in found.spec.axes if each.path == path)
    if isinstance(axis, Choice):
        return Scale(options=axis.options)
    if axis.whole and axis.scale == "linear":
        return Scale(axis.low - 0.5, axis.high + 0.5)
    return Scale(axis.low, axis.high, axis.scale == "log")
