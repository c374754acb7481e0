"""Whatever can be clicked, typed into or chosen has a name for a screen reader and says what it is for."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
    QWidgetAction,
)

from gui.main_window import MainWindow
from gui.optimizer_popup import OptimizerPopup
from gui.plot import Plot
from gui.start_page import StartPage
from model.landscape import DEFAULT_RACE
from model.starters import starter

CONTROLS = QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractSlider, Plot


@pytest.fixture(params=["spiral", "curve", "iris", "digits", "cnn-digits"])
def window(request, open_window) -> MainWindow:
    made = open_window(starter(request.param), request.param)
    made.export_menu.aboutToShow.emit()
    return made


def controls(top: QWidget) -> list[QWidget]:
    """All controls inside, but for the parts that Qt's own controls are made of."""
    return [each for each in top.findChildren(QWidget) if isinstance(each, CONTROLS) and not is_inside_another(each)]


def is_inside_another(control: QWidget) -> bool:
    """The text in a spin box or an editable combo box, a scroll bar, the arrow where a tool bar does not fit."""
    own = control.objectName().startswith(("qt_", "Scroll")) and "dockwidget" not in control.objectName()
    return own or isinstance(control, QScrollBar) or isinstance(control.parent(), (QAbstractSpinBox, QComboBox))


def title_of(control: QWidget) -> str:
    return (
        f"{type(control).__name__} {control.objectName()!r} {name_of(control)!r} in {type(control.parent()).__name__}"
    )


def name_of(control: QWidget) -> str:
    return control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")


def mute(tops: list[QWidget]) -> tuple[list[str], list[str]]:
    """The controls without a name, and those without a tool tip. A plot answers the pointer with its readout."""
    found = [control for top in tops for control in controls(top)]
    nameless = [title_of(each) for each in found if not name_of(each)]
    return nameless, [title_of(each) for each in found if not each.toolTip() and not isinstance(each, Plot)]


def test_controls_of_the_window(window):
    assert len(controls(window)) > 60
    assert mute([window]) == ([], [])


def test_controls_of_the_start_page_and_of_a_popup(qtbot, switch):
    tops = [StartPage(), OptimizerPopup(DEFAULT_RACE[0], DEFAULT_RACE[0], None)]
    for each in tops:
        qtbot.addWidget(each)
        assert controls(each)
    assert mute(tops) == ([], [])


def test_every_action_has_a_key_a_menu_and_an_explanation(window):
    bar = window.menuBar()
    actions = [each for each in window.findChildren(QAction) if is_an_action(each)]
    in_menus = {id(each) for menu in bar.findChildren(QWidget) for each in menu.actions()}
    exports = window.export_menu.actions()  # their key is the plot's, and in the tool tip
    problems = [
        (each.text(), "no key" * each.shortcut().isEmpty(), "no explanation" * (each.toolTip() in ("", each.text())))
        for each in actions
        if each not in exports and (each.shortcut().isEmpty() or "<p>" not in each.toolTip())
        # What belongs to one widget is in the menu of that widget.
        if id(each) in in_menus or each.parent() in (window, window.actions_by_name)
    ]
    assert problems == []
    declared = [each for each in actions if each.parent() in (window, window.actions_by_name)]
    assert declared and {id(each) for each in declared} <= in_menus
    assert exports and all("Ctrl+E" in each.toolTip() for each in exports)


def test_whatever_is_exported_has_the_key_for_it(window):
    for panel in window.panels:
        for name, source, _ in panel.exports():
            around = (each for each in (panel, *panel.findChildren(QWidget)) if each.isAncestorOf(source))
            widgets = [source, *source.findChildren(QWidget), *around]
            keys = [each.shortcut().toString() for widget in widgets for each in widget.actions()]
            assert "Ctrl+E" in keys, name


def is_an_action(action: QAction) -> bool:
    return not action.isSeparator() and action.menu() is None and not isinstance(action, QWidgetAction)
