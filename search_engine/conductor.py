"""The conductor as a process of its own, for the window: `python -m search_engine.conductor`.

The window never imports Optuna and never waits for a database. It writes an order as one line of JSON to the standard
input, reads a line of JSON from the standard output whenever something has changed, and cancels by closing the input.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Literal

import msgspec

from model.search.search_spec import SearchSpec
from model.search.trial_record import TrialRecord, winner

if TYPE_CHECKING:
    from search_engine.study import Study

IMPORTANCE = 2.0  # s between two looks at what matters


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is to do."""

    what: Literal["run", "measure"]
    url: str
    name: str
    spec: SearchSpec
    workers: int = 1


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What the winner reaches on the test part."""

    place: int
    loss: float | None
    accuracy: float | None


class News(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What has changed since the last line."""

    trials: list[TrialRecord] = []  # those that have changed
    finished: int | None = None
    wanted: int = 0
    seconds_left: float | None = None
    importance: dict[str, float] | None = None
    figures: Figures | None = None
    refused: tuple[str, dict[str, str | int | float]] | None = None  # the source of a sentence and its values


def main() -> int:
    """Carry out one order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    order = msgspec.json.decode(line, type=Order)
    cancelled = threading.Event()
    threading.Thread(target=_watch, args=(cancelled,), daemon=True).start()

    from search_engine.storage import StorageError
    from search_engine.study import begin

    try:
        study = begin(order.url, order.name, order.spec)
        run(study, order.workers, cancelled) if order.what == "run" else measure(study, cancelled)
    except StorageError as error:
        values = {name: v if isinstance(v, (int, float)) else str(v) for name, v in error.message.values.items()}
        _tell(News(refused=(error.message.source, values)))
    except BrokenPipeError:  # the window is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def run(study: "Study", workers: int, cancelled: threading.Event) -> None:
    """Conduct the search and tell what changes."""
    from search_engine.conduct import conduct

    told: dict[int, TrialRecord] = {}
    looked, weighed = 0.0, -1
    if study.test is not None:
        _tell(News(figures=msgspec.convert(study.test, Figures)))
    for standing in conduct(study, workers, cancelled.is_set, cancelled.wait):
        changed = [each for each in standing.trials if told.get(each.place) != each]
        told.update((each.place, each) for each in changed)
        importance = None
        if standing.finished != weighed and (standing.over or time.monotonic() - looked > IMPORTANCE):
            importance = study.importance(standing.trials)
            looked, weighed = time.monotonic(), standing.finished
        _tell(
            News(
                trials=changed,
                finished=standing.finished,
                wanted=standing.wanted,
                seconds_left=standing.seconds_left,
                importance=importance,
            )
        )


def measure(study: "Study", cancelled: threading.Event) -> None:
    """Measure the winner on the test part, unless that was done."""
    figures = study.test
    best = winner(study.trials())
    if best is not None and (figures is None or figures["place"] != best.place):
        figures = measured(study, best, cancelled)
    if figures is not None:
        _tell(News(figures=msgspec.convert(figures, Figures)))


def measured(study: "Study", best: TrialRecord, cancelled: threading.Event | None = None) -> dict[str, object] | None:
    """Train the winner once more, with the test part, and keep what it reaches; None where it was cancelled."""
    from model.search.trial_run import measured_with_test

    interrupted = cancelled.is_set if cancelled is not None else bool
    found = measured_with_test(study.spec.experiment_of(best.values), interrupted)
    if interrupted():
        return None
    figures: dict[str, object] = {"place": best.place, "loss": found.test_loss, "accuracy": found.test_accuracy}
    study.keep_test(figures)
    return figures


def _tell(news: News) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(news) + b"\n")
    sys.stdout.buffer.flush()


def _watch(cancelled: threading.Event) -> None:
    """The end of the standard input cancels."""
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    cancelled.set()


if __name__ == "__main__":
    sys.exit(main())
