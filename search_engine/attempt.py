"""An attempt at a place of a search, as it stands in the storage: one of Optuna's trials, with attributes of ours."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from model.search.proposals import Values
from model.search.space import AnyAxis
from model.search.trial_record import TrialRecord
from model.search.trial_run import Result
from search_engine.processes import began, is_alive, machine
from search_engine.proposal import distribution

PLACE, WORKER, RESULT, ENDED = "place", "worker", "result", "ended"


@dataclass(frozen=True)
class Claimed:
    """A trial that this process is to run."""

    number: int  # Optuna's identity of the attempt
    place: int
    values: Values
    attempts: int  # at this place that ended their process


def new_attempt(place: int, values: Values, axes: Sequence[AnyAxis]) -> Any:
    """A running attempt of this process at `place`, an optuna.trial.FrozenTrial that no storage holds yet."""
    from optuna.trial import TrialState, create_trial

    return create_trial(
        state=TrialState.RUNNING,
        params=dict(values),
        distributions={axis.path: distribution(axis) for axis in axes},
        user_attrs={
            PLACE: place,
            WORKER: {"machine": machine(), "pid": os.getpid(), "began": began(os.getpid())},
        },
    )


def values_of(attempt: Any, axes: Sequence[AnyAxis]) -> Values:
    """What it tries."""
    return {axis.path: attempt.params[axis.path] for axis in axes}


def record(attempt: Any, axes: Sequence[AnyAxis]) -> TrialRecord:
    """What is known of the trial by this attempt."""
    result = attempt.user_attrs.get(RESULT)
    return TrialRecord(
        place=attempt.user_attrs[PLACE],
        state=attempt.state.name.lower(),
        values=values_of(attempt, axes),
        curve=dict(attempt.intermediate_values),
        result=msgspec.convert(result, Result) if result is not None else None,
    )


def is_of(attempt: Any, pid: int) -> bool:
    """Whether process `pid` of this machine made it."""
    worker = attempt.user_attrs.get(WORKER, {})
    return worker.get("pid") == pid and worker.get("machine") == machine()


def is_gone(attempt: Any) -> bool:
    """Whether the process that made it has ended; of other machines' processes nothing is known."""
    worker = attempt.user_attrs.get(WORKER)
    if worker is None or worker["machine"] != machine():
        return False
    return not is_alive(worker["pid"], worker["began"])
