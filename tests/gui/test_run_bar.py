import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QMainWindow, QToolButton

from gui.actions import Actions
from gui.run_bar import RunBar
from gui.session import Session
from gui.status_line import StatusLine
from model.experiment_file import from_plain

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
def bar(qtbot, session, switch):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions["step"].triggered.connect(session.step)
    made = RunBar(session, actions)
    window.addToolBar(made)
    window.resize(1280, 100)
    window.show()
    session.progressed.connect(made.show_position)
    yield made  # the window must live as long


def test_a_click_on_step_makes_a_step_and_does_not_take_the_keyboard(qtbot, session, bar):
    button = next(each for each in bar.findChildren(QToolButton) if each.text() == "Step")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.position.text() == "epoch 0  step 1")
    assert not button.hasFocus()


def test_the_epoch_is_in_the_menu_of_step(bar):
    button = next(each for each in bar.findChildren(QToolButton) if each.text() == "Step")
    assert [action.text() for action in button.menu().actions()] == ["Step", "One epoch"]


def test_the_slider_sets_the_pace_of_the_run(qtbot, session, bar):
    bar.pace.slider.setValue(0)
    session.play()
    qtbot.waitUntil(lambda: session.pull() or session.progress.snapshot.step == 1)
    done = []
    session.worker.change(lambda trainer: done.append(trainer.steps))
    qtbot.waitUntil(lambda: bool(done))
    assert done == [1]  # the second comes a second later


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("projector", [False, True])
def test_it_fits_a_window_of_1280_pixels_in_every_theme(bar, switch, name, projector):
    switch.choose(name)
    switch.set_projector(projector)
    assert bar.sizeHint().width() <= 1280
    assert switch.theme.accent in bar.run_button.styleSheet()


def test_the_words_of_the_position_keep_their_place(session, bar):
    bar.show_position(None)
    assert bar.position.text() == "epoch 0  step 0"
    room = bar.position.minimumWidth()
    assert room >= bar.position.fontMetrics().horizontalAdvance("epoch 9,999  step 99,999")


class TestStatusLine:
    @pytest.fixture
    def line(self, qtbot, session):
        made = StatusLine(session)
        qtbot.addWidget(made)
        session.progressed.connect(made.show_progress)
        made.show_progress(session.progress)
        return made

    def test_it_says_what_to_do_first(self, line):
        assert line.state.text() == "ready: press Run (Space)"
        assert line.numbers.text() == "step 0   ·   epoch 0"

    def test_it_says_where_the_run_stands(self, qtbot, session, line):
        session.step()
        qtbot.waitUntil(lambda: line.state.text() == "paused")
        loss = session.progress.snapshot.batch_loss
        assert line.numbers.text() == f"step 1   ·   epoch 0   ·   batch loss {loss:.4g}"

    def test_it_says_the_speed_and_the_frames_while_it_learns(self, qtbot, session, line):
        session.play()
        for _ in range(3):
            line.count_frame()
        qtbot.waitUntil(lambda: session.pull() or line.state.text() == "learning")
        assert "steps/s" in line.numbers.text() and "frames/s" in line.numbers.text()

    def test_it_says_that_a_stop_condition_is_met(self, qtbot, session, line):
        session.change("stop", stop=type(session.experiment.stop)(step=3))
        session.play()
        qtbot.waitUntil(lambda: "stop condition" in line.state.text())

    def test_it_says_why_a_run_diverged(self, qtbot, session, line):
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
