"""The runs that are compared in the overfitting lab: the experiment as it is, and with each remedy that is switched on.

They are trained in a thread of their own, which yields to the window. What has come of each is known here a few times a
second.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from gui.long_work import Interrupted, LongWork, Tell
from gui.turns import Turns
from model.compared_runs import ComparedRuns, RunSoFar, SoFar
from model.evaluation import MOST_SAMPLES
from model.experiment import Experiment
from model.generalization_gap import Outcome, lowest

BASE = "base"  # the name of the run without a remedy; the others are called by the tag of theirs


class Contest(QObject):
    """Runs by name. Changing one does not disturb the others."""

    changed = Signal()  # something is known that was not

    def __init__(self, turns: Turns, learns: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.experiments: dict[str, Experiment] = {}
        self.so_far: dict[str, RunSoFar] = {}  # of those that have begun
        self.failed = False  # an error has ended it
        self._runs = ComparedRuns({})
        self._work = LongWork(turns, learns, self)

    @property
    def running(self) -> bool:
        return self._work.busy

    @property
    def begun(self) -> bool:
        return bool(self.so_far)

    @property
    def finished(self) -> bool:
        """Whether there are runs and all of them have ended."""
        known = [self.so_far.get(name) for name in self.experiments]
        return bool(known) and all(run is not None and run.ended for run in known)

    def take(self, experiments: Mapping[str, Experiment]) -> None:
        """Have these from now on. Runs that are the same go on; where all had ended, new ones begin."""
        wanted = dict(experiments)
        if wanted == self.experiments:
            return
        going = self.running or self.finished
        same = {name for name in wanted if wanted[name] == self.experiments.get(name)}
        self.so_far = {name: self.so_far[name] for name in wanted if name in same and name in self.so_far}
        self.experiments = wanted
        if going and not self.finished:
            self.run()
        else:
            self._work.cancel()
            self.changed.emit()

    def run(self) -> None:
        """Train all of them, until each has ended."""
        self.failed = False
        self._work.begin(partial(trained, self._runs, dict(self.experiments)), self._hear, self._show)
        self.changed.emit()

    def stop(self) -> None:
        """Stand still; `run` goes on from there."""
        self._work.cancel()
        self.changed.emit()

    def forget(self) -> None:
        """Nothing has been trained yet."""
        self._work.cancel()
        self._runs = ComparedRuns({})  # the thread may still be at work on the others for a moment
        self.so_far, self.failed = {}, False
        self.changed.emit()

    def close(self) -> None:
        """End the thread."""
        self._work.close()

    def outcome(self, name: str, *, accuracy: bool = True) -> Outcome | None:
        """What has come of a run so far, by its accuracies where it has any, or by its losses; None where nothing is
        known.

        Where it watches the validation loss and has ended, the weights of the lowest one count.
        """
        run = self.so_far.get(name)
        if run is None or not run.evaluations or run.parts is None:
            return None
        patient = self.experiments[name].stop.patience is not None
        at = lowest(run.evaluations) if patient and run.ended else run.evaluations[-1]
        found = Outcome(at, *(min(len(part.inputs), MOST_SAMPLES) for part in (run.parts.train, run.parts.validation)))
        return found if accuracy else found.of_losses

    def _show(self, so_far: SoFar) -> None:
        # What the thread told before it heard of a change is about other runs.
        self.so_far = {name: run for name, run in so_far.items() if name in self.experiments and run.evaluations}
        self.changed.emit()

    def _hear(self, so_far: SoFar | None) -> None:
        self.failed = so_far is None
        self._show(so_far or {})


def trained(runs: ComparedRuns, experiments: dict[str, Experiment], interrupted: Interrupted, tell: Tell) -> SoFar:
    """The work of the thread."""
    runs.take(experiments)
    return runs.advance(interrupted, tell)
