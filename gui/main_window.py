"""The main window: it composes the panels, the tool bar and the menus, and wires them to the session."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMessageBox

from gui.actions import Actions
from gui.diagnosis_strip import DiagnosisStrip
from gui.docks import make_docks
from gui.document import Document
from gui.export_menu import ExportMenu
from gui.frame_clock import FrameClock
from gui.menu_corner import put_beside_menus
from gui.menus import make_menus
from gui.motion import motion
from gui.optimizer_bar import OptimizerBar
from gui.own_keys import OwnKeys
from gui.pace import watchable
from gui.pages import Pages
from gui.panel import Panel
from gui.panel_maker import PanelMaker
from gui.picture_worker import PictureWorker
from gui.recent_files import RecentFilesMenu
from gui.run_bar import RunBar
from gui.run_report import RunReport
from gui.session import Session
from gui.signpost import SENTENCE_SHOWN, Signpost
from gui.status_line import StatusLine
from gui.theme import theme_switch
from gui.walk_actions import WalkActions
from gui.window_layout import WindowLayout
from model.experiment import Experiment
from model.starters import STARTERS

if TYPE_CHECKING:
    from gui.start_page import StartPage

SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """The application's one window."""

    closed = Signal()  # it closes, and nobody can keep it open any more

    def __init__(self, experiment: Experiment, name: str) -> None:
        """`name`: of the starter or file, for the title."""
        super().__init__()
        self.setObjectName("main window")
        self.resize(*SIZE)
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)  # every layout of the docks would start an animation for each, if only to stay
        self._may_close = self._closing = False
        self.session = Session(experiment, self)
        self.document = Document(self.session, name, self)
        self.pictures = PictureWorker(self.session.turns)
        self.pictures.start()
        self.actions_by_name = Actions(self)
        self.clock = FrameClock(self.session, self, self.pictures)
        self._own_keys = OwnKeys(self)
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
        self.diagnosis = DiagnosisStrip(self.session, self.pictures, self.docks, self._bring_up)
        put_beside_menus(self, self.diagnosis, self.tr("Diagnosis"))
        self._pages = Pages(self, self.actions_by_name, self.document)
        self._layout = WindowLayout(self, self.docks, (self.run_bar, self.optimizer_bar))
        self._walking = WalkActions(self.session.phases, self.run_bar.pace, lambda: self._bring_up("network"))
        self._signpost = Signpost(self.session.selection, self.docks["inspector"], self.status)
        self._connect()
        self._panel_maker = PanelMaker(self, self.docks, self.session, self.pictures, self.clock)
        self._panel_maker.completed.connect(self._layout.completed)
        self.panels: list[Panel] = self._panel_maker.panels
        self.export_menu = ExportMenu(self.panels, self.complete, self)
        self.recent_menu = RecentFilesMenu(self.document.open_path, self)
        make_menus(self, self.actions_by_name, self.session.undo_stack, self.docks, self.export_menu, self.recent_menu)
        self._layout.restore()
        self._show_what_to_watch()
        self._show_title()

    def open_experiment(self, experiment: Experiment, name: str) -> None:
        """Show an experiment that is neither a starter nor a file's."""
        self.document.open(experiment, name)

    def open_path(self, path: Path) -> None:
        """Open a document, or data; a dialog says what is wrong with it and leaves the open one alone."""
        self.document.open_path(path)

    def show_start_page(self) -> None:
        """The gallery of starter experiments, over the window."""
        self._pages.show_start_page()

    @property
    def start_page(self) -> "StartPage | None":
        """The gallery, once it was shown."""
        return self._pages.start_page

    def complete(self) -> None:
        """Make the panels that are still missing."""
        self._panel_maker.complete()

    def reset_layout(self) -> None:
        """All panels back to where they stand when nobody has moved them."""
        self._layout.reset()

    def slow_down_to_watch(self) -> None:
        """Starters are over in a second at full speed: begin at a pace at which they can be watched."""
        self.run_bar.pace.choose(watchable(self.session.experiment))

    # Wiring

    def _connect(self) -> None:
        session, actions = self.session, self.actions_by_name
        slots: dict[str, Callable[[], object]] = {
            "starters": self.show_start_page,
            "open": self.document.ask_and_open,
            "open data": self.document.data.ask_and_open,
            "paste data": self.document.data.paste,
            "save": self.document.save,
            "save as": self.document.save_as,
            "save experiment": self.document.export_experiment,
            "quit": self.close,
            "run": session.toggle,
            "step": session.step,
            "epoch": session.step_epoch,
            "layer": self._walking.forward,
            "layer back": self._walking.back,
            "slow motion": self._walking.toggle,
            "step back": session.step_back,
            "epoch back": session.epoch_back,
            "same weights": session.reset,
            "new weights": session.new_weights,
            "faster": self._walking.faster,
            "slower": self._walking.slower,
            "system theme": lambda: theme_switch().choose("system"),
            "light theme": lambda: theme_switch().choose("light"),
            "dark theme": lambda: theme_switch().choose("dark"),
            "reset layout": self.reset_layout,
            "about experiment": self._pages.show_starter_page,
            "shortcuts": self._pages.show_shortcuts,
            "about": self._pages.show_about,
        }
        for name, slot in slots.items():
            actions[name].triggered.connect(lambda _=False, slot=slot: slot())
        actions["projector"].toggled.connect(theme_switch().set_projector)
        actions["reduced motion"].toggled.connect(motion().set_reduced)
        session.phases.playing_changed.connect(actions["slow motion"].setChecked)
        actions["full screen"].toggled.connect(self._set_full_screen)
        session.refused.connect(lambda sentence: QMessageBox.warning(self, self.tr("Downhill"), sentence))
        session.starter_wanted.connect(self.document.open_starter)
        session.selection.data_wanted.connect(self.document.data.ask_and_open)
        wanted = session.selection
        for signal, name in (
            (wanted.graph_wanted, "graph"),
            (wanted.mistakes_wanted, "cnn"),
            (wanted.painting_wanted, "output"),
        ):
            signal.connect(lambda *what, signal=signal, name=name: self._hand_to(name, signal, *what))
        self.document.renamed.connect(self._show_title)
        self.document.unsaved.changed.connect(self.setWindowModified)
        self.document.said.connect(lambda sentence: self.status.showMessage(sentence, SENTENCE_SHOWN))
        self.document.opened.connect(self._opened)

    def _show_title(self) -> None:
        name = self.document.name.replace("[*]", "[*][*]")  # the place where Qt marks that there is unsaved work
        self.setWindowTitle(self.tr("{name}[*] - Downhill").format(name=name))

    def _opened(self) -> None:
        if self.document.starter is not None:
            self.slow_down_to_watch()
            self._show_what_to_watch()

    def _show_what_to_watch(self) -> None:
        """A starter may teach something that is seen in a panel behind another's tab."""
        watch = STARTERS[self.document.starter].watch if self.document.starter is not None else ""
        if watch:
            self._bring_up(watch)

    def _bring_up(self, name: str) -> None:
        """Show a dock, in front of those behind which it is a tab."""
        self.docks[name].show()
        self.docks[name].raise_()

    def _hand_to(self, name: str, wanted: SignalInstance, *what: object) -> None:
        """Bring up the panel that shows what is wanted; one that is made only now has not heard of it."""
        made = self._panel_maker.make(name)
        self._bring_up(name)
        if made:
            wanted.emit(*what)

    # The window's life

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self._layout.pressed(event)
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        self.session.turns.take()  # all panels that changed are painted now
        answer = super().event(event)
        self._panel_maker.painted()
        return answer

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.session.turns.begin()
        self._panel_maker.shown()
        self._layout.shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout.fit_tool_bars()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open_path(Path(files[0]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:  # by the window manager, too
            self.actions_by_name["full screen"].setChecked(self.isFullScreen())

    def _set_full_screen(self, full: bool) -> None:
        self.showFullScreen() if full else self.showNormal()

    def _close(self) -> None:
        """There is nothing unsaved (any more)."""
        self._may_close = True
        if not self._closing:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            self._closing = True
            self.document.may_leave(self._close)
            self._closing = False
        if not self._may_close:
            event.ignore()
            return
        self.closed.emit()
        self._layout.remember()
        self.clock.stop()
        self.session.close()
        self.pictures.close()
        self.document.close()
        super().closeEvent(event)
