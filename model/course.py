"""One branch at work: a trainer that follows its recipe, forwards and back.

The steps of a branch give the same bits whenever they are done. So to *rewind* to step s is to take the last checkpoint
before s and do the steps between once more:

    checkpoint at 1,984 -> 1,985 -> ... -> 1,999            16 steps, not 1,999

Where a position is named by a step, the interventions at that very boundary are in force; a checkpoint is taken before
them. Where the trainer comes by a checkpoint it takes its numbers. They are those it has just computed itself, unless
they come from the file of another machine, which may round otherwise.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import attrgetter

import numpy as np

from model.branch import Branch
from model.checkpoint import CLOSE, Checkpoint
from model.fitting import input_shape, problems
from model.interventions import (
    AnyIntervention,
    ChangeBatchSize,
    ChangeData,
    ChangeUpdate,
    SetParameter,
    in_force,
)
from model.recent_parts import RecentParts
from model.trainer import Trainer

step_of = attrgetter("step")


class Course:
    """A trainer on a branch."""

    def __init__(self, trainer: Trainer, branch: Branch) -> None:
        """`trainer` stands at a step of `branch` and writes into its record; else `restore` comes first."""
        self.trainer, self.branch = trainer, branch
        self._sound = True  # False: an error has ended a step half way, so what the trainer holds is of no use
        self._parts = RecentParts()
        branch.record.bind(trainer.network.gradient)
        trainer.record, trainer.history = branch.record, branch.history

    @property
    def steps(self) -> int:
        """The step at which it stands."""
        return self.trainer.steps

    def advance(self, steps: int, interrupted: Callable[[], bool] = bool) -> bool:
        """`Trainer.advance`, with the interventions of the branch on the way and checkpoints behind it.

        Where a step raises an error, the steps before it are done and known.
        """
        self.mend()
        trainer, target = self.trainer, self.trainer.steps + steps
        self._sound = False
        try:
            while trainer.steps < target and not trainer.diverged:
                begun, stop = trainer.steps, min(target, self._next_boundary())
                going = trainer.advance(stop - begun, interrupted)
                self._note(begun)
                if trainer.steps < stop or not going:
                    break
            self._sound = True
        finally:
            self.branch.steps = max(self.branch.steps, trainer.steps)
        return not trainer.finished

    def go_to(self, step: int, interrupted: Callable[[], bool] = bool) -> bool:
        """Stand at `step`, at most the last of the branch. False where it was `interrupted` on the way."""
        step = min(max(step, 0), self.branch.steps)
        if step == self.trainer.steps and self._sound and not self.trainer.diverged:
            return True
        self.mark_tip()
        return self._replay_to(step, interrupted, anew=False)

    def restore(self, step: int | None = None, interrupted: Callable[[], bool] = bool) -> bool:
        """Stand at `step` (None: the last), whatever the trainer holds now.

        False where it was `interrupted` on the way: it stands at an earlier step of the branch then.
        """
        step = self.branch.steps if step is None else min(step, self.branch.steps)
        return self._replay_to(step, interrupted, anew=True)

    def mend(self) -> None:
        """After an error: stand at the same step again, by doing it once more."""
        if not self._sound:
            self.restore(self.trainer.steps)

    def bare(self, step: int, interrupted: Callable[[], bool] = bool) -> Checkpoint | None:
        """Go to `step`, by doing it again, and tell what it is before the interventions there.

        None where it was `interrupted` on the way, as in `restore`.
        """
        if not self._replay_to(max(step - 1, 0), interrupted, anew=True):
            return None
        if step:
            self.trainer.replay(1)
        else:
            self.trainer.restore(self.branch.checkpoints.before(0))
        found = self.trainer.checkpoint()
        self._arrive()
        return found

    def mark_tip(self) -> None:
        """At the last step of a branch there is always a checkpoint, before the trainer leaves it or it is changed."""
        at, branch = self.trainer.steps, self.branch
        if self._sound and at == branch.steps and not any(each.step == at for each in branch.interventions):
            branch.checkpoints.add(self.trainer.checkpoint())

    def apply(self, change: AnyIntervention) -> None:
        """Make a change to the trainer, as it stands. Raises what `check` raises."""
        trainer = self.trainer
        match change:
            case ChangeUpdate():
                trainer.change_update(**{change.field: change.value})
            case SetParameter():
                trainer.set_parameter(self._place(change), change.value)
            case ChangeBatchSize():
                trainer.resize_batches(change.size)
            case ChangeData():
                trainer.take_data(change.data, self._parts.load(change.data))

    def check(self, change: AnyIntervention) -> None:
        """Whether the network can live with it.

        Raises KeyError where it names a parameter that there is not, ValueError where it names a place outside of it or
        brings a value that is not finite, or samples of another shape or that no file could hold.
        """
        experiment = self.trainer.experiment
        if isinstance(change, SetParameter):
            self._place(change)
            if not math.isfinite(change.value):
                raise ValueError(f"{change.value} is no finite number")
        if isinstance(change, ChangeData):
            one, other = (input_shape(each) for each in (experiment, in_force(experiment, [change])))
            if one != other or experiment.data.dataset.task != change.data.dataset.task:
                raise ValueError(f"a network for {one} cannot go on with samples of {other} or for another task")
            for place, message in problems(in_force(experiment, [change])):
                raise ValueError(f"{place}: {message}")

    def _place(self, change: SetParameter) -> int:
        """Where in the vector of all parameters."""
        entry = self.branch.layout.entry(change.layer, change.name)
        return entry.start + int(np.ravel_multi_index(change.at, entry.shape))

    def _replay_to(self, step: int, interrupted: Callable[[], bool], *, anew: bool) -> bool:
        """`anew`: what the trainer holds is of no use."""
        trainer = self.trainer
        # The step itself is always done once more: only so are its gradient, its update and its batch there to be seen.
        checkpoint = self.branch.checkpoints.before(max(step - 1, 0))
        anew = anew or not self._sound or trainer.diverged is not None
        self._sound = False
        if anew or not checkpoint.step <= trainer.steps < step:
            trainer.restore(checkpoint)
            self._arrive()
        while trainer.steps < step:
            begun, stop = trainer.steps, min(step, self._next_boundary())
            trainer.replay(stop - begun, interrupted)
            if trainer.steps > begun:
                self._keep_again()
                self._arrive()
            if trainer.steps < stop:
                break
        self._sound = True
        return trainer.steps == step

    def _next_boundary(self) -> int:
        """The next step at which there is something to do besides training."""
        step, branch = self.trainer.steps, self.branch
        place = bisect_right(branch.interventions, step, key=step_of)
        changes = [each.step for each in branch.interventions[place : place + 1]]
        known = branch.checkpoints.next_step(step)
        return min([(step // CLOSE + 1) * CLOSE, *changes, *([] if known is None else [known])])

    def _note(self, begun: int) -> None:
        """Some steps from `begun` on were done."""
        trainer, branch = self.trainer, self.branch
        if trainer.diverged:
            branch.steps = trainer.steps
            branch.checkpoints.cut(trainer.steps)
        branch.steps = max(branch.steps, trainer.steps)
        if trainer.steps > begun:
            if trainer.steps % CLOSE == 0:
                branch.checkpoints.add(trainer.checkpoint())
            self._arrive()

    def _keep_again(self) -> None:
        """A branch that was hidden may have lost its last checkpoints to the others: done again they return."""
        step, branch = self.trainer.steps, self.branch
        if step > branch.checkpoints.kept[-1].step and (step % CLOSE == 0 or step == branch.steps):
            branch.checkpoints.add(self.trainer.checkpoint())

    def _arrive(self) -> None:
        """A step was reached: what is kept of it holds, and what is to be changed there is changed."""
        step, trainer = self.trainer.steps, self.trainer
        known = self.branch.checkpoints.at(step)
        if known is not None:
            trainer.adopt(known)
        interventions = self.branch.interventions
        here = interventions[
            bisect_left(interventions, step, key=step_of) : bisect_right(interventions, step, key=step_of)
        ]
        for place, each in enumerate(here):
            # Of several data sets only the last is learnt from; an epoch that one of them ended is ended by the next.
            if not (isinstance(each, ChangeData) and any(isinstance(later, ChangeData) for later in here[place + 1 :])):
                self.apply(each)
