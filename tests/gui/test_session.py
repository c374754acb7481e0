"""The session and its training thread together: the same bits however a run is run, and no request that gets lost."""

import time
from typing import Any

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEvent

import model.timeline
from gui.session import Session
from model.datasets import Spiral
from model.experiment import EvaluationSpec, Experiment, NetworkSpec, Stop
from model.experiment_file import from_plain
from model.initializers import Zero
from model.layers import Affine
from model.losses import SoftmaxCrossEntropy
from model.optimizers import SGD, Adam, Momentum
from model.record import Record
from model.trainer import Trainer

OPTIMIZERS = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"]


def experiment(rule: str = "sgd", **fields: Any) -> Experiment:
    """A little spiral: 30 training samples in batches of 8, so that the last batch of an epoch is smaller."""
    plain = {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "spiral", "samples": 40}, "test": 0.25},
        "network": {
            "layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 1}],
        },
        "loss": {"type": "sigmoid_cross_entropy"},
        "optimizer": {"type": rule},
        "batches": {"size": 8},
    }
    return from_plain(plain | fields)


def deterministic(session: Session) -> tuple[bytes, bytes, bytes, list[object]]:
    """Everything of a run that must be the same to the last bit."""
    assert session.run is not None and session.progress is not None
    return bits(session.progress.snapshot.parameters, session.run.record)


def bits(parameters: np.ndarray, record: Record) -> tuple[bytes, bytes, bytes, list[object]]:
    return parameters.tobytes(), record.losses().tobytes(), record.gradient_norms().tobytes(), [*record.evaluations]


def headless(made: Experiment, steps: int) -> tuple[bytes, bytes, bytes, list[object]]:
    trainer = Trainer(made)
    trainer.advance(steps)
    return bits(trainer.network.parameters, trainer.record)


class Driver:
    """A session, and waiting for what it says."""

    def __init__(self, qtbot, made: Experiment) -> None:
        self._qtbot = qtbot
        self.session = Session(made)
        self.refusals: list[str] = []
        self.session.refused.connect(self.refusals.append)
        self.stands_at(0)

    @property
    def step(self) -> int:
        assert self.session.progress is not None
        return self.session.progress.snapshot.step

    @property
    def current(self) -> bool:
        return self.session.run is not None and self.session.run.number == self.session._number

    def until(self, condition, timeout: int = 5000) -> None:
        def pulled() -> bool:
            self.session.pull()
            return condition()

        self._qtbot.waitUntil(pulled, timeout=timeout)

    def stands(self) -> None:
        """Wait until the answer to the last request is here."""
        session = self.session
        self.until(
            lambda: (
                self.current
                and session.progress is not None
                and not session.playing
                and not session.progress.playing
                and session.progress.request == session._request
            )
        )

    def stands_at(self, step: int) -> None:
        self.stands()
        assert self.step == step

    def settled(self) -> None:
        """Wait until every command that was given has been obeyed and answered."""
        done: list[int] = []
        self.session.worker.ask(lambda timeline: done.append(timeline.steps))
        self.until(lambda: bool(done))
        self.until(lambda: self.session.worker.mailbox.empty)


@pytest.fixture
def drive(qtbot):
    drivers: list[Driver] = []

    def make(made: Experiment) -> Driver:
        drivers.append(Driver(qtbot, made))
        return drivers[-1]

    yield make
    for driver in drivers:
        driver.session.close()
        driver.session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


# The same bits


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_window_gives_the_same_bits_as_a_headless_run_however_it_is_run(drive, optimizer):
    made = experiment(optimizer, stop={"step": 210})
    expected = headless(made, 210)
    driver = drive(made)
    session = driver.session

    session.play()  # as fast as possible
    driver.stands_at(210)
    assert deterministic(session) == expected

    session.reset()  # step by step, epoch by epoch, with pauses, at a limited pace, and at full speed again
    driver.stands_at(0)
    for done in range(1, 8):
        session.step()
        driver.stands_at(done)
    session.step_epoch()
    driver.stands_at(8)
    session.step_epoch()
    driver.stands_at(12)
    session.set_pace(1000)
    session.play()
    driver.until(lambda: driver.step >= 20)
    session.pause()
    driver.stands()
    session.set_pace(None)
    session.play()
    driver.stands_at(210)
    assert deterministic(session) == expected


