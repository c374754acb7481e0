"""Step by layer through the window: keys, buttons, clicks on the phases, and what is seen then."""

from types import SimpleNamespace

import pytest
from numpy.testing import assert_array_equal
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.motion import motion
from gui.network_view.spots import LossNode, place_of
from gui.selection import INPUTS, Column, LossValue, Sources, Unit
from gui.theme import LIGHT
from model.experiment import NetworkSpec
from model.starters import starter
from model.trainer import Trainer

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(open_window):
    yield open_window(starter("xor"), "xor")
    motion().set_reduced(False)


@pytest.fixture
def still(window):
    motion().set_reduced(True)
    return window


def network(window):
    return window.docks["network"].widget()


def canvas(window):
    return network(window).view.canvas


def press(qtbot, window, key, held=Qt.KeyboardModifier.NoModifier):
    with qtbot.waitSignal(window.session.phases.changed):
        qtbot.keyClick(window, key, held)


def color_at(window, x, y):
    return canvas(window).grab().toImage().pixelColor(x, y).name()


def test_the_key_leads_through_a_whole_step_and_says_what_happens(qtbot, still):
    window, walk = still, still.session.phases
    press(qtbot, window, Qt.Key.Key_L)
    assert network(window).header.sentence.isVisible()
    said = [network(window).header.sentence.text()]
    while walk.at < walk.step.last:
        press(qtbot, window, Qt.Key.Key_L)
        said.append(network(window).header.sentence.text())
    assert said[0] == "Batch: 20 training samples are drawn"
    assert said[1] == "Hidden 1 forward: Affine, z = x W + b"
    assert "∂L/∂W" in said[-2]
    assert said[-1].startswith("Update: ")
    assert len(set(said)) == len(said)
    qtbot.waitUntil(lambda: window.session.progress.snapshot.step == 1)
    alone = Trainer(starter("xor"))
    alone.advance(1)
    assert_array_equal(window.session.progress.snapshot.parameters, alone.snapshot().parameters)
    qtbot.waitUntil(lambda: bool(canvas(window).flow.links.any()))
    assert_array_equal(canvas(window).flow.links, alone.snapshot().update)


