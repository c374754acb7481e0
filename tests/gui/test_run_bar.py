import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QMainWindow, QToolButton

from gui.actions import Actions
from gui.run_bar import RunBar
from gui.session import Session
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
    qtbot.waitUntil(lambda: bar.position.text() == "epoch 0\nstep 1")
    assert not button.hasFocus()


def test_the_epoch_is_in_the_menu_of_step(bar):
    button = next(each for each in bar.findChildren(QToolButton) if each.text() == "Step")
    assert [action.text() for action in button.menu().actions()] == [
        "Step",
        "One epoch",
        "Step by layer",
        "Slow motion",
    ]


def test_the_slider_sets_the_pace_of_the_run(qtbot, session, bar):
    bar.pace.slider.setValue(0)
    session.play()
    qtbot.waitUntil(lambda: session.pull() or session.progress.snapshot.step == 1)
    done = []
    session.worker.ask(lambda timeline: done.append(timeline.steps))
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
    assert bar.position.text() == "epoch 0\nstep 0"
    room = bar.position.sizeHint().width()
    assert room >= bar.position.fontMetrics().horizontalAdvance("step 99,999")


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_its_labels_stand_on_the_bar_and_not_in_boxes(bar, switch, choice):
    switch.choose(choice)
    picture = bar.grab().toImage()
    for label in (bar.position, bar.pace.label):
        corner = label.mapTo(bar, label.rect().topRight())
        assert picture.pixelColor(corner).name() == switch.theme.window
