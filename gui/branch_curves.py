"""The evaluations of compared branches as curves, read once: a branch that is not shown does not change."""

from collections.abc import Callable

import numpy as np

from gui.branch_words import shortened
from gui.comparison import Comparison
from gui.run_plot import OtherCurve
from model.branch import BranchView
from model.record_curves import Evaluations
from model.thinning import Follower

Window = tuple[float, float] | None
Key = tuple[object, ...]


class BranchCurves:
    """What one plot shows of the branches besides the run itself."""

    def __init__(self, comparison: Comparison, measure: Callable[[BranchView], int], factor: float = 1.0) -> None:
        """`measure(view)` is the row of `Evaluations.MEASURES` that stands for a branch; `factor` multiplies it."""
        self._comparison, self._measure, self._factor = comparison, measure, factor
        self._made: dict[int, tuple[Key, OtherCurve]] = {}

    def curves(self, window: Window) -> list[OtherCurve]:
        """The curves of all ticked branches, in detail between two steps or the whole; the same objects again."""
        made: dict[int, tuple[Key, OtherCurve]] = {}
        others = self._comparison.others()
        for view in others:
            color, parted = self._comparison.color(view.number), self._comparison.parted(view)
            assert color is not None, "ticked branches have a colour"
            title = shortened(self._comparison.title(view.number), len(others))
            key = (view.record, len(view.record.evaluations), window, parted, title, color.name())
            before = self._made.get(view.number)
            if before is None or before[0] != key:
                steps, values = self._read(view, window, parted)
                before = key, OtherCurve(view.number, title, color, steps, values)
            made[view.number] = before
        self._made = made
        return [curve for _, curve in made.values()]

    def _read(self, view: BranchView, window: Window, parted: int) -> tuple[np.ndarray, np.ndarray]:
        follower = Follower(Evaluations(view.record))
        follower.look_at(window)
        steps, values = (points[self._measure(view)] for points in follower.points())
        # From the last evaluation that both have: there the curve leaves the other.
        first = max(0, int(np.searchsorted(steps, parted, side="right")) - 1)
        steps, values = steps[first:], self._factor * values[first:]
        return (steps, values) if np.isfinite(values).any() else (steps[:0], values[:0])


def loss_of(view: BranchView) -> int:
    """The test loss where there is a test part, else the training loss."""
    return _row(view, "test_loss", "train_loss")


def accuracy_of(view: BranchView) -> int:
    """The same of the accuracies."""
    return _row(view, "test_accuracy", "train_accuracy")


def _row(view: BranchView, wanted: str, instead: str) -> int:
    evaluations = view.record.evaluations
    name = wanted if evaluations and getattr(evaluations[-1], wanted) is not None else instead
    return Evaluations.MEASURES.index(name)
