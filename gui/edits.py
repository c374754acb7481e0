"""What can be undone, each as one step on the undo stack.

The training thread does the work, so what an edit needs to be taken back (the branch that was left, the deed that was
done) is written by that thread into a small holder, and read by it again. Qt may throw the edit itself away before.

A way back may be long: whoever goes it may be interrupted, and then stands at an earlier step of the same branch.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from model.experiment import Experiment
from model.interventions import AnyIntervention, in_force
from model.timeline import Deed, Timeline

MERGED = 1  # the id that Qt asks of commands that may merge

Command = Callable[[Timeline], object]
Do = Callable[[Command], None]  # has something done between two steps
Interrupted = Callable[[], bool]


class Way(Protocol):
    """To where the run was once. False: there is no way, the branch it leads to was removed since."""

    def __call__(self, timeline: Timeline, interrupted: Interrupted = bool, /) -> bool: ...


Rewind = Callable[[Way, Experiment | None], None]  # the same, standing still; and which experiment that leads to


@dataclass(eq=False)
class Place:
    """A branch to come back to; None as long as there is none."""

    branch: int | None = None


class ExperimentEdit(QUndoCommand):
    """Another experiment: another run, or fields that change no number of the one there is."""

    def __init__(
        self,
        take: Callable[[Experiment, Place, Place], object],
        before: Experiment,
        after: Experiment,
        text: str,
        merge: str,
    ) -> None:
        """`take(experiment, to, left)` shows an experiment: in the branch `to` if there is one, leaving `left`."""
        super().__init__(text)
        self._take, self._before, self._after, self._merge = take, before, after, merge
        self._place_before, self._place_after = Place(), Place()

    def redo(self) -> None:
        self._take(self._after, self._place_after, self._place_before)

    def undo(self) -> None:
        self._take(self._before, self._place_before, self._place_after)

    def id(self) -> int:
        return MERGED if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """One drag of a slider is one step: keep the first `before`, take the last `after`."""
        if not isinstance(other, ExperimentEdit) or other._merge != self._merge:
            return False
        self._after, self._place_after = other._after, other._place_after
        self.setText(other.text())
        self.setObsolete(self._after == self._before)  # dragged back to where it was: nothing to undo
        return True


@dataclass(eq=False)
class Made:
    """The deeds of one edit, in order; a drag of a slider makes many. Only the training thread looks inside."""

    deeds: list[Deed] = field(default_factory=list)
    later: list["Made"] = field(default_factory=list)

    def joined(self) -> Deed | None:
        """All as one."""
        found = [*self.deeds, *(deed for each in self.later if (deed := each.joined()) is not None)]
        if not found:
            return None
        deed = found[0] if len(found) == 1 else found[0].joined(found[-1])
        self.deeds, self.later = [deed], []
        return deed


class InterventionEdit(QUndoCommand):
    """A change to the run on its way."""

    def __init__(
        self, do: Do, rewind: Rewind, before: Experiment, change: AnyIntervention, text: str, merge: str
    ) -> None:
        """`do` has it done while the run goes on; `rewind` pauses it first, and shows the experiment as it will be."""
        super().__init__(text)
        self._do, self._rewind, self._change, self._merge = do, rewind, change, merge
        self._before, self._after = before, in_force(before, [change])
        self._made = Made()
        self._done = False

    def redo(self) -> None:
        made, change = self._made, self._change
        if not self._done:
            self._done = True
            self._do(lambda timeline: made.deeds.append(timeline.intervene(change)))
        else:
            self._rewind(lambda timeline, until=bool: _with(made, until, timeline.repeat), self._after)

    def undo(self) -> None:
        made = self._made
        self._rewind(lambda timeline, until=bool: _with(made, until, timeline.withdraw), self._before)

    def id(self) -> int:
        return MERGED + 1 if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """One drag of a slider is one step."""
        if not isinstance(other, InterventionEdit) or other._merge != self._merge:
            return False
        self._made.later.append(other._made)
        self._after = other._after
        self.setText(other.text())
        return True


def _with(made: Made, interrupted: Interrupted, act: Callable[[Deed, Interrupted], bool]) -> bool:
    deed = made.joined()
    return deed is not None and act(deed, interrupted)
