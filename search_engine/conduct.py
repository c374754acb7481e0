"""The conductor of a search: keeps its workers going until all trials are finished, and says how far it has come."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from model.message import QT_TRANSLATE_NOOP, Message
from model.search.trial_record import TrialRecord
from search_engine.pool import Pool
from search_engine.storage import StorageError
from search_engine.study import Study

LOOK = 0.4  # s between two looks
LOST = 2.0  # s between two looks for attempts whose process is gone
FRUITLESS = 3  # workers in a row that end with an error before one trial is finished


@dataclass(frozen=True)
class Standing:
    """How far a search has come."""

    trials: list[TrialRecord]
    finished: int
    wanted: int
    seconds_left: float | None  # None where nothing tells yet
    pids: list[int]  # the workers of this process

    @property
    def over(self) -> bool:
        return self.finished >= self.wanted


def conduct(
    study: Study, workers: int, cancelled: Callable[[], bool] = bool, wait: Callable[[float], object] = time.sleep
) -> Iterator[Standing]:
    """Run the search with `workers` processes, beside those of others on the same study, and yield where it stands.

    Ends when all trials are finished or `cancelled` says so; no process is left then, nor when the iteration is closed
    before. Raises StorageError.
    """
    pool, began, looked, fruitless = Pool(study.url, study.name, workers), time.monotonic(), 0.0, 0
    at_first = before = None
    try:
        while not cancelled():
            now = time.monotonic()
            for each in pool.ended():
                study.fail_worker(each.pid, by_itself=True)
                fruitless = fruitless + 1 if each.code else 0
                if each.code > 0 and fruitless >= FRUITLESS:
                    raise StorageError(_gave_up(each.said))
            if now - looked > LOST:
                looked = now
                study.fail_lost()
            trials = study.trials()
            finished = sum(each.finished for each in trials)
            at_first = finished if at_first is None else at_first
            done, left = finished - at_first, study.spec.trials - finished
            fruitless = fruitless if finished == before else 0
            before = finished
            seconds = (now - began) / done * left if done else None
            yield Standing(trials, finished, study.spec.trials, seconds, pool.pids)
            if not left:
                return
            others = sum(each.state == "running" for each in trials) - len(pool.pids)
            pool.fill(left - max(0, others))
            wait(LOOK)
    finally:
        for pid in pool.close():
            study.fail_worker(pid, by_itself=False)


def _gave_up(said: str) -> Message:
    reason = said.splitlines()[-1] if said else "?"
    text = QT_TRANSLATE_NOOP("model", "The processes of the search end with an error: {reason}")
    return Message(text, {"reason": reason})
