"""A search in its storage: who runs which trial, so that in the end exactly as many are finished as were asked for.

Every trial has a *place*, 0 to N - 1. Optuna's trials are attempts at a place: the one that counts is the first that
has not failed. An attempt is made in one transaction: running, with its values and with the process that runs it, so
that a process killed at any moment leaves nothing that nobody answers for. Two that make an attempt at the same place
see both, and the second fails. A place whose attempt has failed is free again, for an attempt with the same values.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import structs

from model.message import QT_TRANSLATE_NOOP, Message
from model.search.search_spec import SearchSpec, from_json, to_json
from model.search.trial_record import TrialRecord
from model.search.trial_run import Result
from search_engine.attempt import ENDED, PLACE, RESULT, Claimed, is_gone, is_of, new_attempt, record, values_of
from search_engine.proposal import proposal
from search_engine.storage import StorageError, in_words, open_storage

MOST_ATTEMPTS = 3  # that end their process; then the trial itself is to blame
SPEC, TEST = "spec", "test"  # of the study


@dataclass
class Study:
    """One search in one storage, as one process sees it."""

    url: str
    name: str
    spec: SearchSpec
    _storage: Any
    _study: Any  # optuna.Study
    _seen: dict[int, TrialRecord] = field(default_factory=dict[int, TrialRecord])  # finished attempts, by number
    _met: set[int] = field(default_factory=set[int])  # running attempts that were looked after, by number

    # Who runs what

    def claim(self) -> Claimed | None:
        """A trial to run; None where all are finished or run elsewhere."""
        with in_words(self.url):
            while True:
                counting = self._counting()
                free = next((place for place in range(self.spec.trials) if place not in counting), None)
                if free is None:
                    return None
                claimed = self._attempt(free)
                first = self._counting().get(free)
                if first is not None and first._trial_id == claimed.number:
                    return claimed
                self._fail(claimed.number)  # another process was there before

    def report(self, claimed: Claimed, step: int, loss: float) -> None:
        """One more point of the trial's learning curve."""
        with in_words(self.url), self._already_over():
            self._storage.set_trial_intermediate_value(claimed.number, step, loss)

    def beat(self, claimed: Claimed) -> None:
        """The trial goes on."""
        with in_words(self.url):
            self._storage.record_heartbeat(claimed.number)

    def finish(self, claimed: Claimed, result: Result) -> None:
        """Write down how the trial ended. Nothing happens where it was given to another process meanwhile."""
        from optuna.trial import TrialState

        complete = result.how == "complete"
        state = TrialState.COMPLETE if complete else TrialState.PRUNED
        with in_words(self.url), self._already_over():
            self._storage.set_trial_user_attr(claimed.number, RESULT, msgspec.to_builtins(result))
            self._storage.set_trial_state_values(claimed.number, state, [result.validation_loss] if complete else None)

    def fail_lost(self) -> int:
        """Free the places of attempts whose process is gone: their number."""
        with in_words(self.url):
            running = self._running()
            silent = set(self._storage._backend._get_stale_trial_ids(self._study._study_id))
            lost = [each._trial_id for each in running if each._trial_id in silent or is_gone(each)]
            for number in {each._trial_id for each in running} - self._met - set(lost):
                self._storage.record_heartbeat(number)  # silence is only seen of who once spoke
                self._met.add(number)
            return sum(self._fail(number) for number in lost)

    def fail_worker(self, pid: int, *, by_itself: bool) -> None:
        """Free the place of the attempt that process `pid` of this machine was at work on; `by_itself`: it was not told
        to end, so that the trial may be to blame."""
        with in_words(self.url):
            for each in self._running():
                if is_of(each, pid):
                    if by_itself:
                        with self._already_over():
                            self._storage.set_trial_user_attr(each._trial_id, ENDED, True)
                    self._fail(each._trial_id)

    # What is known

    def trials(self) -> list[TrialRecord]:
        """Every trial that was begun, by place."""
        with in_words(self.url):
            counting = self._counting()
        return [self._record(counting[place]) for place in sorted(counting)]

    def importance(self, trials: list[TrialRecord]) -> dict[str, float]:
        """How much of being among the best quarter each hyperparameter explains; they sum to 1. {} for few trials."""
        from search_engine.importance import importance

        return importance(self.spec.axes, trials)

    @property
    def test(self) -> dict[str, Any] | None:
        """What was measured on the test part, once, and of which trial."""
        with in_words(self.url):
            return self._study.user_attrs.get(TEST)

    def keep_test(self, figures: dict[str, Any]) -> None:
        """Write down what was measured on the test part."""
        with in_words(self.url):
            self._study.set_user_attr(TEST, figures)

    def close(self) -> None:
        """Let the connections to the storage go."""
        self._storage.remove_session()
        self._storage._backend.engine.dispose()

    # Behind the scenes

    def _counting(self) -> dict[int, Any]:
        """Of each place the attempt that counts: the first that has not failed."""
        found: dict[int, Any] = {}
        for attempt in self._study.get_trials(deepcopy=False):
            place = attempt.user_attrs.get(PLACE)
            if place is None or place >= self.spec.trials or attempt.state.name == "FAIL":
                continue
            found.setdefault(place, attempt)
        return found

    def _running(self) -> list[Any]:
        return [each for each in self._study.get_trials(deepcopy=False) if each.state.name == "RUNNING"]

    def _attempt(self, place: int) -> Claimed:
        """A running attempt of this process at `place`: with the values of an earlier one, where there was any."""
        before = self._attempts(place)
        values = values_of(before[0], self.spec.axes) if before else self.spec.values_at(place)
        values = values if values is not None else proposal(self._study, self.spec, place)
        made = new_attempt(place, values, self.spec.axes)
        number = self._storage.create_new_trial(self._study._study_id, made)
        self._storage.record_heartbeat(number)
        return Claimed(number, place, values, sum(ENDED in each.user_attrs for each in before))

    def _attempts(self, place: int) -> list[Any]:
        return [each for each in self._study.get_trials(deepcopy=False) if each.user_attrs.get(PLACE) == place]

    def _fail(self, number: int) -> bool:
        from optuna.trial import TrialState

        with self._already_over():
            return bool(self._storage.set_trial_state_values(number, TrialState.FAIL))
        return False

    def _record(self, attempt: Any) -> TrialRecord:
        if attempt._trial_id in self._seen:
            return self._seen[attempt._trial_id]
        made = record(attempt, self.spec.axes)
        if made.finished:
            self._seen[attempt._trial_id] = made
        return made

    @staticmethod
    @contextlib.contextmanager
    def _already_over() -> Iterator[None]:
        """Where the attempt was ended by another process, there is nothing more to say of it."""
        from optuna.exceptions import UpdateFinishedTrialError

        with contextlib.suppress(UpdateFinishedTrialError):
            yield