def test_back_with_the_key_and_out(qtbot, still):
    press(qtbot, still, Qt.Key.Key_L)
    press(qtbot, still, Qt.Key.Key_L)
    press(qtbot, still, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert still.session.phases.phase.kind == "batch"
    press(qtbot, still, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert canvas(still).flow is None
    assert network(still).foot.timeline.isVisible()
    assert not network(still).header.sentence.isVisible()


def test_buttons_of_the_bar(qtbot, still):
    foot, walk = network(still).foot, still.session.phases
    with qtbot.waitSignal(walk.changed):
        qtbot.mouseClick(foot.look_inside, LEFT)
    assert foot.phase_bar.isVisible()
    qtbot.mouseClick(foot.phase_bar.on, LEFT)
    assert walk.phase.kind == "forward"
    qtbot.mouseClick(foot.phase_bar.back, LEFT)
    assert walk.phase.kind == "batch"
    qtbot.mouseClick(foot.phase_bar.done, LEFT)
    assert walk.step is None
    assert foot.timeline.isVisible()


def test_a_click_on_a_phase_goes_there(qtbot, still):
    walk, track = still.session.phases, network(still).foot.phase_bar.track
    press(qtbot, still, Qt.Key.Key_L)
    loss = [phase.kind for phase in walk.step.phases].index("loss")
    qtbot.mouseClick(track, LEFT, pos=QPoint(track.place_of(loss), track.height() // 2))
    assert walk.phase.kind == "loss"
    assert track.value() == loss
    qtbot.keyClick(track, Qt.Key.Key_Left)
    assert walk.at == loss - 1
    qtbot.keyClick(track, Qt.Key.Key_Home)
    assert walk.at == 0


def test_the_layer_at_work_stands_on_a_ground_of_the_accent(qtbot, still):
    press(qtbot, still, Qt.Key.Key_L)
    press(qtbot, still, Qt.Key.Key_L)
    rect = canvas(still).places.units[Unit(0, 0)]
    assert color_at(still, rect.center().x(), rect.top() - 4) == LIGHT.accent
    source = canvas(still).places.units[Unit(INPUTS, 0)]
    assert color_at(still, source.center().x(), source.top() - 4) != LIGHT.accent


def test_a_sample_and_the_whole_batch(qtbot, still):
    walk, bar = still.session.phases, network(still).foot.phase_bar
    press(qtbot, still, Qt.Key.Key_L)
    bar.sample.setFocus()
    qtbot.keyClick(bar.sample, Qt.Key.Key_Up)
    assert walk.row == 1
    assert_array_equal(canvas(still).flow.columns[INPUTS].values, walk.step.values[0][1])
    bar.sample.setValue(0)
    assert walk.row is None
    assert bar.sample.text() == "batch"
    assert_array_equal(canvas(still).flow.columns[INPUTS].values, walk.step.values[0].mean(axis=0))


def test_the_flow_grows_from_left_to_right_and_comes_to_rest(qtbot, window, monkeypatch):
    walk, now = window.session.phases, [0.0]
    monkeypatch.setattr("gui.phase_walk.time", SimpleNamespace(perf_counter=lambda: now[0]))
    press(qtbot, window, Qt.Key.Key_L)
    press(qtbot, window, Qt.Key.Key_L)
    shares = []
    for share in (0.25, 0.5, 0.75, 1.0):
        now[0] = share * walk.seconds
        with qtbot.waitSignal(walk.moved):
            pass
        shares.append(canvas(window).flow_share)
    assert shares == pytest.approx([0.25, 0.5, 0.75, 1.0])
    qtbot.waitUntil(lambda: not walk._timer.isActive())
    qtbot.waitUntil(lambda: not window.clock.running)


def test_half_way_only_half_of_a_link_is_coloured(qtbot, still):
    press(qtbot, still, Qt.Key.Key_L)
    press(qtbot, still, Qt.Key.Key_L)
    drawn = canvas(still)
    strongest = max(range(len(drawn.links.links)), key=lambda i: abs(drawn.flow.links[drawn.links.links[i].parameter]))
    line = drawn.links.lines[strongest]

    def inked(share):
        place = line.pointAt(share).toPoint()
        picture = drawn.grab().toImage()
        around = {picture.pixelColor(place.x(), place.y() + d).name() for d in (-1, 0, 1)}
        return bool(around & {LIGHT.positive, LIGHT.negative})

    drawn.move_flow(0.5)
    assert inked(0.3) and not inked(0.8)
    drawn.move_flow(1.0)
    assert inked(0.3) and inked(0.8)


def test_slow_motion_plays_phase_after_phase(qtbot, still):
    walk = still.session.phases
    action = still.actions_by_name["slow motion"]
    assert isinstance(action, QAction)
    walk.seconds = 0.001
    qtbot.keyClick(still, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: still.session.progress.snapshot.step >= 2)
    assert action.isChecked() and network(still).foot.phase_bar.play.isChecked()
    qtbot.keyClick(still, Qt.Key.Key_M)
    assert not walk.playing
    assert not action.isChecked() and not network(still).foot.phase_bar.play.isChecked()


def test_run_leaves_the_step_and_goes_on(qtbot, still):
    press(qtbot, still, Qt.Key.Key_L)
    qtbot.keyClick(still, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: still.session.progress.snapshot.step > 3)
    qtbot.keyClick(still, Qt.Key.Key_Space)
    assert canvas(still).flow is None
    assert network(still).foot.timeline.isVisible()


def test_the_diagram_does_not_move_when_a_step_is_looked_into(qtbot, still):
    before = dict(canvas(still).places.units)
    press(qtbot, still, Qt.Key.Key_L)
    qtbot.waitUntil(network(still).foot.phase_bar.isVisible)
    assert canvas(still).places.units == before


def test_reduced_motion_is_in_the_menu_and_remembered(qtbot, window):
    action = window.actions_by_name["reduced motion"]
    assert not action.isChecked()
    action.trigger()
    assert motion().reduced
    action.trigger()
    assert not motion().reduced


def test_a_column_and_the_loss_can_be_looked_at_closely(qtbot, still):
    drawn, selection = canvas(still), still.session.selection
    qtbot.mouseClick(drawn, LEFT, pos=drawn.places.title(0).center())
    assert selection.subject == Column(0)
    qtbot.mouseClick(drawn, LEFT, pos=drawn.places.loss.center())
    assert selection.subject == LossValue()
    frame = drawn.places.loss
    assert color_at(still, frame.center().x(), frame.top() - 1) == LIGHT.accent


def test_where_a_number_comes_from_is_marked(qtbot, still):
    drawn, selection = canvas(still), still.session.selection
    rect = drawn.places.units[Unit(0, 1)]
    x, y = rect.center().x(), rect.top() - 2
    before = color_at(still, x, y)
    selection.point_at_sources(Sources(units=frozenset({Unit(0, 1)})))
    assert color_at(still, x, y) == LIGHT.accent != before
    selection.point_at_sources(None)
    assert color_at(still, x, y) == before


def test_the_wheel_and_the_keys_walk_and_do_not_leave_the_handle_elsewhere(qtbot, still):
    walk, track = still.session.phases, network(still).foot.phase_bar.track
    press(qtbot, still, Qt.Key.Key_L)
    for key, at in ((Qt.Key.Key_PageUp, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_PageDown, 1)):
        qtbot.keyClick(track, key)
        assert walk.at == track.value() == at
    middle = QPointF(track.rect().center())
    turn = QWheelEvent(
        middle, track.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(track, turn)
    assert walk.at == track.value() == 2


def test_under_the_pointer_are_the_numbers_of_this_step(qtbot, still):
    still.session.step()
    qtbot.waitUntil(lambda: still.session.progress.snapshot.step == 1)
    press(qtbot, still, Qt.Key.Key_L)
    walk, drawn = still.session.phases, canvas(still)
    drawn.point_at(LossNode())
    assert "not computed yet" in drawn.readout.text()
    walk.go(walk.step.last - 1)
    assert f"loss of this batch {walk.step.loss:.3g}" in drawn.readout.text()
    drawn.point_at(Unit(0, 0))
    assert f"∂L/∂z = {walk.step.gradients[1][0, 0]:.3g}" in drawn.readout.text()
    link = drawn.links.of(0)
    drawn.point_at(link)
    assert f"its own gradient {drawn.flow.links[0]:.3g}" in drawn.readout.text()
    walk.go(1)
    assert f"carries {drawn.flow.links[0]:.3g}" in drawn.readout.text()
    header, rows = network(still).table()
    assert header == ("parameter", "value", "value")
    assert [row[2] for row in rows] == drawn.flow.links.tolist()


def test_the_picture_of_the_inputs_is_that_of_the_sample(qtbot, open_window):
    window = open_window(starter("digits"), "digits")
    motion().set_reduced(True)
    press(qtbot, window, Qt.Key.Key_L)
    header, bar, drawn = network(window).header, network(window).foot.phase_bar, canvas(window)
    assert not header.sample.isVisible() and bar.sample.isVisible()
    first = drawn.grab().toImage()
    qtbot.mouseClick(drawn, LEFT, pos=drawn.places.image.center())
    assert window.session.phases.row == 1
    assert bar.sample.value() == 2
    assert drawn.grab().toImage() != first
    qtbot.mouseClick(bar.done, LEFT)
    assert header.sample.isVisible()
    motion().set_reduced(False)


def test_the_diagram_comes_to_the_front_when_a_step_is_looked_into(qtbot, still):
    still.docks["check"].raise_()
    qtbot.waitUntil(lambda: not network(still).is_seen())
    press(qtbot, still, Qt.Key.Key_L)
    qtbot.waitUntil(network(still).is_seen)


def test_faster_and_slower_are_those_of_the_slow_motion_inside_a_step(qtbot, still):
    walk, pace = still.session.phases, still.run_bar.pace.pace
    press(qtbot, still, Qt.Key.Key_L)
    before = walk.seconds
    still.actions_by_name["faster"].trigger()
    assert walk.seconds < before
    assert network(still).foot.phase_bar.speed.value() == walk.speed
    still.actions_by_name["slower"].trigger()
    assert walk.seconds == before
    assert still.run_bar.pace.pace == pace


def test_the_same_neuron_again_is_looked_at_again(qtbot, still):
    drawn, selection = canvas(still), still.session.selection
    unit = Unit(0, 1)
    for spot in (unit, LossNode(), unit):
        qtbot.mouseClick(drawn, LEFT, pos=place_of(spot, drawn.places, drawn.links))
    assert selection.subject == unit
    qtbot.mouseClick(drawn, LEFT, pos=QPoint(2, drawn.height() - 2))
    assert selection.subject is None


def test_the_keys_reach_the_name_of_a_column_and_the_loss(qtbot, still):
    drawn, selection = canvas(still), still.session.selection
    drawn.setFocus()
    selection.select(Unit(0, 0))
    qtbot.keyClick(drawn, Qt.Key.Key_Up)
    assert selection.subject == Column(0)
    qtbot.keyClick(drawn, Qt.Key.Key_Down)
    assert selection.subject == Unit(0, 0)
    for _ in range(5):
        qtbot.keyClick(drawn, Qt.Key.Key_Right)
    assert selection.subject == LossValue()
    assert "loss" in drawn.readout.text().lower() or "entropy" in drawn.readout.text()


def test_another_network_inside_a_step_is_simply_shown(qtbot, still):
    press(qtbot, still, Qt.Key.Key_L)
    press(qtbot, still, Qt.Key.Key_L)
    still.session.change("no hidden layer", network=NetworkSpec(layers=still.session.experiment.network.layers[-1:]))
    qtbot.keyClick(still, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: still.session.phases.step is not None)
    assert network(still).header.sentence.text() == "Batch: 20 training samples are drawn"


def test_escape_leaves_the_step(qtbot, still):
    press(qtbot, still, Qt.Key.Key_L)
    canvas(still).setFocus()
    qtbot.keyClick(canvas(still), Qt.Key.Key_Escape)
    assert still.session.phases.step is None


def test_inside_a_step_the_sentence_says_whose_numbers_they_are(qtbot, still):
    press(qtbot, still, Qt.Key.Key_L)
    walk, header = still.session.phases, network(still).header
    walk.go(1)
    walk.show_row(None)
    assert header.sentence.text().endswith("(mean over the batch)")
    walk.go(walk.step.last - 1)
    assert header.sentence.text().endswith("(sum over the batch)")
    walk.show_row(3)
    walk.go([phase.kind for phase in walk.step.phases].index("loss"))
    assert header.sentence.text().endswith(f"of this sample {walk.step.losses[3]:.3g}")
