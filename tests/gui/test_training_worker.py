"""What only the training thread decides: its pace, when it copies, when it ends."""

import time

import pytest

from gui.training_worker import TrainingWorker
from gui.turns import Turns
from model.experiment_file import from_plain
from model.timeline import Timeline
from model.trainer import Trainer

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 40}},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
    }
)


@pytest.fixture
def worker(qapp):
    made = TrainingWorker(Turns())
    made.start()
    yield made
    made.close()


def letter(qtbot, worker, wanted=lambda progress: True):
    """Wait for a progress that is `wanted`."""
    found = []

    def look():
        progress = worker.mailbox.take()
        if progress is not None and wanted(progress):
            found.append(progress)
        return bool(found)

    qtbot.waitUntil(look)
    return found[0]


def test_a_run_begins_at_step_0_and_stands(qtbot, worker):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    progress = letter(qtbot, worker)
    assert progress.snapshot.step == 0 and not progress.playing and progress.run.number == 1
    assert progress.run.steps_per_epoch == Trainer(EXPERIMENT).batches.per_epoch
    assert progress.run.shapes == ((2,), (3,), (3,), (1,))
    assert not progress.snapshot.parameters.flags.writeable


def test_nothing_is_copied_while_the_window_does_not_take(qtbot, worker):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    letter(qtbot, worker)
    worker.play(1)
    qtbot.waitUntil(lambda: not worker.mailbox.empty)
    done = []
    worker.ask(lambda timeline: done.append(timeline.steps))
    qtbot.waitUntil(lambda: bool(done))
    first = worker.mailbox.take()
    assert first.playing and first.snapshot.step <= done[0]


def test_it_stands_where_the_last_snapshot_says(qtbot, worker):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    worker.play(1)
    letter(qtbot, worker, lambda progress: progress.snapshot.step > 10)
    worker.pause(2)
    last = letter(qtbot, worker, lambda progress: not progress.playing)
    assert last.request == 2
    done = []
    worker.ask(lambda timeline: done.append(timeline.steps))
    qtbot.waitUntil(lambda: bool(done))
    assert done == [last.snapshot.step]


def test_a_slow_pace_is_kept_and_commands_do_not_hurry_it(qtbot, worker):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    worker.set_pace(20)
    started = time.perf_counter()
    worker.play(1)
    commands = 0

    def knocking():
        nonlocal commands
        commands += 1
        worker.set_pace(20)
        progress = worker.mailbox.take()
        return progress is not None and progress.snapshot.step >= 5

    qtbot.waitUntil(knocking)
    # The first step is made at once, the fifth 4/20 s later at the earliest.
    assert time.perf_counter() - started >= 0.2
    assert commands > 5


def test_one_step_does_not_wait_for_the_pace_and_a_faster_pace_holds_at_once(qtbot, worker):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    worker.set_pace(0.001)
    started = time.perf_counter()
    for request in (1, 2, 3):
        worker.step(request)
    assert letter(qtbot, worker, lambda progress: progress.request == 3).snapshot.step == 3
    worker.play(4)
    letter(qtbot, worker, lambda progress: progress.snapshot.step == 4)
    worker.set_pace(None)
    letter(qtbot, worker, lambda progress: progress.snapshot.step > 10)
    assert time.perf_counter() - started < 5


def test_every_step_is_shown_at_a_slow_pace(qtbot, worker):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    letter(qtbot, worker)
    worker.set_pace(20)
    worker.play(1)
    seen = []

    def look():
        progress = worker.mailbox.take()
        if progress is not None:
            seen.append(progress.snapshot.step)
        return bool(seen) and seen[-1] >= 5

    qtbot.waitUntil(look)
    assert set(range(1, 6)) <= set(seen)


def test_the_speed_is_measured(qtbot, worker):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    worker.set_pace(100)
    worker.play(1)
    progress = letter(qtbot, worker, lambda progress: progress.steps_per_second > 0)
    assert 50 < progress.steps_per_second < 110


@pytest.mark.parametrize("pace", [None, 0.001], ids=["full speed", "slow"])
def test_it_ends_within_a_second(qtbot, worker, pace):
    worker.open(1, lambda: Timeline(EXPERIMENT))
    worker.set_pace(pace)
    worker.play(1)
    letter(qtbot, worker, lambda progress: progress.snapshot.step >= 1)
    started = time.perf_counter()
    worker.close()
    assert worker.isFinished() and time.perf_counter() - started < 1


def test_commands_left_over_at_the_end_are_not_obeyed(qtbot):
    worker = TrainingWorker(Turns())
    done = []
    worker.open(1, lambda: Timeline(EXPERIMENT))
    worker.ask(lambda timeline: worker._post(lambda: done.append(1)))
    worker.start()
    worker.close()
    worker.close()
    worker.play(1)
    assert worker.isFinished()
