"""The curves in the record of a run, as sources for `thinning`: x is the step, y what was measured there."""

import bisect
import math

import numpy as np

from model.arrays import Floats
from model.loss_table import measures
from model.record import Evaluation, Record


class BatchLosses:
    """The mini-batch loss of every step."""

    curves = 1

    def __init__(self, record: Record) -> None:
        self._record = record

    def read(self, start: int, stop: int | None = None) -> tuple[Floats, Floats]:
        """Steps (n,) and losses (n, 1) of the steps start + 1 to `stop`, else to the last."""
        losses = self._record.losses(start, stop)
        return _steps(start, len(losses)), losses[:, None]

    def index(self, x: float) -> int:
        return _steps_before(x)


class GradientNorms:
    """The norm of each learning layer's gradient at every step."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.curves = len(record.layers)

    def read(self, start: int, stop: int | None = None) -> tuple[Floats, Floats]:
        """Steps (n,) and norms (n, layers) of the steps start + 1 to `stop`, else to the last."""
        norms = self._record.gradient_norms(start, stop).reshape(-1, self.curves)
        return _steps(start, len(norms)), norms

    def index(self, x: float) -> int:
        return _steps_before(x)


class Evaluations:
    """The losses and accuracies of whole parts of the data, in the order of `MEASURES`."""

    MEASURES = measures(classes=True)
    curves = len(MEASURES)

    def __init__(self, record: Record) -> None:
        self._record = record

    def read(self, start: int, stop: int | None = None) -> tuple[Floats, Floats]:
        """Steps (n,) and measures (n, 6); what was not measured is not a number."""
        found = self._record.evaluations[start:stop]
        steps = np.array([each.step for each in found], dtype=np.float64)
        return steps, np.array([self._row(each) for each in found]).reshape(-1, self.curves)

    def index(self, x: float) -> int:
        return bisect.bisect_left(self._record.evaluations, x, key=lambda each: each.step)

    def _row(self, evaluation: Evaluation) -> list[float]:
        measured = (getattr(evaluation, name) for name in self.MEASURES)
        return [math.nan if value is None else value for value in measured]


def _steps(start: int, count: int) -> Floats:
    """The loss at place 0 of the record is that of step 1."""
    return np.arange(start + 1, start + 1 + count, dtype=np.float64)


def _steps_before(x: float) -> int:
    return max(0, math.ceil(x) - 1)
