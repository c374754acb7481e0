import threading
import time

import pytest

from gui.picture_worker import PictureWorker


@pytest.fixture
def worker(qapp):
    made = PictureWorker()
    made.start()
    yield made
    made.close()


class Gate:
    """A picture that is being computed until it is opened."""

    def __init__(self):
        self.started, self.opened = threading.Event(), threading.Event()

    def __call__(self):
        self.started.set()
        assert self.opened.wait(10)
        return "gate"


@pytest.fixture
def busy(worker):
    """The worker computes until the gate is opened: what is asked for meanwhile waits."""
    gate = Gate()
    worker.request("gate", gate, lambda _: None)
    assert gate.started.wait(10)
    yield gate
    gate.opened.set()


def test_a_picture_is_computed_in_the_thread_and_delivered_in_the_window(qtbot, worker):
    answers = []
    worker.request("a", threading.get_ident, lambda answer: answers.append((answer, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(answers))
    computed, delivered = answers[0]
    assert computed != delivered == threading.get_ident()


def test_requests_are_served_in_turn_and_a_newer_one_takes_the_place_of_the_older(qtbot, worker, busy):
    answers = []
    for name in "abc":
        worker.request(name, lambda name=name: name, answers.append)
    worker.request("a", lambda: "a again", answers.append)
    busy.opened.set()
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert answers == ["a again", "b", "c"]


def test_a_withdrawn_request_is_not_computed(qtbot, worker, busy):
    answers = []
    worker.request("a", lambda: "a", answers.append)
    worker.request("b", lambda: "b", answers.append)
    worker.forget("a")
    worker.forget("never asked for")
    busy.opened.set()
    worker.request("c", lambda: "c", answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert sorted(answers) == ["b", "c"]


def test_an_error_is_reported_and_the_next_picture_is_computed(qtbot, worker):
    answers = []
    with qtbot.captureExceptions() as errors:
        worker.request("a", lambda: 1 / 0, answers.append)
        qtbot.waitUntil(lambda: bool(errors))
    assert [kind for kind, _, _ in errors] == [ZeroDivisionError]
    worker.request("a", lambda: "fine", answers.append)
    qtbot.waitUntil(lambda: answers == ["fine"])


def test_of_one_key_the_next_picture_begins_when_the_one_before_is_handed_over(qtbot, worker):
    begun, shown = [], []
    worker.set_ticking(True)
    worker.request("a", lambda: begun.append(1), shown.append)
    qtbot.waitUntil(lambda: len(worker._answers) == 1)
    for number in (2, 3):
        worker.request("a", lambda number=number: begun.append(number), shown.append)
    other = Gate()  # computed after them, if they did not wait
    worker.request("b", other, shown.append)
    assert other.started.wait(10)
    other.opened.set()
    assert begun == [1] and worker.is_pending("a")
    worker.deliver()
    qtbot.waitUntil(lambda: begun == [1, 3])  # the newest of what was asked for meanwhile


def test_a_picture_is_pending_until_it_is_handed_over(qtbot, worker, busy):
    assert not worker.is_pending("a")
    worker.request("a", lambda: "a", lambda _: None)
    assert worker.is_pending("a") and worker.is_pending("gate")
    busy.opened.set()
    qtbot.waitUntil(lambda: not worker.is_pending("a") and not worker.is_pending("gate"))
    worker.request("a", lambda: "a", lambda _: None)
    worker.forget("a")
    qtbot.waitUntil(lambda: not worker.is_pending("a"))


def test_what_was_asked_for_while_a_picture_failed_is_computed(qtbot, worker):
    gate, answers = Gate(), []

    def fail():
        gate()
        raise ArithmeticError

    with qtbot.captureExceptions() as errors:
        worker.request("a", fail, answers.append)
        assert gate.started.wait(10)
        worker.request("a", lambda: "fine", answers.append)
        gate.opened.set()
        qtbot.waitUntil(lambda: answers == ["fine"])
    assert [kind for kind, _, _ in errors] == [ArithmeticError]


def test_a_picture_that_cannot_be_shown_does_not_block_the_next(qtbot, worker):
    answers = []
    worker.set_ticking(True)
    worker.request("a", lambda: 0, lambda answer: 1 / answer)
    qtbot.waitUntil(lambda: len(worker._answers) == 1)
    with pytest.raises(ZeroDivisionError):
        worker.deliver()
    worker.set_ticking(False)
    worker.request("a", lambda: "fine", answers.append)
    qtbot.waitUntil(lambda: answers == ["fine"])


def test_it_closes_while_it_computes_and_delivers_nothing_afterwards(qtbot, worker, busy):
    answers = []
    worker.request("a", lambda: "a", answers.append)
    threading.Timer(0.05, busy.opened.set).start()
    worker.close()
    assert worker.isFinished()
    qtbot.wait(1)
    assert answers == []


def test_a_picture_finished_at_the_end_is_not_delivered(qtbot, worker):
    answers, computed = [], threading.Event()
    worker.request("a", computed.set, answers.append)
    assert computed.wait(10)
    started = time.perf_counter()
    worker.close()
    qtbot.wait(1)
    assert answers == [] and time.perf_counter() - started < 1


def test_while_somebody_ticks_one_picture_is_handed_over_a_tick(worker, qtbot):
    shown = []
    worker.set_ticking(True)
    for name in ("first", "second"):
        worker.request(name, lambda name=name: name, shown.append)
    qtbot.waitUntil(lambda: len(worker._answers) == 2)
    assert shown == []
    assert worker.deliver() and len(shown) == 1
    assert worker.deliver() and sorted(shown) == ["first", "second"]
    assert not worker.deliver()


def test_what_is_finished_when_the_ticks_end_is_handed_over(worker, qtbot):
    shown = []
    worker.set_ticking(True)
    worker.request("picture", lambda: "picture", shown.append)
    qtbot.waitUntil(lambda: len(worker._answers) == 1)
    worker.set_ticking(False)
    assert shown == ["picture"]
