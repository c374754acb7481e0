"""The docks of the window: what is written on their tabs, their title bars and in the View menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStyleOptionDockWidget, QTabBar

from gui.docks import PANELS
from model.starters import starter

PADDING = 12  # px, of a tab's text


@pytest.fixture
def window(open_window):
    return open_window(starter("digits"), "digits")


def cut(window):
    """What cannot be read in full on the tabs of the window."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    titles = [(bar, i) for bar in bars if bar.isVisible() for i in range(bar.count())]
    assert len(titles) == 15
    wide = {(bar, i): bar.fontMetrics().horizontalAdvance(bar.tabText(i)) for bar, i in titles}
    return [bar.tabText(i) for bar, i in titles if bar.tabRect(i).width() < wide[bar, i] + PADDING]


def test_every_tab_can_be_read_in_a_small_window_and_on_a_projector(qtbot, window, switch):
    assert cut(window) == []
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: cut(window) == [])
    window.resize(1280, 800)
    switch.set_projector(True)
    qtbot.waitUntil(lambda: cut(window) == [])
    assert window.width() == 1280


def test_the_title_bar_and_the_menu_have_the_whole_title(window):
    dock, option = window.docks["graph"], QStyleOptionDockWidget()
    dock.initStyleOption(option)
    assert option.title == dock.toggleViewAction().text() == dock.accessibleName() == "Computational graph"
    assert dock.windowTitle() == "Graph"


def test_every_panel_has_a_key_of_its_own(window):
    keys = [window.docks[place.name].toggleViewAction().shortcut() for place in PANELS]
    assert QKeySequence() not in keys and len(set(keys)) == len(PANELS)
