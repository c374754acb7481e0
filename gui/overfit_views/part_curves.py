"""The curves of the compared runs, read once and thinned to what a screen can show."""

from collections.abc import Callable

from PySide6.QtGui import QColor

from gui.overfit_views.part_plot import PartCurves
from gui.run_plot import NOTHING
from model.compared_runs import RunSoFar
from model.record import Record
from model.record_curves import Evaluations
from model.thinning import Follower

POINTS = 256  # blocks of a curve
TRAIN_LOSS, VALIDATION_LOSS, TRAIN_ACCURACY, VALIDATION_ACCURACY = (
    Evaluations.MEASURES.index(name)
    for name in ("train_loss", "validation_loss", "train_accuracy", "validation_accuracy")
)


class CurveReader:
    """Reads on where it has come to in each run."""

    def __init__(self, title: Callable[[str], str], color: Callable[[str], QColor]) -> None:
        """What the run of a name is called, and its colour."""
        self._title, self._color = title, color
        self._followers: dict[str, tuple[Record, Follower]] = {}

    def curves(self, name: str, run: RunSoFar, *, accuracy: bool) -> PartCurves:
        """Accuracies in per cent, or losses."""
        if run.record is None:
            return PartCurves(name, self._title(name), self._color(name), NOTHING, NOTHING)
        known = self._followers.get(name)
        if known is None or known[0] is not run.record:
            known = self._followers[name] = run.record, Follower(Evaluations(run.record), POINTS)
        steps, values = known[1].points()
        rows = (TRAIN_ACCURACY, VALIDATION_ACCURACY) if accuracy else (TRAIN_LOSS, VALIDATION_LOSS)
        factor = 100.0 if accuracy else 1.0
        train, validation = ((steps[row], factor * values[row]) for row in rows)
        return PartCurves(name, self._title(name), self._color(name), train, validation)
