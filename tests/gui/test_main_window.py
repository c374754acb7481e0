"""The whole window, through keys and clicks."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QMenu, QMessageBox, QToolBar

from gui.actions import ACTIONS
from gui.docks import PANELS
from gui.selection import Unit
from gui.settings import Settings
from gui.starter_page import StarterPage
from gui.starter_texts import starter_text
from gui.text_label import TextLabel
from model.experiment_file import from_plain, to_json
from model.optimizers import Adam
from model.starters import STARTERS, starter

PLAIN = {
    "format": "downhill-experiment",
    "data": {"dataset": {"type": "xor", "samples": 60}},
    "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
    "loss": {"type": "sigmoid_cross_entropy"},
}
EXPERIMENT = from_plain(PLAIN)


@pytest.fixture
def window(open_window):
    return open_window(EXPERIMENT, "xor", complete=False)


@pytest.fixture
def said(qapp):
    """Answers every message box, and keeps what it said."""
    sentences: list[str] = []

    def look():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            sentences.append(box.text())
            box.accept()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1)
    yield sentences
    timer.stop()


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key as the window system sends it: to whatever has the focus, shortcuts first."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def step(window):
    return window.session.progress.snapshot.step


# Keys


def test_space_runs_and_pauses(qtbot, window):
    run = window.actions_by_name["run"]
    assert run.text() == "Run"
    press(qtbot, window, Qt.Key.Key_Space)
    assert run.text() == "Pause"
    qtbot.waitUntil(lambda: step(window) > 20)
    press(qtbot, window, Qt.Key.Key_Space)
    assert run.text() == "Run"
    qtbot.waitUntil(lambda: not window.session.progress.playing)
    qtbot.waitUntil(lambda: window.status.state.text() == "paused")
    qtbot.waitUntil(lambda: f"step {step(window):,}" in window.run_bar.position.text())


def test_s_e_r_and_w(qtbot, window):
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: step(window) == 1)
    press(qtbot, window, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: step(window) == window.session.run.steps_per_epoch)
    start = window.session.run.history
    press(qtbot, window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: step(window) == 0)
    first = window.session.progress.snapshot.parameters.tobytes()
    press(qtbot, window, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: window.session.progress.snapshot.parameters.tobytes() != first)
    assert step(window) == 0 and window.session.run.history is not start
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.progress.snapshot.parameters.tobytes() == first)


def test_keys_go_to_a_focused_text_field(qtbot, window):
    field = QLineEdit()
    window.statusBar().addWidget(field)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    for key in (Qt.Key.Key_S, Qt.Key.Key_Space, Qt.Key.Key_E, Qt.Key.Key_R, Qt.Key.Key_W):
        press(qtbot, window, key)
    assert field.text().lower() == "s erw"
    assert not window.session.playing and step(window) == 0


def test_space_on_a_check_box_reached_with_tab_toggles_it(qtbot, window):
    first, box = QLineEdit(), QCheckBox("yes")
    window.statusBar().addWidget(first)
    window.statusBar().addWidget(box)
    first.setFocus()
    press(qtbot, window, Qt.Key.Key_Tab)
    qtbot.waitUntil(box.hasFocus)
    press(qtbot, window, Qt.Key.Key_Space)
    assert box.isChecked() and not window.session.playing
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: step(window) == 1)
    window.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert box.isChecked() and window.session.playing


def test_a_click_on_run_leaves_space_to_run(qtbot, window):
    qtbot.mouseClick(window.run_bar.run_button, Qt.MouseButton.LeftButton)
    assert window.session.playing
    press(qtbot, window, Qt.Key.Key_Space)
    assert not window.session.playing


def test_faster_and_slower(qtbot, window):
    press(qtbot, window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.run_bar.pace.pace == 1000
    press(qtbot, window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert window.run_bar.pace.pace is None


# Menus


def menu_actions(window) -> list[QAction]:
    found: list[QAction] = []
    for top in window.menuBar().actions():
        found += [action for action in top.menu().actions() if not action.isSeparator() and action.menu() is None]
    return found


def test_every_menu_entry_has_a_key_and_explains_itself(window):
    actions = menu_actions(window)
    assert {window.actions_by_name[declared.name] for declared in ACTIONS} <= set(actions)
    for action in actions:
        assert not action.shortcut().isEmpty() and action.toolTip().startswith("<p>"), action.text()
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)
    assert all(top.menu().toolTipsVisible() for top in window.menuBar().actions())


def test_undo_and_redo_say_what_they_do(qtbot, window):
    window.session.change("optimizer Adam", optimizer=Adam())
    texts = [action.text() for action in menu_actions(window)]
    assert "Undo optimizer Adam" in texts
    window.session.undo_stack.undo()
    assert "Redo optimizer Adam" in [action.text() for action in menu_actions(window)]


def test_the_export_menu_lists_what_the_panels_offer(window):
    window.export_menu.aboutToShow.emit()
    offered = [name for panel in window.panels for name, _, _ in panel.exports()]
    assert [action.text() for action in window.export_menu.actions()] == [f"{name}..." for name in offered]
    assert len(offered) >= 5


def test_the_shortcuts_page_and_about_open_and_close(qtbot, window, said):
    window.actions_by_name["shortcuts"].trigger()
    page = QApplication.activeModalWidget()
    assert page is not None
    page.close()
    window.actions_by_name["about"].trigger()
    assert len(said) == 1 and "MIT" in said[0]


# Docks


def test_a_key_brings_a_panel_to_the_front_and_closes_it_there(qtbot, window):
    for number, place in enumerate(PANELS, start=1):
        dock = window.docks[place.name]
        held = Qt.KeyboardModifier.ControlModifier
        if number > 9:  # there are no more digits
            held |= Qt.KeyboardModifier.AltModifier
        key = Qt.Key(Qt.Key.Key_0 + (number if number <= 9 else number - 9))
        if not seen(window, place.name):
            press(qtbot, window, key, held)
            qtbot.waitUntil(lambda name=place.name: seen(window, name))
        press(qtbot, window, key, held)
        assert dock.isHidden(), place.name
        press(qtbot, window, key, held)
        qtbot.waitUntil(lambda name=place.name: seen(window, name))


def test_all_panels_are_seen_at_1280_by_800_but_those_behind_a_tab(qtbot, window):
    window.resize(1280, 800)
    in_front = [window.docks[place.name].widget() for place in PANELS if not place.behind]
    qtbot.waitUntil(lambda: all(panel.is_seen() for panel in in_front))
    assert window.size().width() == 1280 and window.size().height() == 800
    for place in PANELS:
        if not place.behind:
            dock = window.docks[place.name]
            assert dock.width() > 150 and dock.height() > 150
            assert window.rect().contains(dock.geometry())


def test_the_layout_is_remembered_and_can_be_reset(qtbot, open_window):
    first = open_window(EXPERIMENT, "xor")
    first.docks["loss"].setFloating(True)
    first.docks["data"].close()
    first.resize(first.width(), 740)
    first.close()
    second = open_window(EXPERIMENT, "xor")
    assert second.docks["loss"].isFloating() and second.docks["data"].isHidden()
    assert second.height() == 740
    second.run_bar.hide()
    second.actions_by_name["reset layout"].trigger()
    assert not second.docks["loss"].isFloating()
    assert not any(dock.isHidden() for dock in second.docks.values())
    assert second.run_bar.isVisible()
    qtbot.waitUntil(lambda: second.docks["loss"].widget().is_seen())


def test_a_damaged_layout_is_as_good_as_none(qtbot, open_window):
    Settings().docks = b"nonsense"
    Settings().geometry = b"nonsense"
    window = open_window(EXPERIMENT, "xor")
    assert not any(dock.isHidden() for dock in window.docks.values())


# Themes


def test_themes_and_projector_while_it_runs(qtbot, window, switch):
    window.session.play()
    for name in ("dark theme", "light theme", "system theme"):
        window.actions_by_name[name].trigger()
        assert window.actions_by_name[name].isChecked()
        here = step(window)
        qtbot.waitUntil(lambda here=here: step(window) > here + 5)
    for checked in (True, False):
        window.actions_by_name["projector"].trigger()
        assert switch.theme.projector is checked
        here = step(window)
        qtbot.waitUntil(lambda here=here: step(window) > here + 5)


@pytest.mark.parametrize("projector", [False, True])
def test_no_tool_button_hides_behind_an_arrow_at_1280(qtbot, window, switch, projector):
    switch.set_projector(projector)
    window.resize(1280, 800)
    qtbot.wait(1)
    for bar in window.findChildren(QToolBar):
        assert bar.width() >= bar.sizeHint().width(), bar.objectName()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_after_the_projector_the_docks_have_their_former_shares(qtbot, window, switch, theme):
    before = shares(window)
    window.actions_by_name["projector"].trigger()
    qtbot.waitUntil(lambda: shares(window) != before)
    switch.choose(theme)
    window.actions_by_name["projector"].trigger()
    qtbot.waitUntil(lambda: shares(window) == before)


def test_after_the_projector_a_border_moved_meanwhile_stays(qtbot, window):
    before = shares(window)
    window.actions_by_name["projector"].trigger()
    qtbot.waitUntil(lambda: shares(window) != before)
    border = window.docks["output"].geometry().topLeft() + QPoint(-1, 100)
    assert window.isSeparator(border)
    for event, place in ((QTest.mousePress, border), (QTest.mouseMove, border), (QTest.mouseRelease, border)):
        event(window, *(() if event is QTest.mouseMove else (Qt.MouseButton.LeftButton,)), pos=place)
    projected = shares(window)
    window.actions_by_name["projector"].trigger()
    qtbot.wait(20)
    # Its height goes with that of the tabs below it.
    widths = [each["network"].width() for each in (shares(window), projected, before)]
    assert widths[0] == widths[1] != widths[2]


def shares(window):
    return {place.name: window.docks[place.name].size() for place in PANELS if not place.behind}


def test_a_neuron_of_the_diagram_is_shown_in_the_computational_graph(qtbot, window):
    canvas, dock = window.docks["network"].widget().view.canvas, window.docks["graph"]
    assert dock.widget() is None  # it is made when it is first brought up
    unit = next(each for each in canvas.places.units if each.stage == 0)
    qtbot.mouseMove(canvas, canvas.places.units[unit].center())
    canvas.customContextMenuRequested.emit(canvas.places.units[unit].center())
    menu = next(each for each in window.docks["network"].widget().findChildren(QMenu) if each.isVisible())
    next(action for action in menu.actions() if action.text() == "Show in the computational graph").trigger()
    menu.close()
    graph = dock.widget()
    qtbot.waitUntil(graph.is_seen)
    qtbot.waitUntil(lambda: "w1" in graph.explorer.walk.graph.variables)
    assert graph.explorer.rule.text().startswith("Hidden 1, neuron 1 at step 0")


def test_a_panel_behind_a_tab_is_made_when_it_is_brought_up_and_shows_the_run(qtbot, window):
    dock = window.docks["gradients"]
    assert dock.widget() is None
    dock.raise_()
    qtbot.waitUntil(lambda: seen(window, "gradients"))
    assert dock.widget()._run is window.session.run


def test_what_was_never_brought_up_can_be_exported(qtbot, window):
    assert not any(dock.widget() for name, dock in window.docks.items() if name in ("gradients", "branches"))
    window.export_menu.aboutToShow.emit()
    assert all(dock.widget() for dock in window.docks.values())
    assert any("gradient" in action.text().lower() for action in window.export_menu.actions())


# Starters


WATCHED = [name for name, each in STARTERS.items() if each.watch and name != "cnn-mnist"]


@pytest.mark.parametrize("name", ["xor", *WATCHED])
def test_a_starter_of_the_gallery_shows_what_there_is_to_watch(qtbot, window, name):
    watch = STARTERS[name].watch or "loss"
    assert not seen(window, "gradients")
    window.docks[watch].close()
    if not STARTERS[name].watch:
        window.docks[watch].show()
    window.show_start_page()
    qtbot.mouseClick(window.start_page.cards[list(STARTERS).index(name)], Qt.MouseButton.LeftButton)
    assert window.session.experiment == starter(name)
    qtbot.waitUntil(lambda: seen(window, watch))
    assert seen(window, "gradients") is (watch == "gradients")


def seen(window, name):
    """Whether the panel is on the screen; before it is first brought up there is none."""
    panel = window.docks[name].widget()
    return panel is not None and panel.is_seen()


def test_a_starter_open_from_the_start_shows_what_there_is_to_watch(qtbot, open_window):
    window = open_window(starter("vanishing"), "vanishing")
    qtbot.waitUntil(window.docks["gradients"].widget().is_seen)


def test_what_a_starter_is_about_can_be_read_again_while_it_is_open(qtbot, open_window, tmp_path):
    window = open_window(EXPERIMENT, "mine")
    about = window.actions_by_name["about experiment"]
    assert not about.isEnabled()
    window.show_start_page()
    qtbot.mouseClick(window.start_page.cards[0], Qt.MouseButton.LeftButton)
    assert about.isEnabled()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    page = window.findChild(StarterPage)
    assert page.isVisible() and not page.isModal()
    said = [label.text() for label in page.findChildren(TextLabel)]
    assert said == [starter_text("linear").title, *starter_text("linear").sentences]
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    about.trigger()
    assert page.isVisible()
    path = tmp_path / "linear.json"  # whatever it is called, it is a file of one's own
    path.write_bytes(to_json(EXPERIMENT))
    window.open_path(path)
    qtbot.waitUntil(lambda: not about.isEnabled())
    assert window.findChild(StarterPage) is None or not page.isVisible()


# Files


def test_an_experiment_saved_as_json_and_opened_again_is_the_same(qtbot, window, tmp_path, monkeypatch):
    window.session.change("Adam", optimizer=Adam())
    path = tmp_path / "mine.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(qtbot, window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.windowTitle().startswith("xor")
    saved = window.session.experiment
    window.session.undo_stack.undo()
    assert window.session.experiment != saved
    press(qtbot, window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.experiment == saved)
    qtbot.waitUntil(lambda: window.session.run.experiment == saved and step(window) == 0)


def test_a_broken_file_is_explained_and_the_open_experiment_stays(qtbot, window, tmp_path, said):
    path = tmp_path / "broken.json"
    path.write_bytes(to_json(EXPERIMENT)[:-30])
    window.session.step()
    qtbot.waitUntil(lambda: step(window) == 1)
    window.open_path(path)
    qtbot.waitUntil(lambda: len(said) > 0)
    assert len(said) == 1 and "broken.json" in said[0]
    assert window.session.experiment == EXPERIMENT and step(window) == 1
    assert window.windowTitle().startswith("xor")


def drop(window, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 10), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(300, 10), Qt.DropAction.CopyAction, data, buttons, keys))
    return enter.isAccepted()


def test_a_file_dropped_on_the_window_is_opened(qtbot, window, tmp_path):
    other = from_plain(PLAIN | {"weights": {"seed": 77}})
    path = tmp_path / "dropped.json"
    path.write_bytes(to_json(other))
    assert drop(window, path)
    qtbot.waitUntil(lambda: window.session.experiment == other and window.windowTitle().startswith("dropped"))


def test_a_refused_proposal_is_said_in_a_dialog(qtbot, window, said):
    assert not window.session.change("nonsense", network=type(EXPERIMENT.network)(layers=EXPERIMENT.network.layers[:2]))
    assert len(said) == 1 and "$.network" in said[0]


def test_the_start_page_opens_a_starter_and_goes(qtbot, window):
    press(qtbot, window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.start_page is not None and window.start_page.isVisible()
    window.start_page.cards[0].clicked.emit()
    assert not window.start_page.isVisible()
    assert window.windowTitle().startswith("linear")
    window.show_start_page()
    window.open_experiment(EXPERIMENT, "mine")
    assert not window.start_page.isVisible()


# The end


@pytest.mark.parametrize("wait", [True, False], ids=["at full speed", "just begun"])
def test_it_closes_within_a_second(qtbot, window, wait):
    window.session.play()
    if wait:
        qtbot.waitUntil(lambda: step(window) > 100)
    started = time.perf_counter()
    window.close()
    assert time.perf_counter() - started < 1
    assert window.session.worker.isFinished() and window.pictures.isFinished() and not window.clock.running


def test_nothing_moves_when_nothing_happens(qtbot, window):
    qtbot.waitUntil(lambda: not window.clock.running)
    ticks = []
    window.clock.ticked.connect(lambda: ticks.append(1))
    qtbot.wait(100)
    assert not ticks


def test_the_counter_is_in_sight_at_1280_while_it_runs(qtbot, window):
    window.resize(1280, 800)
    before = window.run_bar.run_button.width()
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: step(window) > 5)
    QCoreApplication.processEvents()
    assert window.run_bar.position.isVisible() and window.run_bar.run_button.width() == before
    press(qtbot, window, Qt.Key.Key_Space)


def test_who_selects_something_is_told_where_it_is_explained(window):
    window.session.selection.select(Unit(0, 0))
    assert "Inspector" in window.status.currentMessage()
    window.status.clearMessage()
    window.docks["inspector"].raise_()
    window.session.selection.select(Unit(0, 1))
    assert not window.status.currentMessage()
