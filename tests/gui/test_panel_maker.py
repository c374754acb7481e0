"""Panels come when they can be seen, or when somebody asks for them."""

import pytest
from PySide6.QtWidgets import QApplication

from gui.docks import PANELS
from gui.selection import Confused, Unit
from model.starters import starter

BEHIND = {place.name for place in PANELS if place.behind}
IN_FRONT = {place.name for place in PANELS} - BEHIND


@pytest.fixture
def fresh(qtbot, open_window):
    """A window in which only those panels are made that can be seen."""
    window = open_window(starter("digits"), "digits", complete=False)
    qtbot.waitUntil(lambda: made(window) >= IN_FRONT)
    return window


def made(window):
    return {name for name, dock in window.docks.items() if dock.widget() is not None}


def test_what_is_behind_a_tab_is_made_when_it_is_raised_or_asked_for(qtbot, fresh):
    QApplication.processEvents()
    assert made(fresh) == IN_FRONT

    fresh.docks["gradients"].raise_()
    qtbot.waitUntil(lambda: made(fresh) == IN_FRONT | {"gradients"})
    panel = fresh.docks["gradients"].widget()
    qtbot.waitUntil(lambda: panel.is_seen() and not fresh.clock.running)

    fresh.session.selection.mistakes_wanted.emit(Confused("train", 3, 8))
    page = fresh.docks["cnn"].widget().page("mistakes")
    assert (page.part.currentData(), page.right.currentData(), page.predicted.currentData()) == ("train", 3, 8)

    fresh.session.selection.select(Unit(0, 1))
    assert "Inspector" in fresh.status.currentMessage()
    fresh.docks["inspector"].raise_()
    inspector = fresh.docks["inspector"].widget()
    qtbot.waitUntil(lambda: inspector.page.title.text() != "" and inspector.subject == Unit(0, 1))

    fresh.export_menu.aboutToShow.emit()
    assert made(fresh) == IN_FRONT | BEHIND
