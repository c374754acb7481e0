import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget

from gui.docks import PANELS
from gui.neuron_lab.handle import Handle
from gui.neuron_lab.plane import Plane
from gui.panels.neuron_panel import NeuronPanel
from model.starters import starter

PAGES = "neuron", "gates", "rule", "xor", "linear"


@pytest.fixture
def panel(show_panel) -> NeuronPanel:
    return show_panel(lambda session, _: NeuronPanel(session), starter("xor"), (700, 420))


def turn(qtbot, panel, page):
    qtbot.mouseClick(panel.tabs.buttons[page], Qt.MouseButton.LeftButton)


def test_the_tabs_turn_the_pages(qtbot, panel):
    assert list(panel.pages) == ["neuron"]  # the others are made when they are asked for
    seen = set()
    for page in PAGES:
        turn(qtbot, panel, page)
        assert panel.page() is panel.pages[page] and panel.page().isVisible()
        seen.add(panel.page())
    assert len(seen) == 5
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.tabs.buttons["linear"].setFocus()
    qtbot.keyClick(panel.tabs.buttons["linear"], Qt.Key.Key_Left)
    assert panel.page() is panel.pages["xor"]


def test_it_does_not_follow_the_run(panel):
    assert panel.follows() is False
    neuron = panel.page().neuron
    panel.session.step()
    assert panel.page().neuron == neuron


def test_reset_is_the_page_s_own(qtbot, panel):
    panel.page().fields["b"].edited.emit(1.0)
    turn(qtbot, panel, "rule")
    panel.page()._step()
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    assert panel.page().rule.steps == []
    turn(qtbot, panel, "neuron")
    assert panel.page().neuron.bias == 1  # not touched by the other page's
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    assert panel.page().neuron.bias == -0.5


@pytest.mark.parametrize("page", PAGES)
def test_every_page_exports_its_planes_with_numbers(qtbot, panel, page):
    turn(qtbot, panel, page)
    if page == "rule":
        panel.page()._step()
    exports = panel.exports()
    assert {source for _, source, _ in exports} >= set(panel.page().findChildren(Plane))
    for _, source, rows in exports:
        header, table = rows()
        table = list(table)
        assert table and all(len(row) == len(header) for row in table)
        assert "Ctrl+E" in [action.shortcut().toString() for action in source.actions()]


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_and_says_what_it_is_for(qtbot, panel, page):
    turn(qtbot, panel, page)
    kinds = QAbstractButton, QComboBox, QAbstractSpinBox, QAbstractSlider, Handle
    controls = [each for each in panel.findChildren(QWidget) if isinstance(each, kinds) and is_seen(each)]
    assert len(controls) > 8
    assert [each for each in controls if not each.toolTip() or not each.accessibleName()] == []
    names = [each.accessibleName() for each in controls if isinstance(each, (Handle, QAbstractSpinBox))]
    assert len(set(names)) == len(names)  # no two sound alike


def is_seen(control: QWidget) -> bool:
    return control.isVisible() and not isinstance(control, QScrollBar)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("projector", [False, True])
def test_nothing_is_cut_off_at_the_side(qtbot, panel, switch, page, projector):
    switch.set_projector(projector)
    panel.resize(*((595, 300) if projector else (699, 420)))  # what the window of 1280x800 leaves
    turn(qtbot, panel, page)
    assert panel.minimumSizeHint().width() <= panel.width()
    bars = panel.page().findChildren(QScrollBar)
    sideways = [bar for bar in bars if bar.orientation() == Qt.Orientation.Horizontal]
    assert sideways
    qtbot.waitUntil(lambda: not any(bar.maximum() for bar in sideways))
    if not projector:
        qtbot.waitUntil(lambda: not any(bar.maximum() for bar in bars))


def test_in_the_window_it_is_a_tab_behind_the_network(qtbot, open_window):
    window = open_window(starter("xor"), "xor")
    dock = window.docks["neuron"]
    assert next(place for place in PANELS if place.name == "neuron").behind == "network"
    assert window.docks["network"] in window.tabifiedDockWidgets(dock)
    dock.raise_()
    panel = dock.widget()
    qtbot.waitUntil(panel.is_seen)
    window.session.step()
    qtbot.waitUntil(lambda: window.session.progress.snapshot.step == 1)
    panel.page().input.setFocus()
    before = panel.page().point
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Left)  # which is Step back elsewhere
    qtbot.waitUntil(lambda: panel.page().point != before)
    assert panel.page().point[0] == pytest.approx(before[0] - 0.05)
    assert window.session.progress.snapshot.step == 1
