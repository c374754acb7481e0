import sys
import threading
import time

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from gui.turns import LONGEST_WAIT, Turns


@pytest.fixture
def turns(qapp):
    made = Turns()
    yield made
    made.end()


def waited(turns):
    """How long another thread has to wait for its turn now, s."""
    times = []

    def wait():
        started = time.perf_counter()
        turns.wait_for_turn()
        times.append(time.perf_counter() - started)

    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()
    return times[0]


def sleep_of_the_window(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def test_nobody_waits_before_the_window_is_shown(turns):
    assert waited(turns) < LONGEST_WAIT / 2


def test_training_waits_for_an_awake_window_but_never_for_ever(turns):
    turns.begin()
    sleep_of_the_window(1)  # returns awake, and nothing lets it sleep from here on
    assert LONGEST_WAIT * 0.9 <= waited(turns) < 10 * LONGEST_WAIT


def test_training_runs_while_the_window_sleeps(turns):
    turns.begin()
    steps = []
    go_on = True

    def train():
        while go_on:
            turns.wait_for_turn()
            steps.append(time.perf_counter())
            time.sleep(0)

    thread = threading.Thread(target=train)
    thread.start()
    sleep_of_the_window(100)
    go_on = False
    turns.end()
    thread.join()
    assert len(steps) > 100  # a tenth of a second asleep; two if it waited in vain each time


def test_the_end_lets_a_waiting_thread_go_at_once(turns):
    turns.begin()
    sleep_of_the_window(1)
    done = threading.Event()
    thread = threading.Thread(target=lambda: (turns.wait_for_turn(), done.set()))
    thread.start()
    turns.end()
    assert done.wait(LONGEST_WAIT / 2)
    thread.join()
    sleep_of_the_window(1)
    assert waited(turns) < LONGEST_WAIT / 2


def test_the_interpreter_is_left_as_it_was(turns):
    before = sys.getswitchinterval()
    turns.begin()
    turns.begin()
    assert sys.getswitchinterval() < before
    turns.end()
    turns.end()
    assert sys.getswitchinterval() == before