def test_a_reset_brings_back_the_same_weights_and_new_weights_are_others(drive):
    driver = drive(experiment())
    first = driver.session.progress.snapshot.parameters
    driver.session.step_epoch()
    driver.stands_at(4)
    assert driver.session.progress.snapshot.parameters.tobytes() != first.tobytes()
    driver.session.reset()
    driver.stands_at(0)
    assert driver.session.progress.snapshot.parameters.tobytes() == first.tobytes()
    assert driver.session.run.record.steps == 0

    driver.session.new_weights()
    driver.stands_at(0)
    other = driver.session.progress.snapshot.parameters.tobytes()
    assert other != first.tobytes()
    driver.session.undo_stack.undo()
    driver.stands_at(0)
    assert driver.session.progress.snapshot.parameters.tobytes() == first.tobytes()
    driver.session.undo_stack.redo()
    driver.stands_at(0)
    assert driver.session.progress.snapshot.parameters.tobytes() == other


def test_a_learning_rate_changed_at_a_step_gives_the_bits_of_a_trainer_retuned_there(drive):
    driver = drive(experiment("momentum"))
    driver.session.step_epoch()
    driver.stands_at(4)
    driver.session.change("slower", optimizer=Momentum(learning_rate=0.001))
    driver.session.step_epoch()
    driver.stands_at(8)
    trainer = Trainer(experiment("momentum"))
    trainer.advance(4)
    trainer.retune(Momentum(learning_rate=0.001))
    trainer.advance(4)
    assert deterministic(driver.session) == bits(trainer.network.parameters, trainer.record)


# Changes while it runs


def test_another_optimizer_is_taken_over_without_a_reset_and_undone_where_it_was(drive):
    driver = drive(experiment())
    run = driver.session.run
    driver.session.play()
    driver.until(lambda: driver.step > 20)
    assert driver.session.change("Adam", optimizer=Adam())
    driver.settled()
    assert driver.session.playing and driver.session.run is run
    assert driver.session.experiment.optimizer == Adam()
    before = driver.step
    driver.session.undo_stack.undo()  # back to where it was changed; what was trained with Adam stays as a branch
    assert driver.session.experiment.optimizer == SGD() and not driver.session.playing
    driver.stands()
    changed_at = driver.step
    assert 20 < changed_at <= before and driver.session.progress.furthest == changed_at
    driver.session.undo_stack.redo()
    assert driver.session.experiment.optimizer == Adam()
    driver.stands()
    assert driver.step == changed_at and driver.session.progress.furthest >= before


def test_evaluation_and_stop_are_taken_over_without_a_reset(drive):
    driver = drive(experiment())
    run = driver.session.run
    driver.session.change("evaluate often", evaluation=EvaluationSpec(every=1, unit="step"), stop=Stop(step=6))
    driver.session.play()
    driver.stands_at(6)
    assert driver.session.run is run
    assert [e.step for e in run.record.evaluations] == [0, 1, 2, 3, 4, 5, 6]


def test_a_weight_set_by_hand_is_shown_learns_on_and_is_undone(drive):
    driver = drive(experiment())
    session = driver.session
    run, before = session.run, session.progress.snapshot.parameters[3]
    session.set_parameter(3, 2.5)
    driver.settled()
    assert session.progress.snapshot.parameters[3] == 2.5
    assert "[" in session.undo_stack.undoText()
    session.undo_stack.undo()
    driver.settled()
    assert session.progress.snapshot.parameters[3] == before
    session.undo_stack.redo()
    driver.settled()
    assert session.progress.snapshot.parameters[3] == 2.5
    assert session.run is run and session.progress.snapshot.step == 0
    session.step()
    driver.stands_at(1)
    trainer = Trainer(experiment())
    trainer.set_parameter(3, 2.5)
    trainer.advance(1)
    assert session.progress.snapshot.parameters.tobytes() == trainer.network.parameters.tobytes()


def test_a_weight_edit_of_an_earlier_run_is_not_written_into_another_network(drive):
    driver = drive(experiment())
    session = driver.session
    last = session.run.layout.size - 1
    session.set_parameter(last, 9.0)
    driver.settled()
    session.change("smaller", network=NetworkSpec(layers=(Affine(units=1),)))
    session.set_parameter(last, 7.0)  # before the smaller network is there
    driver.stands_at(0)
    small = session.progress.snapshot.parameters.copy()
    session.undo_stack.undo()  # back to the large one, drawn anew
    driver.stands_at(0)
    session.undo_stack.undo()  # the edit belongs to a run that is no more
    driver.settled()
    assert session.progress.snapshot.parameters[last] != 9.0
    session.undo_stack.redo()
    session.undo_stack.redo()
    driver.stands_at(0)
    assert session.progress.snapshot.parameters.tobytes() == small.tobytes()


