import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from gui.actions import ACTIONS, MENUS, Actions


@pytest.fixture
def actions(qapp):
    owner = QObject()
    yield Actions(owner)
    owner.deleteLater()


@pytest.mark.parametrize("declared", ACTIONS, ids=lambda declared: declared.name)
def test_every_action_has_a_key_an_explanation_and_a_menu(actions, declared):
    made = actions[declared.name]
    assert made.text() and not made.shortcut().isEmpty()
    assert declared.meaning in made.toolTip()
    assert made.shortcut().toString(QKeySequence.SequenceFormat.NativeText) in made.toolTip()
    assert declared.menu in MENUS and made in list(actions.of_menu(declared.menu))
    assert made.isCheckable() == declared.checkable


def test_no_two_actions_share_a_name_or_a_key():
    taken = [QKeySequence.fromString(declared.shortcut).toString() for declared in ACTIONS]
    # What the window adds: undo, redo and the panels.
    taken += ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", *(f"Ctrl+{number}" for number in range(1, 8))]
    assert len(set(taken)) == len(taken)
    assert len({declared.name for declared in ACTIONS}) == len(ACTIONS)


def test_an_unknown_action_is_an_error(actions):
    with pytest.raises(KeyError):
        actions["dance"]
