import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from gui.session import Session
from gui.status_line import StatusLine
from model.experiment_file import from_plain
from model.regularization import Regularization, penalty
from model.schedules import Cosine

PLAIN = {
    "format": "downhill-experiment",
    "data": {"dataset": {"type": "xor", "samples": 40}},
    "network": {"layers": [{"type": "affine", "units": 1}, {"type": "tanh"}]},
}


@pytest.fixture
def session(qtbot):
    made = Session(from_plain(PLAIN))
    qtbot.waitUntil(lambda: made.progress is not None)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def line(qtbot, session):
    made = StatusLine(session)
    qtbot.addWidget(made)
    session.progressed.connect(made.show_progress)
    made.show_progress(session.progress)
    return made


def test_it_says_what_to_do_first(line):
    assert line.state.text() == "ready: press Run (Space)"
    assert line.numbers.text() == "step 0   ·   epoch 0"


def test_it_says_where_the_run_stands(qtbot, session, line):
    session.step()
    qtbot.waitUntil(lambda: line.state.text() == "paused")
    loss = session.progress.snapshot.batch_loss
    assert line.numbers.text() == f"step 1   ·   epoch 0   ·   batch loss {loss:.4g}"


def test_it_says_where_a_rewound_run_stands(qtbot, session, line):
    for _ in range(3):
        session.step()
    qtbot.waitUntil(lambda: session.progress.snapshot.step == 3)
    session.go_to(1)
    sentence = "paused at step 1 of 3: Run goes on; a change starts a branch"
    qtbot.waitUntil(lambda: line.state.text() == sentence)
    session.go_to(3)
    qtbot.waitUntil(lambda: line.state.text() == "paused")


def test_it_says_the_speed_and_the_frames_while_it_learns(qtbot, session, line):
    session.play()
    for _ in range(3):
        line.count_frame()
    qtbot.waitUntil(lambda: session.pull() or line.state.text() == "learning")
    assert "steps/s" in line.numbers.text() and "frames/s" in line.numbers.text()


def test_it_says_that_a_stop_condition_is_met(qtbot, session, line):
    session.change("stop", stop=type(session.experiment.stop)(step=3))
    session.play()
    qtbot.waitUntil(lambda: line.state.text() == "paused: step 3 is reached. Run goes on past it.")


def test_it_says_why_a_run_diverged(qtbot, session, line):
    session.open(
        from_plain(
            PLAIN
            | {
                "network": {"layers": [{"type": "affine", "units": 4}, {"type": "affine", "units": 1}]},
                "optimizer": {"type": "sgd", "learning_rate": 1000.0},
            }
        )
    )
    session.play()
    qtbot.waitUntil(lambda: line.state.text().startswith("diverged at step"))
    assert "learning rate" in line.state.text()


def test_it_says_the_learning_rate_in_force_and_the_penalty_beside_the_loss(qtbot, session, line):
    assert "rate" not in line.numbers.text() and "penalty" not in line.numbers.text()
    session.change("schedule", schedule=Cosine(horizon=100))
    session.change("penalty", regularization=Regularization(l2=0.5))
    for _ in range(50):
        session.step()
    qtbot.waitUntil(lambda: session.pull() or session.progress.snapshot.step == 50)
    said = line.numbers.text()
    assert f"rate {session.experiment.optimizer.learning_rate / 2:.3g}" in said
    progress = session.progress
    price = penalty(Regularization(l2=0.5), progress.run.layout, progress.snapshot.parameters)
    assert f"penalty {price:.3g}" in said and price > 0
