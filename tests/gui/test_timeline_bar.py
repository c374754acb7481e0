"""The timeline under the diagram, with the pointer and the keys."""

import threading

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import replay_watch
from gui.frame_clock import FrameClock
from gui.panels.network_panel import NetworkPanel
from gui.picture_worker import PictureWorker
from gui.session import Session
from gui.timeline_bar import Wish
from model.experiment_file import from_plain
from model.trainer import Trainer

LEFT, NO, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LAST = 20
PER_EPOCH = 7
EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 100}, "validation": 0.0, "test": 0.3},
        "batches": {"size": 10},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
        "optimizer": {"type": "momentum", "learning_rate": 0.1},
    }
)


@pytest.fixture
def panel(qtbot, switch):
    session, pictures = Session(EXPERIMENT), PictureWorker()
    pictures.start()
    clock = FrameClock(session)
    made = NetworkPanel(session, pictures)
    qtbot.addWidget(made)
    made.resize(700, 440)
    clock.add(made)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.view.canvas.snapshot is not None)
    assert session.run.steps_per_epoch == PER_EPOCH
    yield made
    clock.stop()
    session.close()
    pictures.close()


@pytest.fixture
def met(qtbot, panel):
    """The parameters met at every step on the way to the last one."""
    return train(qtbot, panel, LAST)


def train(qtbot, panel, steps):
    """The parameters at each of these steps; the panel shows the last one."""
    found, trainer, first = {}, Trainer(EXPERIMENT), panel.session.progress.snapshot.step
    trainer.advance(first)
    for step in range(first + 1, first + steps + 1):
        trainer.step()
        found[step] = trainer.network.parameters.tobytes()
        panel.session.step()
    qtbot.waitUntil(lambda: shown(panel) == first + steps)
    return found


def shown(panel):
    """The step that the diagram shows; None until a new run is painted."""
    snapshot = panel.view.canvas.snapshot
    return snapshot.step if snapshot is not None else None


def bits(panel):
    return panel.view.canvas.snapshot.parameters.tobytes()


def place(panel, step):
    track = panel.foot.timeline.track
    return QPoint(track.place_of(step), track.height() // 2)


def click(qtbot, panel, step):
    qtbot.mouseClick(panel.foot.timeline.track, LEFT, NO, place(panel, step))


def test_before_the_first_step_there_is_nothing_to_go_to(panel):
    assert not panel.foot.timeline.track.isEnabled()
    assert panel.foot.timeline.numbers.text() == "nothing trained yet"


def test_the_numbers_and_the_handle_follow_the_run(qtbot, panel, met):
    bar = panel.foot.timeline
    assert bar.numbers.text() == "step 20 of 20"
    assert bar.track.isEnabled() and (bar.track.value(), bar.track.maximum()) == (LAST, LAST)


def test_the_handle_is_dragged_and_every_step_on_the_way_is_as_it_was(qtbot, panel, met):
    track = panel.foot.timeline.track
    qtbot.mousePress(track, LEFT, NO, place(panel, LAST))
    for step in (14, 5, 9):
        QTest.mouseMove(track, place(panel, step))
        qtbot.waitUntil(lambda step=step: shown(panel) == step)
        assert bits(panel) == met[step]
        assert panel.foot.timeline.numbers.text() == f"step {step} of {LAST}"
    qtbot.mouseRelease(track, LEFT, NO, place(panel, 9))
    QTest.mouseMove(track, place(panel, 2))  # let go: the pointer passes by
    assert panel.foot.timeline.step == 9


def test_a_click_goes_there_and_run_goes_on_with_the_same_future(qtbot, panel, met):
    click(qtbot, panel, 11)
    qtbot.waitUntil(lambda: shown(panel) == 11)
    assert bits(panel) == met[11]
    again = train(qtbot, panel, 5)
    assert again == {step: met[step] for step in range(12, 17)}
    assert panel.foot.timeline.numbers.text() == "step 16 of 20"


@pytest.mark.parametrize(("turn", "step"), [(120, 11), (-120, 9), (-360, 7), (60, 10)])
def test_the_wheel_goes_one_step_a_notch(qtbot, panel, met, turn, step):
    click(qtbot, panel, 10)
    qtbot.waitUntil(lambda: shown(panel) == 10)
    at, track = QPointF(place(panel, 3)), panel.foot.timeline.track
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, track.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, NO, phase, False)
    QApplication.sendEvent(track, event)
    qtbot.waitUntil(lambda: shown(panel) == step)


