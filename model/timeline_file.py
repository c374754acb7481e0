"""From a timeline to the plain values that a file keeps, and back.

Where a file holds only the recipe, the curves and checkpoints are made again by training; where it holds them as well,
the last step is done once more and compared: another machine, or another version of NumPy, may round otherwise. Then
the stored numbers win: they stand in a checkpoint, and the trainer takes its numbers from there (see `course`).
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.branch import Branch, family
from model.checkpoint import Checkpoint
from model.message import QT_TRANSLATE_NOOP, Message
from model.saved_run import SavedBranch, SavedRun
from model.timeline import Timeline

CURRENT_SHARE, OTHER_SHARE = 200, 20  # checkpoints of a branch that are worth their place in a file
AT_ONCE = 1000  # steps
MOST_TOLD = 3  # branches that are told to be shorter than they were


def saved(timeline: Timeline, *, arrays: bool) -> SavedRun:
    """The timeline as values; without `arrays` only its recipes. It can be asked after an error in a step, too."""
    timeline.course.mark_tip()
    numbers = [branch.number for branch in timeline.branches]
    return SavedRun(
        branches=tuple(_saved_branch(timeline, branch, numbers, arrays) for branch in timeline.branches),
        current=numbers.index(timeline.branch.number),
        position=min(timeline.steps, timeline.branch.steps),
    )


def _saved_branch(timeline: Timeline, branch: Branch, numbers: list[int], arrays: bool) -> SavedBranch:
    record = branch.record if arrays else None
    share = CURRENT_SHARE if branch is timeline.branch else OTHER_SHARE
    parent = timeline.find(branch.parent) if branch.parent is not None else None
    # Whichever of the two diverged right where they part has gone back a step behind it.
    parted_at = min(branch.parted_at, branch.steps, parent.steps) if parent is not None else 0
    return SavedBranch(
        name=branch.name,
        experiment=branch.experiment,
        interventions=tuple(each for each in branch.interventions if each.step <= branch.steps),
        steps=branch.steps,
        parent=numbers.index(parent.number) if parent is not None else None,
        parted_at=parted_at,
        losses=record.losses() if record is not None else None,
        squares=record.squares() if record is not None else None,
        evaluations=tuple(record.evaluations) if record is not None else (),
        checkpoints=_spread(branch.checkpoints.kept, share) if arrays else (),
    )


def _spread(kept: list[Checkpoint], most: int) -> tuple[Checkpoint, ...]:
    """At most `most` of them and the last, evenly; the first is among them."""
    return (*kept[: -1 : max(1, -(-len(kept) // most))], kept[-1])


def opened(
    run: SavedRun,
    interrupted: Callable[[], bool] = bool,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Timeline, list[Message]]:
    """The timeline of a saved run, standing where it stood, and what is to be said about it.

    `told(done, total)` hears how many of the steps that have to be done again are done. Where it is `interrupted` the
    branches are as long as they have become. `Timeline.complete` says whether each came as far as it was saved.
    """
    work = _Work(run, interrupted, told)
    first, *others = run.branches
    timeline = Timeline(first.experiment)
    timeline.keeps_all = True
    numbers = [timeline.branch.number]
    work.fill(timeline, first)
    for each in others:
        if each.parent is not None and _continues_parent(each, run):
            timeline.part_from(numbers[each.parent], each.parted_at, interrupted)
            timeline.follow(each.experiment)
        else:
            timeline.begin(each.experiment)
        numbers.append(timeline.branch.number)
        work.fill(timeline, each)
    work.note_shorter(timeline)
    for branch, each in zip(timeline.branches, run.branches, strict=True):
        branch.name = each.name
        branch.parent = numbers[each.parent] if each.parent is not None else None
        branch.parted_at = min(each.parted_at, branch.steps)
    timeline.switch(numbers[run.current], None, interrupted)
    work.compare(timeline, run.branches[run.current])
    timeline.go_to(run.position, interrupted)
    timeline.keeps_all = False
    return timeline, work.notes


def _is_cached(branch: SavedBranch) -> bool:
    """Whether all is there that would have to be computed; at least step 0 was measured."""
    if branch.losses is None or branch.squares is None or min(len(branch.losses), len(branch.squares)) < branch.steps:
        return False
    return len(branch.evaluations) > 0 and len(branch.checkpoints) > 0


def _continues_parent(branch: SavedBranch, run: SavedRun) -> bool:
    """Whether it has to be trained, and only from where it left its parent."""
    if branch.parent is None or _is_cached(branch):
        return False
    parent = run.branches[branch.parent]
    one, other = ([e for e in each.interventions if e.step < branch.parted_at] for each in (branch, parent))
    return one == other and family(branch.experiment) == family(parent.experiment)


class _Work:
    """The steps that have to be done again, and what is to be said of them."""

    def __init__(self, run: SavedRun, interrupted: Callable[[], bool], told: Callable[[int, int], None]) -> None:
        self._run = run
        self.notes: list[Message] = []
        self._interrupted, self._told = interrupted, told
        self._total = sum(
            each.steps - (each.parted_at if _continues_parent(each, run) else 0)
            for each in run.branches
            if not _is_cached(each)
        )
        self._done = 0

    def fill(self, timeline: Timeline, stored: SavedBranch) -> None:
        """Bring the branch that is shown to where the stored one was: from its arrays, or by training."""
        branch = timeline.branch
        branch.interventions = stored.interventions
        if _is_cached(stored):
            _take_arrays(branch, stored)
            timeline.course.restore(None, self._interrupted)
        else:
            self._train(timeline, stored)
        branch.interventions = tuple(each for each in stored.interventions if each.step <= branch.steps)

    def compare(self, timeline: Timeline, stored: SavedBranch) -> None:
        """Do the last step of the branch that is shown once more."""
        if _is_cached(stored):
            last = timeline.branch.checkpoints.kept[-1]
            found = timeline.course.bare(last.step, self._interrupted)
            if found is not None and not _equal(found, last):
                self._note(last.step)

    def note_shorter(self, timeline: Timeline) -> None:
        """Say which branches did not come as far as they were saved, and how far they came."""
        pairs = zip(timeline.branches, self._run.branches, strict=True)
        shorter = [(branch, stored) for branch, stored in pairs if branch.steps < stored.steps]
        timeline.complete = not shorter
        for branch, stored in shorter[:MOST_TOLD]:
            text = QT_TRANSLATE_NOOP("model", "branch {number} came to step {steps:,} of {saved:,}")
            values: dict[str, object] = {"number": branch.number, "steps": branch.steps, "saved": stored.steps}
            self.notes.append(Message(text, values))
        if len(shorter) > MOST_TOLD:
            text = QT_TRANSLATE_NOOP("model", "further branches that were not done to their end: {number}")
            self.notes.append(Message(text, {"number": len(shorter) - MOST_TOLD}))

    def _train(self, timeline: Timeline, stored: SavedBranch) -> None:
        timeline.course.restore(None, self._interrupted)  # with the interventions at this very step
        while timeline.steps < stored.steps and not self._interrupted():
            before = timeline.steps
            timeline.advance(min(AT_ONCE, stored.steps - before), self._interrupted)
            self._done += max(0, timeline.steps - before)
            self._told(self._done, self._total)
            if timeline.trainer.diverged:
                self._note_divergence(timeline.trainer.diverged.step)
                return
        if timeline.steps == stored.steps and stored.parameters is not None:
            found = timeline.course.bare(stored.steps, self._interrupted)
            kept = found and _with_final(found, stored)
            if found is not None and kept is not None and not _equal(found, kept):
                timeline.branch.checkpoints.cut(stored.steps - 1)
                timeline.branch.checkpoints.add(kept)
                timeline.course.restore(None, self._interrupted)
                self._note(stored.steps)

    def _note(self, step: int) -> None:
        text = QT_TRANSLATE_NOOP(
            "model",
            "this machine computes step {step:,} a little differently from the one that saved it: the saved numbers "
            "are shown",
        )
        self.notes.append(Message(text, {"step": step}))

    def _note_divergence(self, step: int) -> None:
        text = QT_TRANSLATE_NOOP(
            "model", "on this machine the run diverges at step {step:,}, sooner than on the one that saved it"
        )
        self.notes.append(Message(text, {"step": step}))


def _take_arrays(branch: Branch, stored: SavedBranch) -> None:
    assert stored.losses is not None and stored.squares is not None, "see _is_cached"
    *kept, last = stored.checkpoints
    if last.step == stored.steps and stored.parameters is not None:
        last = _with_final(last, stored)
    branch.record.fill(stored.losses, stored.squares, list(stored.evaluations))
    if stored.checkpoints[0].step == 0:  # else the start as it is here
        branch.checkpoints.cut(-1)
        branch.history.cut(-1)
    for each in (*kept, last):
        branch.checkpoints.add(each)
        branch.history.offer(each.step, each.parameters)
    branch.steps = stored.steps


def _with_final(checkpoint: Checkpoint, stored: SavedBranch) -> Checkpoint:
    """The last checkpoint of a branch with the final numbers that the file holds."""
    parameters, network_state = stored.parameters, stored.network_state
    return replace(
        checkpoint,
        parameters=checkpoint.parameters if parameters is None else parameters,
        network_state=checkpoint.network_state if network_state is None else network_state,
    )


def _equal(one: Checkpoint, other: Checkpoint) -> bool:
    pairs = (one.parameters, other.parameters), (one.state, other.state), (one.network_state, other.network_state)
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)
