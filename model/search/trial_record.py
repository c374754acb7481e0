"""What is known of one trial: its place in the search, what it tries, how far it has come, how it ended."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from model.search.space import AnyAxis, Value
from model.search.trial_run import Result

State = Literal["running", "complete", "pruned"]


class TrialRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A trial at some moment."""

    place: int  # 0 .. trials - 1: the same one however often it was begun
    state: State
    values: dict[str, Value]
    curve: dict[int, float]  # the validation loss after so many steps, as far as it has come
    result: Result | None = None  # of a trial that has ended

    @property
    def finished(self) -> bool:
        return self.state in ("complete", "pruned")

    @property
    def loss(self) -> float | None:
        """The validation loss where it ended; None where it diverged or goes on."""
        return self.result.validation_loss if self.result is not None else None


def winner(trials: Sequence[TrialRecord]) -> TrialRecord | None:
    """The complete trial with the lowest validation loss; of equal ones the first."""
    complete = [each for each in trials if each.state == "complete" and each.loss is not None]
    return min(complete, key=lambda each: (each.loss, each.place), default=None)


def table(axes: Sequence[AnyAxis], trials: Sequence[TrialRecord]) -> list[list[object]]:
    """All trials with their numbers in full, below a row of headings."""
    headings = ["trial", "state", *(axis.path for axis in axes)]
    rows: list[list[object]] = [[*headings, "step", "train_loss", "validation_loss", "validation_accuracy", "note"]]
    for each in trials:
        result = each.result
        figures: list[object] = [""] * 5
        if result is not None:
            measured = result.train_loss, result.validation_loss, result.validation_accuracy
            figures = [result.step, *("" if v is None else v for v in measured), result.note]
        values = [each.values.get(axis.path, "") for axis in axes]
        rows.append([each.place + 1, result.how if result is not None else each.state, *values, *figures])
    return rows