@pytest.mark.parametrize(
    ("key", "held", "step"),
    [
        (Qt.Key.Key_Left, NO, 9),
        (Qt.Key.Key_Right, NO, 11),
        (Qt.Key.Key_Left, CTRL, 7),  # where this epoch began
        (Qt.Key.Key_Right, CTRL, 14),
        (Qt.Key.Key_PageDown, NO, 7),
        (Qt.Key.Key_PageUp, NO, 14),
        (Qt.Key.Key_Home, NO, 0),
        (Qt.Key.Key_End, NO, LAST),
    ],
)
def test_the_keys_of_the_focused_line(qtbot, panel, met, key, held, step):
    click(qtbot, panel, 10)
    qtbot.waitUntil(lambda: shown(panel) == 10)
    qtbot.keyClick(panel.foot.timeline.track, key, held)
    qtbot.waitUntil(lambda: shown(panel) == step)
    assert panel.foot.timeline.numbers.text() == f"step {step} of {LAST}"


def test_keys_that_come_faster_than_the_answers_all_count(qtbot, panel, met):
    for _ in range(4):
        qtbot.keyClick(panel.foot.timeline.track, Qt.Key.Key_Left)
    for _ in range(2):
        qtbot.keyClick(panel.foot.timeline.track, Qt.Key.Key_Left, CTRL)
    assert panel.foot.timeline.step == PER_EPOCH  # 16, 14, 7
    qtbot.waitUntil(lambda: shown(panel) == PER_EPOCH)


def test_a_click_while_it_learns_stops_it_there(qtbot, panel, met):
    session = panel.session
    session.play()
    qtbot.waitUntil(lambda: panel.foot.timeline.track.maximum() > 10 * LAST)
    click(qtbot, panel, 15)
    wanted = panel.foot.timeline.step
    assert not session.playing and wanted != panel.foot.timeline.track.maximum()
    qtbot.waitUntil(lambda: shown(panel) == wanted and session.progress.furthest > wanted)


# Marks


@pytest.fixture
def changed(qtbot, panel):
    """The learning rate was another one from step 8 on."""
    train(qtbot, panel, 8)
    change_rate(qtbot, panel, 0.5)
    train(qtbot, panel, 4)
    return panel


def change_rate(qtbot, panel, rate):
    session = panel.session
    session.change("rate", optimizer=structs.replace(session.experiment.optimizer, learning_rate=rate))
    qtbot.waitUntil(lambda: session.progress.experiment.optimizer.learning_rate == rate)


def extent(panel, step):
    """How many pixels above one another are dark where `step` stands."""
    track = panel.foot.timeline.track
    picture, x = track.grab().toImage(), track.place_of(step)
    return sum(picture.pixelColor(x, y).lightness() < 60 for y in range(picture.height()))


def test_a_change_is_a_diamond_that_says_what_changed_and_goes_there(qtbot, changed, switch):
    track = changed.foot.timeline.track
    at_rest = extent(changed, 8)
    assert 5 <= at_rest <= 12
    QTest.mouseMove(track, place(changed, 8) + QPoint(2, 0))
    qtbot.waitUntil(lambda: "step 8: learning rate: 0.1 → 0.5" in track.toolTip())
    assert extent(changed, 8) > at_rest
    qtbot.mouseClick(track, LEFT, NO, place(changed, 8) + QPoint(2, 0))
    qtbot.waitUntil(lambda: shown(changed) == 8)
    QTest.mouseMove(track, place(changed, 3))
    assert "step 8" not in track.toolTip() and "drag" in track.toolTip()


def test_a_press_on_a_mark_that_trembles_stays_on_it(qtbot, changed):
    track = changed.foot.timeline.track
    qtbot.mousePress(track, LEFT, NO, place(changed, 8) + QPoint(4, 0))
    QTest.mouseMove(track, place(changed, 8) + QPoint(6, 0))
    assert changed.foot.timeline.step == 8
    QTest.mouseMove(track, place(changed, 10))
    assert changed.foot.timeline.step == 10
    qtbot.mouseRelease(track, LEFT, NO, place(changed, 10))


def test_a_change_in_the_past_leaves_a_notch_where_the_branches_part(qtbot, changed):
    track = changed.foot.timeline.track
    click(qtbot, changed, 4)
    qtbot.waitUntil(lambda: shown(changed) == 4)
    change_rate(qtbot, changed, 0.02)
    train(qtbot, changed, 4)
    assert changed.foot.timeline.numbers.text() == "step 8 of 8"
    QTest.mouseMove(track, place(changed, 4))
    qtbot.waitUntil(lambda: "step 4: learning rate: 0.1 → 0.02" in track.toolTip())
    assert "step 4: here this branch left" in track.toolTip()
    assert track.grab().toImage().pixelColor(place(changed, 4) - QPoint(0, 7)).name() == "#1c2127"


