"""What can be undone about branches: one is shown, named, removed. See `edits` for who does what in which thread."""

from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand

from gui.edits import Do, Interrupted, Place, Rewind
from model.branch import Branch
from model.timeline import Timeline


class BranchEdit(QUndoCommand):
    """Another branch is shown."""

    def __init__(self, rewind: Rewind, number: int, text: str) -> None:
        super().__init__(text)
        self._rewind, self._number, self._left = rewind, number, Place()

    def redo(self) -> None:
        number, left = self._number, self._left

        def switch(timeline: Timeline, interrupted: Interrupted = bool, /) -> bool:
            left.branch = timeline.branch.number
            return timeline.switch(number, interrupted=interrupted)

        self._rewind(switch, None)

    def undo(self) -> None:
        left = self._left
        self._rewind(lambda timeline, until=bool: _back(timeline, left, until), None)


class RenamingEdit(QUndoCommand):
    """A branch has another name."""

    def __init__(self, do: Do, number: int, before: str, after: str, text: str) -> None:
        super().__init__(text)
        self._do, self._number, self._before, self._after = do, number, before, after

    def redo(self) -> None:
        self._name(self._after)

    def undo(self) -> None:
        self._name(self._before)

    def _name(self, name: str) -> None:
        number = self._number
        self._do(lambda timeline: timeline.rename(number, name))


@dataclass(eq=False)
class Parked:
    """A removed branch, and what its children were before."""

    branch: Branch | None = None
    place: int = 0
    children: tuple[tuple[Branch, int], ...] = ()  # with the step at which they parted from it

    def take(self, timeline: Timeline, number: int) -> None:
        """Remove it, unless it is shown or gone already."""
        branch = timeline.find(number)
        if branch is None or branch is timeline.branch:
            return
        self.branch, self.place = branch, timeline.branches.index(branch)
        self.children = tuple((each, each.parted_at) for each in timeline.branches if each.parent == number)
        timeline.remove(number)

    def put_back(self, timeline: Timeline) -> None:
        """Where it was, with its children."""
        if self.branch is None:
            return
        timeline.branches.insert(self.place, self.branch)
        for child, parted_at in self.children:
            child.parent, child.parted_at = self.branch.number, parted_at
        self.branch = None


class RemovalEdit(QUndoCommand):
    """A branch is removed."""

    def __init__(self, do: Do, number: int, text: str) -> None:
        super().__init__(text)
        self._do, self._number, self._parked = do, number, Parked()

    def redo(self) -> None:
        parked, number = self._parked, self._number
        self._do(lambda timeline: parked.take(timeline, number))

    def undo(self) -> None:
        self._do(self._parked.put_back)


def _back(timeline: Timeline, place: Place, interrupted: Interrupted) -> bool:
    return place.branch is not None and timeline.switch(place.branch, interrupted=interrupted)