def test_a_dragged_slider_is_one_undo_step_and_none_when_it_comes_back(drive):
    driver = drive(experiment())
    session = driver.session
    for rate in (0.2, 0.3, 0.4):
        session.change("learning rate", merge="rate", optimizer=SGD(learning_rate=rate))
    assert session.undo_stack.count() == 1
    session.change("batch", batches=structs.replace(session.experiment.batches, size=5))
    session.change("learning rate", merge="rate", optimizer=SGD(learning_rate=0.5))
    assert session.undo_stack.count() == 3
    session.undo_stack.undo()
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.experiment == experiment()

    session.change("learning rate", merge="rate", optimizer=SGD(learning_rate=0.9))
    session.change("learning rate", merge="rate", optimizer=experiment().optimizer)
    assert not session.undo_stack.canUndo()


# Proposals


@pytest.mark.parametrize(
    "fields",
    [
        {"network": NetworkSpec(layers=(Affine(units=3),))},
        {"loss": SoftmaxCrossEntropy()},
        {"optimizer": SGD(learning_rate=-1.0)},
    ],
    ids=["shape", "loss", "domain"],
)
def test_a_refused_proposal_says_why_and_leaves_everything_as_it_was(drive, fields):
    driver = drive(experiment())
    session = driver.session
    session.play()
    driver.until(lambda: driver.step > 5)
    run, number = session.run, session._number
    changed: list[Experiment] = []
    session.experiment_changed.connect(changed.append)
    assert not session.change("nonsense", **fields)
    assert len(driver.refusals) == 1 and driver.refusals[0].startswith("$.")
    assert session.experiment == experiment() and session.playing and session.run is run
    assert session._number == number and session.undo_stack.count() == 0 and not changed


def test_a_proposal_that_changes_nothing_leaves_no_undo_step(drive):
    session = drive(experiment()).session
    assert session.propose(experiment(), "nothing")
    assert session.undo_stack.count() == 0


def test_an_opened_experiment_starts_fresh(drive):
    driver = drive(experiment())
    driver.session.change("faster", optimizer=SGD(learning_rate=0.7))
    driver.session.step_epoch()
    driver.stands_at(4)
    driver.session.open(experiment())  # only the learning rate differs, yet a file is a fresh start
    driver.stands_at(0)
    assert not driver.session.undo_stack.canUndo()
    driver.session.open(experiment("adam", weights={"seed": 5}))
    driver.stands_at(0)
    expected = Trainer(experiment("adam", weights={"seed": 5})).network.parameters
    assert driver.session.progress.snapshot.parameters.tobytes() == expected.tobytes()


# Requests in quick succession


def test_each_press_of_step_is_one_step(drive):
    driver = drive(experiment())
    for _ in range(7):
        driver.session.step()
    driver.stands_at(7)


def test_each_press_of_epoch_is_one_epoch(drive):
    driver = drive(experiment())
    driver.session.step()
    for _ in range(3):
        driver.session.step_epoch()
    driver.stands_at(12)


def test_a_step_while_it_plays_pauses_it(drive):
    driver = drive(experiment())
    driver.session.play()
    driver.until(lambda: driver.step > 5)
    driver.session.step()
    driver.stands()
    assert driver.step > 6


def test_pause_and_play_in_one_breath_goes_on_playing(drive):
    driver = drive(experiment())
    driver.session.play()
    for _ in range(20):
        driver.session.toggle()
        driver.session.toggle()
    here = driver.step
    driver.settled()
    assert driver.session.playing
    driver.until(lambda: driver.step > here + 50)
    assert driver.session.playing


def test_a_pause_is_answered_soon(drive):
    driver = drive(experiment())
    driver.session.play()
    driver.until(lambda: driver.step > 100)
    started = time.perf_counter()
    driver.session.pause()
    assert not driver.session.playing
    driver.stands()
    assert time.perf_counter() - started < 1  # 0.1 s on a machine that has nothing else to do: see the benchmark


def test_play_right_after_a_step_is_not_ended_by_the_answer_to_the_step(drive):
    driver = drive(experiment())
    driver.session.step()
    driver.session.play()
    driver.until(lambda: driver.step > 50)
    assert driver.session.playing


def test_play_right_after_a_proposal_plays_the_new_run(drive):
    driver = drive(experiment())
    driver.session.play()
    driver.until(lambda: driver.step > 5)
    driver.session.change("smaller", network=NetworkSpec(layers=(Affine(units=1),)))
    driver.session.play()
    driver.until(lambda: driver.current and driver.step > 20)
    assert driver.session.playing and driver.session.run.shapes == ((2,), (1,))
    driver.session.pause()
    driver.stands()