# A long way


@pytest.fixture
def gate(monkeypatch):
    """The thread does every step again only when this is set."""
    made, look = threading.Event(), replay_watch.Watch.look

    def slow_look(watch):
        answer = look(watch)
        made.wait(10)
        return answer

    monkeypatch.setattr(replay_watch, "PATIENCE", 0.0)
    monkeypatch.setattr(replay_watch.Watch, "look", slow_look)
    yield made
    made.set()


@pytest.mark.parametrize("how", ["button", "escape"])
def test_a_long_way_has_a_progress_bar_and_can_be_cancelled(qtbot, panel, met, gate, how):
    bar = panel.foot.timeline
    click(qtbot, panel, 15)
    qtbot.waitUntil(bar.replay.isVisible)
    assert not bar.numbers.isVisible()
    assert bar.replay.progress.text() == "0%" and bar.step == 15
    if how == "button":
        qtbot.mouseClick(bar.replay.cancel, LEFT)
    else:
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        qtbot.keyClick(panel.view.canvas, Qt.Key.Key_Escape)
    gate.set()
    qtbot.waitUntil(bar.numbers.isVisible)
    assert bar.step < 15 and bar.numbers.text() == f"step {bar.step} of {LAST}"
    qtbot.waitUntil(lambda: shown(panel) == bar.step)
    if shown(panel):
        assert bits(panel) == met[shown(panel)]


def test_the_progress_bar_goes_when_the_step_is_reached(qtbot, panel, met, gate):
    click(qtbot, panel, 15)
    qtbot.waitUntil(panel.foot.timeline.replay.isVisible)
    gate.set()
    qtbot.waitUntil(panel.foot.timeline.numbers.isVisible)
    assert panel.foot.timeline.numbers.text() == "step 15 of 20"
    qtbot.waitUntil(lambda: shown(panel) == 15)
    assert bits(panel) == met[15]


def test_a_newer_wish_overtakes_a_long_way(qtbot, panel, met, gate):
    click(qtbot, panel, 15)
    qtbot.waitUntil(panel.foot.timeline.replay.isVisible)
    click(qtbot, panel, 3)
    gate.set()
    places = []
    panel.session.progressed.connect(lambda: places.append(panel.foot.timeline.step))
    qtbot.waitUntil(lambda: shown(panel) == 3)
    assert set(places) == {3}  # never on the way


def test_nothing_is_waited_for_when_the_run_has_failed(qtbot, panel, met, gate):
    click(qtbot, panel, 15)
    qtbot.waitUntil(panel.foot.timeline.replay.isVisible)
    panel.session.worker.failed.emit(0, "")
    qtbot.waitUntil(panel.foot.timeline.numbers.isVisible)
    assert panel.foot.timeline.step == LAST


# Cheap


def test_it_is_painted_only_where_a_pixel_changes(panel, met, monkeypatch):
    track, updates = panel.foot.timeline.track, []
    monkeypatch.setattr(track, "update", lambda: updates.append(1))
    for furthest in range(LAST, 10 * LAST):
        track.show_run(furthest, furthest, ())
    assert updates == []
    track.show_run(50, 199, ())
    assert updates == [1]


def test_a_wish_is_answered_by_its_own_request_only():
    wish = Wish()
    wish.make(7, heard=3)
    wish.make(8, heard=3)
    wish.hear(4)  # the first one, left for the second
    assert wish.step == 8
    wish.hear(5)
    assert wish.step is None


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("projector", [False, True])
def test_its_colours_are_those_of_the_theme(qtbot, panel, met, switch, choice, projector):
    switch.choose(choice)
    switch.set_projector(projector)
    click(qtbot, panel, 10)
    qtbot.waitUntil(lambda: shown(panel) == 10)
    picture = panel.foot.timeline.track.grab().toImage()
    assert picture.pixelColor(place(panel, 5)).name() == switch.theme.accent
    assert picture.pixelColor(place(panel, 10)).name() == switch.theme.accent
    assert picture.pixelColor(place(panel, 15)).name() == switch.theme.grid
    assert panel.foot.timeline.height() == (32 if projector else 24)


def test_a_step_looks_as_it_did_whatever_was_shown_before(qtbot, panel, met):
    """The widest link stands for the largest weight of the step, not for one of a step shown before."""
    links = panel.view.canvas.links
    for step in (3, 17, 3):
        click(qtbot, panel, step)
        qtbot.waitUntil(lambda step=step: shown(panel) == step)
        weights = np.frombuffer(met[step])[[link.parameter for link in links.links]]
        assert links.limit == np.abs(weights).max()
