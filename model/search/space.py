"""The space of a search: a range or a choice for each hyperparameter that varies, and the way from chance to a value.

One uniform number u in [0, 1) becomes a value by the inverse of the distribution function:

    linear        v = low + u (high - low)
    logarithmic   v = low (high / low)^u        ln v is uniform: each power of ten is equally likely

A whole number gets as much room as every other: v is drawn from low - 1/2 to high + 1/2 and rounded. On a logarithmic
scale that makes the step from 1 to 2 as wide as it should be.

Values are kept to four significant digits. Nobody can tell 0.01372 from 0.0137238 by a loss, and what is short can be
read, typed and compared.
"""

import math
from typing import Literal

from model.hyperparameter import Spec

DIGITS = 4  # significant, of a value
Value = float | int | str


class Axis(Spec, frozen=True):
    """One hyperparameter that varies, by its place in the experiment's file: "optimizer.learning_rate"."""

    path: str

    def at(self, u: float) -> Value:
        """The value at the share `u` in [0, 1) of the axis."""
        raise NotImplementedError

    @property
    def distinct(self) -> float:
        """How many different values there are; infinity where they are not counted."""
        raise NotImplementedError

    def tidy(self, value: Value) -> Value:
        """The nearest value that a trial is given: within the axis, whole or short."""
        raise NotImplementedError


class Range(Axis, tag="range", frozen=True):
    """A number between `low` and `high`, both included."""

    low: float
    high: float
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False  # whole numbers only

    def at(self, u: float) -> Value:
        low, high = (self.low - 0.5, self.high + 0.5) if self.whole else (self.low, self.high)
        if self.scale == "log":
            return self.tidy(low * (high / low) ** u)
        return self.tidy(low + u * (high - low))

    @property
    def distinct(self) -> float:
        return self.high - self.low + 1 if self.whole else math.inf

    def tidy(self, value: Value) -> Value:
        number = float(value)
        short = round(number) if self.whole else float(f"{number:.{DIGITS}g}")
        within = min(max(short, self.low), self.high)
        return int(within) if self.whole else within


class Choice(Axis, tag="choice", frozen=True):
    """One of several kinds, by the names in the file."""

    options: tuple[str, ...]

    def at(self, u: float) -> Value:
        return self.options[min(int(u * len(self.options)), len(self.options) - 1)]

    @property
    def distinct(self) -> float:
        return len(self.options)

    def tidy(self, value: Value) -> Value:
        return str(value)


AnyAxis = Range | Choice
