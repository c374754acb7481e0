"""Walking through a step, phase by phase: on, back, out, and what the run does meanwhile."""

import pytest
from numpy.testing import assert_array_equal

from gui.motion import motion
from gui.phase_walk import SPEEDS, USUAL
from gui.session import Session
from model.optimizers import SGD
from model.starters import starter
from model.trainer import Trainer


@pytest.fixture
def session(qtbot, switch):
    made = Session(starter("xor"))
    qtbot.waitUntil(lambda: made.progress is not None)
    yield made
    made.close()
    motion().set_reduced(False)


@pytest.fixture
def walk(session):
    motion().set_reduced(True)  # nothing is waited for
    return session.phases


def forward(qtbot, walk, times=1):
    for _ in range(times):
        with qtbot.waitSignal(walk.changed):
            walk.forward()


def stands_at(session, step):
    return lambda: session.progress.snapshot.step == step and session.is_answered(session.progress)


def test_a_walk_through_a_whole_step_is_that_step(qtbot, session, walk):
    alone = Trainer(starter("xor"))
    alone.advance(1)
    forward(qtbot, walk)
    assert walk.phase.kind == "batch"
    kinds = [walk.phase.kind]
    while walk.at < walk.step.last:
        assert session.progress.snapshot.step == 0
        forward(qtbot, walk)
        kinds.append(walk.phase.kind)
    assert kinds[0] == "batch"
    assert kinds[-1] == "update"
    assert kinds.index("loss") < kinds.index("slope") < kinds.index("backward")
    qtbot.waitUntil(stands_at(session, 1))
    assert_array_equal(session.progress.snapshot.parameters, alone.snapshot().parameters)
    assert_array_equal(session.progress.snapshot.gradient, walk.step.gradient)
    assert walk.phase.kind == "update"


def test_after_the_update_the_next_step_begins(qtbot, session, walk):
    forward(qtbot, walk)
    forward(qtbot, walk, walk.step.last)
    qtbot.waitUntil(stands_at(session, 1))
    forward(qtbot, walk)
    assert walk.step.step == 1
    assert walk.phase.kind == "batch"


def test_back_from_the_update_undoes_the_step(qtbot, session, walk):
    before = session.progress.snapshot.parameters
    forward(qtbot, walk)
    forward(qtbot, walk, walk.step.last)
    qtbot.waitUntil(stands_at(session, 1))
    walk.back()
    assert walk.at == walk.step.last - 1
    qtbot.waitUntil(stands_at(session, 0))
    assert walk.step is not None
    assert_array_equal(session.progress.snapshot.parameters, before)


def test_back_from_the_first_phase_leads_out(qtbot, session, walk):
    forward(qtbot, walk, 2)
    walk.back()
    assert walk.phase.kind == "batch"
    walk.back()
    assert walk.step is None
    assert walk.phase is None


def test_back_from_outside_leads_into_the_step_that_was_done_last(qtbot, session, walk):
    session.step()
    session.step()
    qtbot.waitUntil(stands_at(session, 2))
    with qtbot.waitSignal(walk.changed):
        walk.back()
    assert session.progress.snapshot.step == 1
    assert walk.step.step == 1
    assert walk.at == walk.step.last - 1


def test_nothing_lies_before_the_first_step(qtbot, session, walk):
    walk.back()
    assert walk.step is None
    assert session.progress.snapshot.step == 0


def test_a_whole_step_from_inside_ends_at_its_update(qtbot, session, walk):
    forward(qtbot, walk, 3)
    session.step()
    qtbot.waitUntil(lambda: walk.phase is not None and walk.phase.kind == "update")
    assert session.progress.snapshot.step == 1


def test_two_steps_are_a_way_out(qtbot, session, walk):
    forward(qtbot, walk)
    session.step()
    session.step()
    qtbot.waitUntil(lambda: walk.step is None)


def test_run_is_a_way_out(qtbot, session, walk):
    forward(qtbot, walk, 2)
    session.play()
    assert walk.step is None
    session.pause()


def test_a_weight_set_by_hand_ends_the_walk(qtbot, session, walk):
    forward(qtbot, walk, 2)
    session.set_parameter(0, 3.0)
    qtbot.waitUntil(lambda: walk.step is None)


def test_another_learning_rate_does_not_end_it(qtbot, session, walk):
    session.step()
    qtbot.waitUntil(stands_at(session, 1))
    forward(qtbot, walk, 2)
    session.change("faster", optimizer=SGD(learning_rate=0.5))
    qtbot.waitUntil(lambda: session.is_answered(session.progress))
    assert walk.step is not None


def test_other_batches_end_it(qtbot, session, walk):
    session.step()
    qtbot.waitUntil(stands_at(session, 1))
    forward(qtbot, walk, 2)
    session.change("smaller batches", batches=type(session.experiment.batches)(size=3))
    qtbot.waitUntil(lambda: walk.step is None)


def test_a_new_network_ends_it(qtbot, session, walk):
    forward(qtbot, walk, 2)
    session.new_weights()
    qtbot.waitUntil(lambda: walk.step is None)


@pytest.fixture
def diverging(qtbot, switch):
    """A session whose run has diverged."""
    motion().set_reduced(True)
    made = Session(starter("diverging"))
    qtbot.waitUntil(lambda: made.progress is not None)
    made.play()
    qtbot.waitUntil(lambda: made.progress.diverged is not None and not made.playing)
    yield made
    made.close()
    motion().set_reduced(False)