def test_pause_while_a_run_begins_stands_at_its_start(drive):
    driver = drive(experiment())
    driver.session.new_weights()
    driver.session.play()
    driver.session.pause()
    driver.stands()
    assert not driver.session.playing


def test_a_run_can_be_asked_for_before_the_first_one_has_begun(qtbot):
    session = Session(experiment())
    session.play()
    qtbot.waitUntil(lambda: session.pull() or (session.progress is not None and session.progress.snapshot.step > 10))
    assert session.playing
    session.close()


@pytest.mark.parametrize("play", [False, True])
def test_it_can_be_closed_while_a_run_begins(qtbot, play):
    session = Session(experiment())
    if play:
        session.play()
    session.close()
    assert session.worker.isFinished()


def test_what_comes_from_an_earlier_run_is_dropped(drive):
    driver = drive(experiment())
    session = driver.session
    shown: list[int] = []
    session.progressed.connect(lambda progress: shown.append(progress.run.number))
    session.play()
    driver.until(lambda: driver.step > 5)
    old = session.progress
    session.reset()
    stale = len(shown)
    session.worker.mailbox.put(old)
    session.pull()
    assert len(shown) == stale
    driver.until(lambda: driver.current)
    session.worker.mailbox.put(old)
    session.pull()
    assert shown[stale:] == [session._number] and session.run is not old.run


def test_a_run_is_announced_with_its_progress_and_before_it(drive):
    driver = drive(experiment())
    session = driver.session
    heard: list[tuple[str, bool]] = []
    session.run_began.connect(lambda run: heard.append(("run", session.progress.run is run)))
    session.progressed.connect(lambda progress: heard.append(("progress", session.run is progress.run)))
    session.new_weights()
    driver.stands_at(0)
    assert heard == [("run", True), ("progress", True)]


# Ends


def test_it_pauses_at_the_stop_condition_and_goes_on_past_it(drive):
    driver = drive(experiment(stop={"step": 25}))
    driver.session.play()
    driver.stands_at(25)
    assert driver.session.progress.finished
    driver.session.set_pace(None)  # a command beside the press must not end it at once
    driver.session.play()
    driver.session.set_pace(None)
    driver.until(lambda: driver.step > 60)
    assert driver.session.playing
    assert deterministic_prefix(driver.session, 25) == headless(experiment(stop={"step": 25}), 25)[1]


def deterministic_prefix(session: Session, steps: int) -> bytes:
    return session.run.record.losses()[:steps].tobytes()


def test_it_pauses_at_a_loss(drive):
    driver = drive(experiment("adam", stop={"loss": 0.6}))
    driver.session.play()
    driver.stands()
    assert driver.session.run.record.evaluations[-1].train_loss < 0.6


DIVERGING = {
    "network": {"layers": [{"type": "affine", "units": 4}, {"type": "affine", "units": 1}]},
    "loss": {"type": "mean_squared_error"},
    "optimizer": {"type": "sgd", "learning_rate": 1000.0},
}


def test_a_diverging_run_stops_by_itself_and_tries_again_with_another_learning_rate(drive):
    driver = drive(experiment(**DIVERGING))
    session = driver.session
    session.play()
    driver.stands()
    diverged = session.progress.diverged
    assert diverged is not None and "diverged at step" in str(diverged.message)
    assert np.isfinite(session.progress.snapshot.parameters).all()
    session.play()  # nothing to be gained: it stands at once
    driver.stands()
    assert session.progress.diverged == diverged
    session.step()
    driver.stands()
    session.change("slower", optimizer=SGD(learning_rate=1e-300))
    driver.settled()
    assert session.progress.diverged is None
    before = driver.step
    session.step()
    driver.stands_at(before + 1)


# What goes wrong


def test_too_little_memory_is_said_and_a_smaller_network_goes_on(drive, monkeypatch):
    driver = drive(experiment())
    session = driver.session

    def no_room(*_):
        raise MemoryError

    monkeypatch.setattr(model.timeline, "Trainer", no_room)
    session.new_weights()
    session.play()
    driver.until(lambda: len(driver.refusals) == 2)  # once when it began, once when it was asked to play
    assert all("not enough memory" in sentence for sentence in driver.refusals)
    assert not session.playing
    monkeypatch.undo()
    session.undo_stack.undo()
    driver.stands_at(0)
    session.step()
    driver.stands_at(1)


