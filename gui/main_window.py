"""The main window: it composes the panels, the tool bar and the menus, and wires them to the session."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMessageBox

from gui.actions import ACTIONS, Actions
from gui.button_keys import ButtonsKeepSpace
from gui.docks import PANELS, arrange, make_docks, make_panel, proportion
from gui.experiment_files import ask_and_open, ask_and_save, open_file
from gui.export_menu import ExportMenu
from gui.frame_clock import FrameClock
from gui.menus import make_menus
from gui.optimizer_bar import OptimizerBar
from gui.pace import watchable
from gui.panel import Panel
from gui.picture_worker import PictureWorker
from gui.run_bar import RunBar
from gui.run_report import RunReport
from gui.session import Session
from gui.settings import Settings
from gui.status_line import StatusLine
from gui.theme import theme_switch
from model.experiment import Experiment
from model.starters import starter

if TYPE_CHECKING:
    from gui.start_page import StartPage

SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """The application's one window."""

    def __init__(self, experiment: Experiment, name: str) -> None:
        """`name`: of the starter or file, for the title."""
        super().__init__()
        self.setObjectName("main window")
        self.resize(*SIZE)
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)  # every layout of the docks would start an animation for each, if only to stay
        self.session = Session(experiment, self)
        self.pictures = PictureWorker(self.session.turns)
        self.pictures.start()
        self.actions_by_name = Actions(self)
        self.clock = FrameClock(self.session, self, self.pictures)
        self._buttons_keep_space = ButtonsKeepSpace(self)
        self.run_bar = RunBar(self.session, self.actions_by_name)
        self.addToolBar(self.run_bar)
        self.optimizer_bar = self.addToolBar(self.tr("Optimizer and loss"))
        self.optimizer_bar.setObjectName("optimizer bar")
        self.optimizer_bar.setMovable(False)
        self.optimizer_bar.addWidget(OptimizerBar(self.session))
        self.status = StatusLine(self.session)
        self.setStatusBar(self.status)
        self.report = RunReport(self.session, self.clock, self.run_bar, self.status, self.actions_by_name["run"], self)
        self.docks: dict[str, QDockWidget] = make_docks(self)
        self.panels: list[Panel] = []
        # The network first: it is what a person looks at. The others come after the first frame, one by one.
        self._missing = sorted(PANELS, key=lambda place: place.name != "network")
        self.start_page: StartPage | None = None
        self._painted = False  # the first frame is on the screen
        self._name = name
        self._connect()
        self.export_menu = ExportMenu(self.panels, self)
        make_menus(self, self.actions_by_name, self.session.undo_stack, self.docks, self.export_menu)
        self._make_next_panel()
        self._restore_layout()
        self._show_title()

    # Opening and saving

    def open_experiment(self, experiment: Experiment, name: str) -> None:
        """Take an experiment from the gallery or a file."""
        self._name = name
        self.session.open(experiment)
        self._show_title()
        if self.start_page is not None:
            self.start_page.close()

    def open_path(self, path: Path) -> None:
        """Open an experiment's file; a dialog says what is wrong with it and leaves the open one alone."""
        self._take(open_file(self, path))

    def show_start_page(self) -> None:
        """The gallery of starter experiments, over the window."""
        from gui.start_page import StartPage  # not needed for the first frame

        if self.start_page is None:
            self.start_page = StartPage(self)
            self.start_page.chosen.connect(self._open_starter)
            self.start_page.open_file.connect(self._open)
        self.start_page.show()
        self.start_page.raise_()
        self.start_page.activateWindow()

    def reset_layout(self) -> None:
        """All panels back to where they stand when nobody has moved them."""
        for bar in (self.run_bar, self.optimizer_bar):
            bar.show()
        for dock in self.docks.values():
            dock.setFloating(False)  # a dock that floats when it is removed would float ever after
            self.removeDockWidget(dock)
        arrange(self, self.docks)

    def slow_down_to_watch(self) -> None:
        """Starters are over in a second at full speed: begin at a pace at which they can be watched."""
        self.run_bar.pace.choose(watchable(self.session.experiment))

    def _open_starter(self, name: str) -> None:
        self.open_experiment(starter(name), name)
        self.slow_down_to_watch()

    def _open(self) -> None:
        self._take(ask_and_open(self))

    def _take(self, opened: tuple[Experiment, Path] | None) -> None:
        if opened is not None:
            experiment, path = opened
            self.open_experiment(experiment, path.stem)

    def _save(self) -> None:
        path = ask_and_save(self, self.session.experiment, self._name)
        if path is not None:
            self._name = path.stem
            self._show_title()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open_path(Path(files[0]))

    # Wiring

    def _connect(self) -> None:
        session, actions = self.session, self.actions_by_name
        slots: dict[str, Callable[[], object]] = {
            "starters": self.show_start_page,
            "open": self._open,
            "save": self._save,
            "quit": self.close,
            "run": session.toggle,
            "step": session.step,
            "epoch": session.step_epoch,
            "same weights": session.reset,
            "new weights": session.new_weights,
            "faster": self.run_bar.pace.faster,
            "slower": self.run_bar.pace.slower,
            "system theme": lambda: theme_switch().choose("system"),
            "light theme": lambda: theme_switch().choose("light"),
            "dark theme": lambda: theme_switch().choose("dark"),
            "reset layout": self.reset_layout,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
        }
        for name, slot in slots.items():
            actions[name].triggered.connect(lambda _=False, slot=slot: slot())
        actions["projector"].toggled.connect(theme_switch().set_projector)
        actions["full screen"].toggled.connect(self._set_full_screen)
        session.refused.connect(lambda sentence: QMessageBox.warning(self, self.tr("Downhill"), sentence))
        theme_switch().changed.connect(self._fit_tool_bars)

    # Panels

    def complete(self) -> None:
        """Make the panels that are still missing."""
        while self._missing:
            self._make_next_panel()

    def _make_next_panel(self) -> None:
        place = self._missing.pop(0)
        panel = make_panel(place, self.docks[place.name], self.session, self.pictures)
        self.panels.append(panel)
        self.clock.add(panel)

    def _complete_later(self) -> None:
        """One panel a turn of the event loop: the window answers from its first frame on."""
        if self._missing and self.isVisible():
            self._make_next_panel()
            QTimer.singleShot(0, self, self._complete_later)
        elif self._proportion_when_shown:
            self._proportion_when_shown = False
            proportion(self, self.docks)

    # Pages

    def _show_title(self) -> None:
        self.setWindowTitle(self.tr("{name} - Downhill").format(name=self._name))

    def _show_about(self) -> None:
        from gui.shortcuts_page import show_about

        show_about(self)

    def _show_shortcuts(self) -> None:
        from gui.shortcuts_page import show_shortcuts

        show_shortcuts(self, [self.actions_by_name[declared.name] for declared in ACTIONS])

    def _set_full_screen(self, full: bool) -> None:
        self.showFullScreen() if full else self.showNormal()

    # The window's life

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        self.session.turns.take()  # all panels that changed are painted now
        answer = super().event(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._complete_later)
        return answer

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.session.turns.begin()
        if self._painted:  # hidden before all panels were there
            QTimer.singleShot(0, self, self._complete_later)
        if self._proportion_when_shown:
            # Docks can be given their shares only when the window has its size.
            QTimer.singleShot(0, self, lambda: proportion(self, self.docks))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tool_bars()

    def _fit_tool_bars(self) -> None:
        """Both tool bars in one row where they fit, else one above the other: nothing hides behind an arrow."""
        needed = self.run_bar.sizeHint().width() + self.optimizer_bar.sizeHint().width()
        if needed > self.width():
            self.insertToolBarBreak(self.optimizer_bar)
        else:
            self.removeToolBarBreak(self.optimizer_bar)

    def closeEvent(self, event: QCloseEvent) -> None:
        Settings().geometry = self.saveGeometry()
        Settings().docks = self.saveState()
        self.clock.stop()
        self.session.close()
        self.pictures.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:  # by the window manager, too
            self.actions_by_name["full screen"].setChecked(self.isFullScreen())

    def _restore_layout(self) -> None:
        arrange(self, self.docks)
        self._proportion_when_shown = True
        settings = Settings()
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
        if not settings.docks.isEmpty() and self.restoreState(settings.docks):
            self._proportion_when_shown = False