def begin(url: str, name: str, spec: SearchSpec) -> Study:
    """Make the study, or join it where it is there and searches the same; more trials than before extend it.

    Raises StorageError.
    """
    import optuna

    storage = open_storage(url, make=True)
    with in_words(url):
        made = optuna.create_study(storage=storage, study_name=name, direction="minimize", load_if_exists=True)
        stored = made.user_attrs.get(SPEC)
        before = from_json(stored) if stored is not None else None
        if before is None or (spec.same_as(before) and spec.trials > before.trials):
            made.set_user_attr(SPEC, to_json(spec))
        elif not spec.same_as(before):
            text = QT_TRANSLATE_NOOP(
                "model",
                "The study {name} searches something else: go on with its own settings, or give this search another "
                "name.",
            )
            raise StorageError(Message(text, {"name": name}))
        elif spec.trials < before.trials:
            spec = structs.replace(spec, trials=before.trials)
    return Study(url, name, spec, storage, made)


def join(url: str, name: str) -> Study:
    """The study that is there. Raises StorageError where it is not."""
    import optuna

    storage = open_storage(url, make=False)
    with in_words(url):
        made = optuna.load_study(storage=storage, study_name=name)
        for _ in range(50):  # who makes it names its search a moment later
            stored = made.user_attrs.get(SPEC)
            if stored is not None:
                return Study(url, name, from_json(stored), storage, made)
            time.sleep(0.1)
    raise StorageError(Message(QT_TRANSLATE_NOOP("model", "The study {name} holds no search."), {"name": name}))
