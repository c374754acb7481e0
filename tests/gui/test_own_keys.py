"""Left steps back in the whole window, unless a control with the keyboard goes left itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
)

from gui.own_keys import walks
from model.experiment_file import from_plain

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 60}},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)
LEFT = Qt.Key.Key_Left


@pytest.fixture
def window(open_window):
    return open_window(EXPERIMENT, "xor")


@pytest.fixture
def trained(qtbot, window):
    """Five steps and two epochs on."""
    session = window.session
    for _ in range(2):
        session.step_epoch()
        qtbot.waitUntil(lambda: not session.playing)
    for _ in range(5):
        session.step()
    last = 2 * session.run.steps_per_epoch + 5
    qtbot.waitUntil(lambda: step(window) == last)
    window.setFocus()
    return window


def step(window):
    return window.session.progress.snapshot.step


def press(qtbot, window, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window, LEFT, modifier)


def test_left_is_one_step_back_and_with_ctrl_to_where_the_epoch_began(qtbot, trained):
    last, per_epoch = step(trained), trained.session.run.steps_per_epoch
    press(qtbot, trained)
    qtbot.waitUntil(lambda: step(trained) == last - 1)
    sentence = f"paused at step {last - 1:,} of {last:,}: Run goes on; a change starts a branch"
    qtbot.waitUntil(lambda: trained.status.state.text() == sentence)
    press(qtbot, trained, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: step(trained) == 2 * per_epoch)
    press(qtbot, trained, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: step(trained) == per_epoch)


def test_the_button_beside_step_goes_back_where_there_is_a_step_before(qtbot, window):
    button = next(each for each in window.run_bar.findChildren(QToolButton) if each.text() == "Back")
    assert not button.isEnabled()
    press(qtbot, window)
    window.session.step()
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: step(window) == 0 and not button.isEnabled())
    assert window.session.progress.furthest == 1


def test_in_a_text_field_left_moves_the_cursor(qtbot, trained):
    field, last = QLineEdit("text"), step(trained)
    trained.statusBar().addWidget(field)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    press(qtbot, trained)
    assert field.cursorPosition() == 3
    press(qtbot, trained, Qt.KeyboardModifier.ControlModifier)
    assert field.cursorPosition() == 0
    assert step(trained) == trained.session.progress.furthest == last and trained.status.state.text() == "paused"


def test_a_slider_goes_left_itself(qtbot, trained):
    slider, last = trained.run_bar.pace.slider, step(trained)
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    before = slider.value()
    press(qtbot, trained)
    assert slider.value() == before - 1
    trained.setFocus()
    press(qtbot, trained)
    qtbot.waitUntil(lambda: step(trained) == last - 1)


def test_in_the_diagram_left_walks_to_the_neuron_beside(qtbot, trained):
    canvas, selection = trained.panels[0].view.canvas, trained.session.selection
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    selection.select_unit(max(canvas.places.units, key=lambda unit: unit.stage))
    stage = selection.unit.stage
    press(qtbot, trained)
    assert selection.unit.stage == stage - 1
    assert step(trained) == trained.session.progress.furthest
    press(qtbot, trained, Qt.KeyboardModifier.ControlModifier)  # no key of the diagram's
    qtbot.waitUntil(lambda: step(trained) == 2 * trained.session.run.steps_per_epoch)


def test_in_the_computational_graph_left_walks_to_an_input(qtbot, trained):
    trained.docks["graph"].raise_()
    panel, last = trained.docks["graph"].widget(), step(trained)
    qtbot.waitUntil(panel.is_seen)
    canvas = panel.explorer.view.canvas
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    press(qtbot, trained)
    press(qtbot, trained)
    assert canvas.pointed is not None and canvas.pointed in panel.explorer.walk.graph.output.inputs
    assert step(trained) == last


def test_on_the_timeline_left_is_one_step_back_as_well(qtbot, trained):
    last = step(trained)
    trained.panels[0].foot.timeline.track.setFocus()
    press(qtbot, trained)
    qtbot.waitUntil(lambda: step(trained) == last - 1)


@pytest.mark.parametrize("kind", [QSlider, QSpinBox, QComboBox, QListWidget, QTabBar, QRadioButton])
def test_what_goes_left_itself(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    assert walks(widget)


@pytest.mark.parametrize("kind", [QPushButton, QCheckBox])
def test_a_button_goes_left_only_in_a_group(qtbot, kind):
    widget, group = kind(), QButtonGroup()
    qtbot.addWidget(widget)
    assert not walks(widget)
    group.addButton(widget)
    assert walks(widget)


def test_after_a_click_on_a_button_space_means_run(qtbot, open_window):
    window = open_window(EXPERIMENT, "xor")
    button = window.docks["network"].widget().findChild(QToolButton, "gradient")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert window.session.playing
    window.session.pause()


def test_what_goes_behind_a_tab_gives_up_the_keyboard(qtbot, open_window):
    window = open_window(EXPERIMENT, "xor")
    check = window.docks["check"]
    check.raise_()
    box = next(iter(check.widget().controls.boxes.values()))
    focused = box.findChild(QLineEdit) or box
    focused.setFocus()
    qtbot.waitUntil(lambda: check.isAncestorOf(QApplication.focusWidget()))
    window.docks["network"].raise_()
    qtbot.waitUntil(lambda: not check.isAncestorOf(QApplication.focusWidget() or window))