def test_an_error_in_the_training_thread_is_reported_and_the_run_can_start_again(drive, qtbot, monkeypatch):
    driver = drive(experiment())
    session = driver.session
    with qtbot.captureExceptions() as errors:
        session.play()
        session.worker.ask(lambda timeline: timeline.trainer.set_parameter(10**6, 0.0))
        driver.until(lambda: not session.playing)
    assert [kind for kind, _, _ in errors] == [IndexError]
    session.step()
    driver.until(lambda: bool(driver.refusals))
    assert "Same weights" in driver.refusals[0]
    session.reset()
    driver.stands_at(0)
    session.step()
    driver.stands_at(1)
    assert session.run.record.losses().tobytes() == headless(experiment(), 1)[1]


def test_the_selection_is_forgotten_when_a_run_begins(drive):
    driver = drive(experiment())
    driver.session.selection.select_parameter(3)
    driver.session.change(
        "zeros", network=NetworkSpec(layers=(Affine(units=1, weights=Zero()),)), data=driver.session.experiment.data
    )
    assert driver.session.selection.parameter is None
    assert isinstance(driver.session.experiment.data.dataset, Spiral)
    driver.stands_at(0)


# What was asked in which order


def test_what_is_asked_between_two_jumps_happens_where_the_first_one_led(drive):
    driver = drive(experiment())
    session = driver.session
    session.step_epoch()
    for _ in range(9):
        session.step_epoch()
    driver.stands_at(40)
    session.go_to(30)
    session.change("faster", optimizer=SGD(learning_rate=0.5))
    session.go_to(4)
    driver.stands_at(4)
    shown = next(each for each in session.progress.branches if each.number == session.progress.branch)
    assert [each.step for each in shown.interventions] == [30]
    assert session.experiment.optimizer == SGD()  # in force at step 4


def test_run_between_two_jumps_does_not_go_on_after_the_second(drive):
    driver = drive(experiment())
    session = driver.session
    session.step_epoch()
    driver.stands_at(4)
    session.go_to(2)
    session.play()
    session.go_to(1)
    driver.stands_at(1)
    assert not session.playing and not session.progress.playing


def test_steps_back_in_one_breath_all_count(drive):
    driver = drive(experiment())
    session = driver.session
    for _ in range(3):
        session.step_epoch()
    driver.stands_at(12)
    for _ in range(3):
        session.step_back()
    driver.stands_at(9)
    session.epoch_back()
    session.epoch_back()
    driver.stands_at(4)
    for _ in range(9):
        session.step_back()
    driver.stands_at(0)


def test_the_same_weights_again_keep_what_was_trained_and_are_undone(drive):
    driver = drive(experiment())
    session = driver.session
    session.reset()
    assert session.undo_stack.count() == 0  # nothing was trained
    driver.stands_at(0)
    session.step_epoch()
    driver.stands_at(4)
    before = session.progress.snapshot.parameters.tobytes()
    session.reset()
    driver.stands_at(0)
    assert len(session.progress.branches) == 2
    session.undo_stack.undo()
    driver.stands_at(4)
    assert session.progress.snapshot.parameters.tobytes() == before


def test_a_number_that_is_none_is_not_taken(drive):
    driver = drive(experiment())
    driver.session.set_parameter(0, float("inf"))
    assert "finite" in driver.refusals[0] and driver.session.undo_stack.count() == 0


def test_an_experiment_for_which_there_is_no_memory_is_made_smaller_and_can_be_saved(drive, monkeypatch):
    driver = drive(experiment())
    session, answers = driver.session, []

    def no_room(*_):
        raise MemoryError

    monkeypatch.setattr(model.timeline, "Trainer", no_room)
    session.open(experiment("adam"))
    driver.until(lambda: len(driver.refusals) == 1)
    session.ask_saved(answers.append, arrays=True)
    driver.until(lambda: bool(answers))
    assert answers[0].branches[0].experiment == experiment("adam")
    monkeypatch.undo()
    session.change("smaller", network=NetworkSpec(layers=(Affine(units=1),)))
    driver.stands_at(0)
    session.step()
    driver.stands_at(1)
    assert session.run.shapes == ((2,), (1,))


def test_an_experiment_that_is_started_is_a_run_of_its_own_however_little_it_differs(drive):
    driver = drive(experiment())
    session = driver.session
    session.step()
    driver.stands_at(1)
    other = structs.replace(session.experiment, optimizer=SGD(learning_rate=0.3))
    session.start(other, "open trial 7")
    driver.stands_at(0)
    assert session.experiment == other and session.undo_stack.undoText() == "open trial 7"
    session.step()
    driver.stands_at(1)
    assert deterministic(session) == headless(other, 1)
    session.undo_stack.undo()
    driver.stands_at(1)
    assert session.experiment == experiment() and deterministic(session) == headless(experiment(), 1)
