"""Walking through a step, phase by phase: on, back, out, and what the run does meanwhile."""

import pytest
from numpy.testing import assert_array_equal

from gui.motion import motion
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


def test_a_step_that_diverges_says_so_and_leads_out(qtbot, switch):
    motion().set_reduced(True)
    session = Session(starter("diverging"))
    walk = session.phases
    qtbot.waitUntil(lambda: session.progress is not None)
    for _ in range(200):
        forward(qtbot, walk)
        if walk.step is not None and walk.step.diverges:
            break
        if walk.at < walk.step.last:
            walk.go(walk.step.last)
        qtbot.waitUntil(stands_at(session, walk.step.step + 1))
    assert walk.step.diverges
    failing = walk.step.step + 1
    while walk.step is not None and walk.at < walk.step.last:
        walk.forward()
    qtbot.waitUntil(lambda: session.progress.diverged is not None)
    assert session.progress.diverged.step == failing
    session.close()


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
