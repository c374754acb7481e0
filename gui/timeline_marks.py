"""What stands out on the timeline of a run: the steps at which it was changed, and the one at which it left another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication

from gui.branch_words import branch_title
from gui.words import words
from model.branch import BranchView
from model.experiment import Experiment
from model.interventions import AnyIntervention, in_force, in_words

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Mark:
    """A step with something to say. The words are made when they are asked for: a slider that is dragged while the
    network learns leaves hundreds of marks.
    """

    step: int
    changes: tuple[AnyIntervention, ...]
    left: str = ""  # the branch that this one left here
    branch: BranchView | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Plain text: what was changed here, and which branch was left."""
        source = translate("timeline", "step {step:,}: {change}")
        lines = [source.format(step=self.step, change=words(in_words(*change))) for change in self._with_before()]
        if self.left:
            source = translate("timeline", "step {step:,}: here this branch left “{name}”")
            lines.append(source.format(step=self.step, name=self.left))
        return tuple(lines)

    def _with_before(self) -> Iterator[tuple[AnyIntervention, Experiment]]:
        """Each change, and what was in force before it."""
        if self.branch is not None:
            known = [each for each in self.branch.interventions if each.step < self.step]
            experiment = in_force(self.branch.experiment, known)
            for each in self.changes:
                yield each, experiment
                experiment = in_force(experiment, [each])

    @property
    def tool_tip(self) -> str:
        return "<p style='white-space: pre'>" + "<br>".join(map(escape, self.lines)) + "</p>"


def marks_of(branches: Sequence[BranchView], number: int) -> tuple[Mark, ...]:
    """The marks of the branch of this number by rising step; several changes at one step are one mark."""
    by_number = {each.number: each for each in branches}
    branch = by_number.get(number)
    if branch is None:
        return ()
    changes: dict[int, list[AnyIntervention]] = {}
    for each in branch.interventions:
        changes.setdefault(each.step, []).append(each)
    left: dict[int, str] = {}
    if branch.parent in by_number:
        left[branch.parted_at] = branch_title(by_number[branch.parent], branches)
    steps = sorted(changes.keys() | left.keys())
    return tuple(Mark(step, tuple(changes.get(step, ())), left.get(step, ""), branch) for step in steps)
