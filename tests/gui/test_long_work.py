"""Long work in a thread of its own: heard of in the window's thread, left at any time, polite."""

import sys
import threading
import time

import pytest
from PySide6.QtCore import QCoreApplication

from gui.long_work import LongWork
from gui.turns import Turns


@pytest.fixture
def turns(qapp):
    made = Turns()
    yield made
    made.end()


@pytest.fixture
def worker(turns):
    made = LongWork(turns, lambda: False)
    yield made
    made.close()


def until_left(interrupted, tell):
    """Work that ends only where it is told to."""
    done = 0
    while not interrupted():
        done += 1
        tell(done)
    return "left"


def test_the_answer_is_heard_in_the_windows_thread(qtbot, worker) -> None:
    heard = []
    worker.begin(
        lambda interrupted, tell: threading.current_thread().name,
        lambda answer: heard.append((answer, threading.current_thread())),
    )
    assert worker.busy
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("long work", threading.main_thread())] and not worker.busy


def test_it_tells_how_far_it_is_and_nobody_hears_of_what_was_left(qtbot, worker) -> None:
    told, heard = [], []
    worker.begin(until_left, heard.append, told.append)
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told == sorted(told)
    worker.cancel()
    assert not worker.busy
    worker.close()
    count = len(told)
    QCoreApplication.sendPostedEvents()
    assert heard == [] and len(told) == count


def test_the_next_one_begins_when_the_one_before_has_ended(qtbot, worker) -> None:
    at_work, most, heard = [], [], []

    def work(name):
        def run(interrupted, tell):
            at_work.append(name)
            most.append(len(at_work))
            answer = until_left(interrupted, tell) if name == "first" else name
            at_work.remove(name)
            return answer

        return run

    worker.begin(work("first"), heard.append)
    qtbot.waitUntil(lambda: bool(at_work))
    worker.begin(work("second"), heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["second"] and max(most) == 1


def test_a_job_that_was_left_before_it_began_is_not_done(qtbot, worker) -> None:
    done, heard, go = [], [], threading.Event()

    def first(interrupted, tell):
        go.wait(5)

    worker.begin(first, heard.append)
    worker.begin(lambda interrupted, tell: done.append("second"), heard.append)
    worker.begin(lambda interrupted, tell: "third", heard.append)
    go.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["third"] and done == []


def test_an_error_is_reported_and_the_next_job_is_done(qtbot, worker, monkeypatch) -> None:
    reported, heard = [], []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: reported.append(str(error)))

    def work(interrupted, tell):
        raise ValueError("no such thing")

    worker.begin(work, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [None] and reported == ["no such thing"]
    worker.begin(lambda interrupted, tell: 7, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == 7


def test_while_the_network_learns_training_has_as_long_as_the_work(turns, monkeypatch) -> None:
    """Lower bounds only: on a busy machine everything takes longer."""
    monkeypatch.setattr("gui.long_work.SPELL", 0.02)
    worker, times, ended = LongWork(turns, lambda: True), [], threading.Event()

    def work(interrupted, tell):
        for _ in range(3):
            begun = time.perf_counter()
            while time.perf_counter() - begun < 0.021:
                pass
            begun = time.perf_counter()
            interrupted()
            times.append(time.perf_counter() - begun)
        ended.set()

    worker.begin(work, lambda answer: None)
    assert ended.wait(30)
    worker.close()
    assert min(times) >= 0.9 * 0.02


def test_it_waits_for_an_awake_window(qtbot, turns) -> None:
    waits = []
    monitored = turns.wait_for_turn
    turns.wait_for_turn = lambda: (waits.append(1), monitored())
    worker = LongWork(turns, lambda: False)
    ended = threading.Event()

    def work(interrupted, tell):
        for _ in range(5):
            interrupted()
        ended.set()

    worker.begin(work, lambda answer: None)
    assert ended.wait(5)
    worker.close()
    assert len(waits) == 5
