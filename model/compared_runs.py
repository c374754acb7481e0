"""Several experiments trained side by side: the same start but for one thing, so that the difference is due to it.

Each is a run like any other, by a trainer of its own: its numbers are to the last bit those that it has alone. They
take turns in small pieces, so that all curves grow together:

    a  |----|              |----|               a piece: up to the next multiple of PIECE steps
    b        |----|              |----|
    c              |----|              |--      interrupted here; here it goes on

A run that has diverged or met one of its stop conditions has ended; the others go on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from model.arrays import Vector
from model.data import Parts
from model.divergence import Diverged
from model.experiment import Experiment
from model.message import Message
from model.record import Evaluation, Record
from model.trainer import Trainer

PIECE = 10  # steps
POINTS = 2  # of the path through the parameters: nobody looks at that of a compared run, and six would take much memory


@dataclass(frozen=True, eq=False)
class RunSoFar:
    """How far one run has come. It stays as it is while the run goes on."""

    steps: int  # done
    evaluations: tuple[Evaluation, ...]  # rising in their steps, the first of step 0; () before it is measured
    diverged: Diverged | None = None
    stop_reason: Message | None = None  # the condition that has ended it
    record: Record | None = field(default=None, repr=False)  # grows on; of the first `recorded` steps it stays as it is
    recorded: int = 0
    parts: Parts | None = field(default=None, repr=False)  # of its data, as soon as they are loaded

    @property
    def ended(self) -> bool:
        return self.diverged is not None or self.stop_reason is not None

    def losses(self, start: int = 0) -> Vector:
        """The mini-batch losses of steps start + 1, start + 2, ... as far as it had come: (recorded - start,)."""
        return self.record.losses(start, self.recorded) if self.record is not None else np.empty(0)


SoFar = Mapping[str, RunSoFar]


class _LeftError(Exception):
    """An evaluation was left before its end."""


class ComparedRuns:
    """Runs by name, in their order. Made at once; whatever costs is done by `advance`."""

    def __init__(self, experiments: Mapping[str, Experiment]) -> None:
        self.experiments = dict(experiments)
        self.trainers: dict[str, Trainer] = {}  # of those that have begun
        self._ended: dict[str, Message | None] = {}  # by which stop condition; None: it has diverged
        self._unmeasured: set[str] = set()  # left in the midst of an evaluation
        self._interrupted: Callable[[], bool] = bool

    @property
    def finished(self) -> bool:
        """Whether every run has ended."""
        return len(self._ended) == len(self.experiments)

    def take(self, experiments: Mapping[str, Experiment]) -> None:
        """Have these from now on: of the same name and experiment a run goes on, any other begins at step 0.

        Who begins later catches up: the others wait for it.
        """
        for name in list(self.experiments):
            if experiments.get(name) != self.experiments[name]:
                self.trainers.pop(name, None)
                self._ended.pop(name, None)
                self._unmeasured.discard(name)
        self.experiments = dict(experiments)

    def advance(
        self, interrupted: Callable[[], bool] = bool, tell: Callable[[SoFar], object] = bool, up_to: int | None = None
    ) -> SoFar:
        """Train until every run has ended or has done `up_to` steps; less where it is `interrupted`.

        `interrupted` is asked before every step and before every piece of an evaluation. `tell` hears after each round
        how far all have come. Called again, it goes on where it was left.
        """
        self._interrupted = interrupted
        while (goal := self._next_goal(up_to)) is not None:
            for name in self._short_of(goal):
                if interrupted() or not self._go_on(name, goal):
                    return self.so_far()
            tell(self.so_far())
        return self.so_far()

    def so_far(self) -> SoFar:
        """How far each has come, by name. Asked in the thread that trains them; the answer may go to another."""
        return {name: self._so_far(name) for name in self.experiments}

    def _so_far(self, name: str) -> RunSoFar:
        trainer = self.trainers.get(name)
        if trainer is None:
            return RunSoFar(0, ())
        record = trainer.record
        evaluations = tuple(record.evaluations)
        return RunSoFar(
            trainer.steps,
            evaluations,
            trainer.diverged,
            self._ended.get(name),
            record,
            record.steps,
            trainer.parts,
        )

    def _done(self, name: str) -> int:
        """Steps done and measured; -1 before the initial weights are."""
        return self.trainers[name].steps - (name in self._unmeasured) if name in self.trainers else -1

    def _short_of(self, steps: int) -> list[str]:
        return [name for name in self.experiments if name not in self._ended and self._done(name) < steps]

    def _next_goal(self, up_to: int | None) -> int | None:
        """How far all are to come in this round; None where nobody goes on."""
        behind = min((self._done(name) for name in self.experiments if name not in self._ended), default=None)
        if behind is None or (up_to is not None and behind >= up_to):
            return None
        goal = (behind // PIECE + 1) * PIECE  # of -1: 0
        return goal if up_to is None else min(goal, up_to)

    def _go_on(self, name: str, goal: int) -> bool:
        """One piece of a run. False where it was left in the midst of an evaluation."""
        trainer = self.trainers.get(name)
        try:
            if trainer is None:
                trainer = Trainer(self.experiments[name], in_evaluation=self._leave_where_interrupted)
                trainer.history.most = POINTS
                self.trainers[name] = trainer
            elif name in self._unmeasured:
                trainer.evaluate()
            else:
                trainer.advance(goal - trainer.steps, self._interrupted)
        except _LeftError:
            if trainer is not None:
                self._unmeasured.add(name)
            return False
        self._unmeasured.discard(name)
        if trainer.finished:
            self._ended[name] = trainer.stop_reason
        return True

    def _leave_where_interrupted(self) -> None:
        if self._interrupted():
            raise _LeftError