def test_a_diverged_run_is_walked_again_up_to_the_loss_that_ends_it(qtbot, diverging):
    walk, last = diverging.phases, diverging.progress.diverged.step
    assert diverging.progress.snapshot.step == last - 2
    for _ in range(2):  # the last step that is possible, and the one that is not
        forward(qtbot, walk)
        entered = walk.step.step
        while walk.step is not None and walk.at < walk.step.last - 1:
            forward(qtbot, walk)
        if not walk.step.diverges:
            walk.forward()
            qtbot.waitUntil(stands_at(diverging, entered + 1))
    assert walk.step.step == last - 1
    assert walk.phase.kind == "loss"
    walk.forward()
    qtbot.waitUntil(lambda: walk.step is None)
    assert diverging.progress.diverged.step == last


def test_slow_motion_ends_where_the_run_diverges(qtbot, diverging):
    walk = diverging.phases
    walk.seconds = 0.001
    walk.play()
    qtbot.waitUntil(lambda: walk.step is not None)
    qtbot.waitUntil(lambda: not walk.playing)
    assert walk.step is None
    assert diverging.progress.diverged is not None


def test_slow_motion_goes_on_by_itself_until_it_is_paused(qtbot, session, walk):
    walk.seconds = 0.001
    with qtbot.waitSignal(walk.playing_changed):
        walk.play()
    qtbot.waitUntil(lambda: walk.step is not None and walk.step.step == 1 and walk.phase.kind == "forward")
    walk.pause()
    assert not walk.playing
    at = walk.at
    qtbot.waitUntil(lambda: not walk._timer.isActive())
    assert walk.at == at


def test_the_animation_runs_to_its_end_and_then_nothing_moves(qtbot, session):
    walk = session.phases
    walk.seconds = 0.03
    shares = []
    walk.moved.connect(lambda: shares.append(walk.share))
    forward(qtbot, walk)
    qtbot.waitUntil(lambda: not walk._timer.isActive())
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_reduced_motion_is_there_at_once(qtbot, session, walk):
    moved = []
    walk.moved.connect(lambda: moved.append(1))
    forward(qtbot, walk)
    assert walk.share == 1.0
    assert not walk._timer.isActive()
    assert not moved


def test_a_sample_of_the_batch_or_all_of_it(qtbot, session, walk):
    with qtbot.waitSignal(walk.row_changed):
        walk.show_row(None)
    forward(qtbot, walk)
    assert walk.samples == len(walk.step.batch) == 20


def test_another_network_ends_the_walk_at_once(session, qtbot, walk):
    forward(qtbot, walk, 2)
    session.change(
        "no hidden layer", network=type(session.experiment.network)(layers=session.experiment.network.layers[-1:])
    )
    assert walk.step is None
    walk.forward()  # of the new run, as soon as it is there
    qtbot.waitUntil(lambda: walk.step is not None)
    assert len(walk.step.phases) == 6
    assert session.progress.snapshot.step == 0


def test_new_weights_before_the_update_do_not_do_a_step_of_the_new_run(session, qtbot, walk):
    forward(qtbot, walk)
    walk.go(walk.step.last - 1)
    session.new_weights()
    walk.forward()
    qtbot.waitUntil(lambda: walk.step is not None)
    assert walk.phase.kind == "batch"
    assert session.progress.snapshot.step == 0


def test_back_at_once_after_on_stays_at_the_update(session, qtbot, walk):
    forward(qtbot, walk)
    forward(qtbot, walk, walk.step.last)
    qtbot.waitUntil(stands_at(session, 1))
    walk.forward()
    walk.back()
    session.ask_step(lambda step: walk.row_changed.emit())
    qtbot.waitSignal(walk.row_changed).wait()  # every answer has come by now
    assert walk.phase.kind == "update"
    assert walk.step.step == 0


def test_keys_held_down_lose_nothing(session, qtbot, walk):
    for _ in range(3):
        session.step()
    qtbot.waitUntil(stands_at(session, 3))
    for _ in range(4):
        walk.back()  # the first one asks, the others find it on its way
    qtbot.waitUntil(lambda: walk.step is not None)
    assert walk.step.step == 2
    assert walk.at == walk.step.last - 1


def test_an_answer_about_another_run_is_not_entered(session, qtbot, walk):
    stale = Trainer(starter("xor"))
    stale.network.initialize(77)
    walk._asking, walk._question = True, 5
    walk._entered(5, 0, stale.look_inside())
    assert walk.step is None
    assert not walk._asking


def test_where_there_is_no_run_slow_motion_does_not_begin(session, qtbot, walk):
    walk.playing = walk._asking = True
    walk._question = 5
    walk._entered(5, 0, None)
    assert not walk.playing


def test_a_run_that_failed_is_a_way_out(session, qtbot, walk):
    forward(qtbot, walk)
    walk.play()
    session.worker.failed.emit(session.run.number, "")
    assert walk.step is None
    assert not walk.playing


def test_speeds_end_where_there_is_no_further_one(session, walk):
    said = []
    walk.speed_changed.connect(said.append)
    for _ in range(20):
        walk.set_speed(walk.speed + 1)
    assert (walk.speed, walk.seconds) == (len(SPEEDS) - 1, SPEEDS[-1])
    assert said == list(range(USUAL + 1, len(SPEEDS)))
