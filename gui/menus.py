"""The menu bar: the declared actions, undo, export, and a switch for every panel."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QMainWindow, QMenu, QToolBar

from gui.actions import EDIT, FILE, MENUS, RUN, VIEW, Actions, explain, translated
from gui.motion import motion
from gui.panel_switch import PanelSwitch
from gui.recent_files import RecentFilesMenu
from gui.settings import Settings
from gui.theme import theme_switch

translate = QCoreApplication.translate

MODIFIERS = "Ctrl", "Ctrl+Alt", "Ctrl+Alt+Shift"  # with a digit each, for nine panels or tool bars


def make_menus(
    window: QMainWindow,
    actions: Actions,
    stack: QUndoStack,
    docks: dict[str, QDockWidget],
    export: QMenu,
    recent: RecentFilesMenu,
) -> None:
    """Fill the menu bar of `window`."""
    menus = {source: window.menuBar().addMenu(translated(source)) for source in MENUS}
    for source, menu in menus.items():
        menu.setObjectName(source)
        menu.setToolTipsVisible(True)
        menu.addActions(list(actions.of_menu(source)))
    menus[FILE].insertMenu(actions["open data"], recent)
    menus[FILE].aboutToShow.connect(recent.enable)
    menus[FILE].insertSeparator(actions["save"])
    menus[FILE].insertMenu(actions["quit"], export)
    menus[FILE].insertSeparator(actions["quit"])
    menus[RUN].insertSeparator(actions["layer"])
    menus[RUN].insertSeparator(actions["step back"])
    menus[RUN].insertSeparator(actions["same weights"])
    menus[RUN].insertSeparator(actions["faster"])
    menus[VIEW].insertSeparator(actions["system theme"])
    _fill_edit_menu(menus[EDIT], window, stack)
    _add_panels(menus[VIEW], actions, docks)
    _add_tool_bars(menus[VIEW], window, actions, len(docks))
    _group_themes(window, actions)


def _fill_edit_menu(menu: QMenu, window: QMainWindow, stack: QUndoStack) -> None:
    undo, redo = stack.createUndoAction(window), stack.createRedoAction(window)
    undo.setShortcut(QKeySequence("Ctrl+Z"))
    redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
    explain(undo, translate("menus", "Take the last change back."))
    explain(redo, translate("menus", "Make the change again."))
    paste = menu.actions()[0]
    menu.insertActions(paste, [undo, redo])
    menu.insertSeparator(paste)


def _add_panels(menu: QMenu, actions: Actions, docks: dict[str, QDockWidget]) -> None:
    for number, dock in enumerate(docks.values(), start=1):
        action = dock.toggleViewAction()
        action.setShortcut(key_of(number))
        PanelSwitch(dock)
        explain(action, translate("menus", "Bring this panel to the front; close it where it is there already."))
        menu.insertAction(actions["system theme"], action)
        for button, meaning in (
            ("qt_dockwidget_floatbutton", translate("menus", "A window of its own for this panel, or back")),
            ("qt_dockwidget_closebutton", translate("menus", "Close this panel; the View menu brings it back")),
        ):
            found = dock.findChild(QAbstractButton, button)
            if found is not None:
                found.setToolTip(meaning)
    menu.insertSeparator(actions["system theme"])


def key_of(number: int) -> QKeySequence:
    """The key of a panel or tool bar, counted from 1; none where all are given away.

    There are nine digits without 0, which resets the layout.
    """
    nine, digit = divmod(number - 1, 9)
    return QKeySequence(f"{MODIFIERS[nine]}+{digit + 1}") if nine < len(MODIFIERS) else QKeySequence()


def _add_tool_bars(menu: QMenu, window: QMainWindow, actions: Actions, panels: int) -> None:
    """Switches for the tool bars, whose keys follow those of the panels."""
    bars = [bar for bar in window.findChildren(QToolBar) if window.toolBarArea(bar) != Qt.ToolBarArea.NoToolBarArea]
    for number, bar in enumerate(bars, start=panels + 1):
        action = bar.toggleViewAction()
        action.setShortcut(key_of(number))
        explain(action, translate("menus", "Show or hide this tool bar."))
        menu.insertAction(actions["system theme"], action)
    menu.insertSeparator(actions["system theme"])


def _group_themes(window: QMainWindow, actions: Actions) -> None:
    group = QActionGroup(window)
    for choice in ("system", "light", "dark"):
        action = actions[f"{choice} theme"]
        group.addAction(action)
        action.setChecked(theme_switch().choice == choice)
    actions["projector"].setChecked(Settings().projector)
    actions["reduced motion"].setChecked(motion().reduced)
