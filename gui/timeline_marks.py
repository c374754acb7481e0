"""What stands out on the timeline of a run: the steps at which it was changed, and the one at which it left another."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from gui.words import words
from model.branch import BranchView
from model.interventions import in_force, in_words

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Mark:
    """A step with something to say: `lines` of plain text."""

    step: int
    lines: tuple[str, ...]
    changed: bool  # something was changed here
    parted: bool  # here the branch left its parent

    @property
    def tool_tip(self) -> str:
        return "<p style='white-space: pre'>" + "<br>".join(map(escape, self.lines)) + "</p>"


def marks_of(branch: BranchView, parent: BranchView | None) -> tuple[Mark, ...]:
    """The marks of a branch by rising step; several changes at one step are one mark."""
    steps = _changes(branch)
    if branch.parent is not None:
        steps.setdefault(branch.parted_at, ())
    return tuple(_mark(step, steps[step], branch, parent) for step in sorted(steps))


def branch_shown(branches: Sequence[BranchView], number: int | None) -> BranchView | None:
    """The branch of this number."""
    return next((each for each in branches if each.number == number), None)


def _changes(branch: BranchView) -> dict[int, tuple[str, ...]]:
    """By step, what was changed there."""
    made = branch.interventions
    said = [
        (change.step, words(in_words(change, in_force(branch.experiment, made[:place]))))
        for place, change in enumerate(made)
    ]
    return {step: tuple(text for _, text in group) for step, group in groupby(said, key=lambda each: each[0])}


def _mark(step: int, changes: tuple[str, ...], branch: BranchView, parent: BranchView | None) -> Mark:
    source = translate("timeline", "step {step:,}: {change}")
    lines = tuple(source.format(step=step, change=change) for change in changes)
    parted = branch.parent is not None and step == branch.parted_at
    if parted and parent is not None and parent.name:
        source = translate("timeline", "step {step:,}: here this branch left “{name}”")
        lines += (source.format(step=step, name=parent.name),)
    elif parted:
        lines += (translate("timeline", "step {step:,}: here this branch left the one before").format(step=step),)
    return Mark(step, lines, bool(changes), parted)
