"""A process that runs trials until there is none left: `python -m search_engine.worker`, started by `pool`.

It reads the address of the storage and the name of the study from its standard input, and ends when that is closed:
whoever started it has cancelled the search, or is gone. It may be killed at any moment.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from search_engine.attempt import Claimed
    from search_engine.study import Study

FAILED = 3  # exit code: the storage cannot be used; the sentence is on the standard error
NICENESS = 10
BEATS = 5.0  # s between two signs of life
LOOK = 0.5  # s between two looks at the curves of the others


def main() -> int:
    """Run trials. Returns the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it
    with contextlib.suppress(OSError, AttributeError):  # Windows: whoever started it has set the priority
        os.nice(NICENESS)
    url, name = msgspec.json.decode(_line(), type=tuple[str, str])
    threading.Thread(target=_end_with_parent, daemon=True).start()

    from search_engine.storage import StorageError
    from search_engine.study import join

    try:
        work(join(url, name))
    except StorageError as error:
        print(error, file=sys.stderr)
        return FAILED
    return 0


def work(study: "Study") -> None:
    """Claim and run trials until none is left. Raises StorageError."""
    while (claimed := study.claim()) is not None:
        run(study, claimed)


def run(study: "Study", claimed: "Claimed") -> None:
    """One trial."""
    from model.search.pruning import SPARED, Curve, is_hopeless
    from model.search.trial_run import Result, run_trial
    from search_engine.storage import StorageError
    from search_engine.study import MOST_ATTEMPTS

    curve: dict[int, float] = {}
    others: list[Curve] = []
    beaten, looked = time.monotonic(), 0.0

    def hopeless(step: int, loss: float) -> bool:
        nonlocal looked, others
        curve[step] = loss
        study.report(claimed, step, loss)
        if not study.spec.pruning or step <= SPARED * study.spec.steps:
            return False
        if time.monotonic() - looked > LOOK:
            looked = time.monotonic()
            others = [each.curve for each in study.trials() if each.place != claimed.place]
        return is_hopeless(curve, others, study.spec.steps)

    def interrupted() -> bool:
        nonlocal beaten
        if time.monotonic() - beaten > BEATS:
            beaten = time.monotonic()
            study.beat(claimed)
        return False

    if claimed.attempts >= MOST_ATTEMPTS:
        note = "its process ended without a word, every time it was tried"
        study.finish(claimed, Result(how="failed", step=0, note=note))
        return
    try:
        result = run_trial(study.spec.experiment_of(claimed.values), hopeless, interrupted)
    except StorageError:
        raise
    except Exception as error:  # no memory for so large a network, ...: this trial is lost, the others may do
        result = Result(how="failed", step=max(curve, default=0), note=f"{type(error).__name__}: {error}")
    assert result is not None, "nothing interrupts it"
    study.finish(claimed, result)


def _line() -> bytes:
    """The first line of the standard input, byte by byte: what comes after it is left for the watch."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            os._exit(0)
        line += byte
    return line


def _end_with_parent() -> None:
    """Wait for the end of the standard input, then end at once: the storage knows what is lost."""
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
