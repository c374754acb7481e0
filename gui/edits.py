"""What can be undone, each as one step on the undo stack: another experiment, another value of one parameter."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from model.experiment import Experiment

MERGED = 1  # the id that Qt asks of commands that may merge


class ExperimentEdit(QUndoCommand):
    """Another experiment."""

    def __init__(
        self, take: Callable[[Experiment], object], before: Experiment, after: Experiment, text: str, merge: str
    ) -> None:
        super().__init__(text)
        self._take, self._before, self._after, self._merge = take, before, after, merge

    def redo(self) -> None:
        self._take(self._after)

    def undo(self) -> None:
        self._take(self._before)

    def id(self) -> int:
        return MERGED if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """One drag of a slider is one step: keep the first `before`, take the last `after`."""
        if not isinstance(other, ExperimentEdit) or other._merge != self._merge:
            return False
        self._after = other._after
        self.setText(other.text())
        self.setObsolete(self._after == self._before)  # dragged back to where it was: nothing to undo
        return True


class ParameterEdit(QUndoCommand):
    """Another value of one weight or bias in the run with this number."""

    def __init__(
        self, write: Callable[[int, int, float], None], run: int, index: int, before: float, after: float, text: str
    ) -> None:
        super().__init__(text)
        self._write, self._run, self._index = write, run, index
        self._before, self._after = before, after

    def redo(self) -> None:
        self._write(self._run, self._index, self._after)

    def undo(self) -> None:
        self._write(self._run, self._index, self._before)
