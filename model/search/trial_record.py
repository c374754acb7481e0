"""What is known of one trial: its place in the search, what it tries, how far it has come, how it ended."""

from typing import Literal

import msgspec

from model.search.space import Value
from model.search.trial_run import Result

State = Literal["waiting", "running", "complete", "pruned"]


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


def winner(trials: list[TrialRecord]) -> TrialRecord | None:
    """The complete trial with the lowest validation loss; of equal ones the first."""
    complete = [each for each in trials if each.state == "complete" and each.loss is not None]
    return min(complete, key=lambda each: (each.loss, each.place), default=None)
