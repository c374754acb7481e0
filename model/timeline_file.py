"""From a timeline to the plain values that a file keeps, and back.

Where a file holds only the recipe, the curves and checkpoints are made again by training; where it holds them as well,
the last step is done once more and compared: another machine, or another version of NumPy, may round otherwise.
"""

from collections.abc import Callable

import numpy as np

from model.branch import Branch
from model.checkpoint import Checkpoint
from model.message import QT_TRANSLATE_NOOP, Message
from model.saved_run import SavedBranch, SavedRun
from model.timeline import Timeline

CURRENT_SHARE, OTHER_SHARE = 200, 20  # checkpoints of a branch that are worth their place in a file
AT_ONCE = 1000  # steps


def saved(timeline: Timeline, *, arrays: bool) -> SavedRun:
    """The timeline as values; without `arrays` only its recipes."""
    timeline.mark_tip()
    numbers = [branch.number for branch in timeline.branches]
    return SavedRun(
        branches=tuple(_saved_branch(timeline, branch, numbers, arrays) for branch in timeline.branches),
        current=numbers.index(timeline.branch.number),
        position=timeline.steps,
    )


def _saved_branch(timeline: Timeline, branch: Branch, numbers: list[int], arrays: bool) -> SavedBranch:
    record = branch.record if arrays else None
    share = CURRENT_SHARE if branch is timeline.branch else OTHER_SHARE
    return SavedBranch(
        name=branch.name,
        experiment=branch.experiment,
        interventions=branch.interventions,
        steps=branch.steps,
        parent=numbers.index(branch.parent) if branch.parent is not None else None,
        parted_at=branch.parted_at,
        losses=record.losses() if record is not None else None,
        squares=record.squares() if record is not None else None,
        evaluations=tuple(record.evaluations) if record is not None else (),
        checkpoints=_spread(branch.checkpoints.kept, share) if arrays else (),
    )


def _spread(kept: list[Checkpoint], most: int) -> tuple[Checkpoint, ...]:
    """About `most` of them, the first and the last among them."""
    return (*kept[: -1 : max(1, len(kept) // most)], kept[-1])


def opened(
    run: SavedRun,
    interrupted: Callable[[], bool] = bool,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Timeline, list[Message]]:
    """The timeline of a saved run, standing where it stood, and what is to be said about it.

    `told(done, total)` hears how many of the steps that have to be done again are done. Where it is `interrupted` the
    branches are as long as they have become.
    """
    work = _Work(run, interrupted, told)
    first, *others = run.branches
    timeline = Timeline(first.experiment)
    numbers = [timeline.branch.number]
    work.fill(timeline, first)
    for each in others:
        if each.parent is not None and not each.checkpoints:
            timeline.part_from(numbers[each.parent], each.parted_at)
        else:
            timeline.begin(each.experiment, keep=True)
        numbers.append(timeline.branch.number)
        work.fill(timeline, each)
    for number, each in zip(numbers, run.branches, strict=True):
        branch = timeline.find(number)
        assert branch is not None, "branches are kept while a file is opened"
        branch.name, branch.parted_at = each.name, each.parted_at
        branch.parent = numbers[each.parent] if each.parent is not None else None
    timeline.switch(numbers[run.current])
    notes = _verified(timeline, run.branches[run.current])
    if not notes:
        timeline.go_to(run.position, interrupted)
    return timeline, notes


class _Work:
    """The steps that have to be done again."""

    def __init__(self, run: SavedRun, interrupted: Callable[[], bool], told: Callable[[int, int], None]) -> None:
        self._interrupted, self._told = interrupted, told
        self._total = sum(each.steps - each.parted_at for each in run.branches if not each.checkpoints)
        self._done = 0

    def fill(self, timeline: Timeline, stored: SavedBranch) -> None:
        """Bring the branch that is shown to where the stored one was: from its arrays, or by training."""
        branch = timeline.branch
        branch.interventions = stored.interventions
        if stored.checkpoints and stored.losses is not None and stored.squares is not None:
            branch.record.fill(stored.losses, stored.squares, list(stored.evaluations))
            branch.history.cut(-1)
            branch.checkpoints.cut(-1)
            for each in stored.checkpoints:
                branch.checkpoints.add(each)
                branch.history.offer(each.step, each.parameters)
            branch.steps = stored.steps
            timeline.restore()
            return
        timeline.restore()  # with the interventions at this very step
        while timeline.steps < stored.steps and not self._interrupted():
            before = timeline.steps
            timeline.advance(min(AT_ONCE, stored.steps - before), self._interrupted)
            self._done += timeline.steps - before
            self._told(self._done, self._total)
            if timeline.steps <= before:
                break  # it diverged sooner than on the machine that saved it


def _verified(timeline: Timeline, stored: SavedBranch) -> list[Message]:
    """Do the last step once more and compare. The stored numbers win."""
    if not stored.checkpoints:
        return []
    last = stored.checkpoints[-1]
    if np.array_equal(timeline.bare(last.step).parameters, last.parameters, equal_nan=True):
        return []
    timeline.trainer.restore(last)
    text = QT_TRANSLATE_NOOP(
        "model",
        "this machine computes step {step:,} a little differently from the one that saved it: the saved numbers are "
        "shown",
    )
    return [Message(text, {"step": last.step})]
