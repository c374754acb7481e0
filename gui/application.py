"""Start the application: one window, until it is closed."""

import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from gui.data_folder import data_folder
from gui.failure import Failures
from gui.log_file import LogFile
from gui.main_window import MainWindow
from gui.safekeeping import FIRST, Safekeeping
from gui.settings import APPLICATION, ORGANISATION, Settings
from gui.theme import theme_switch
from model.experiment import Experiment
from model.own_files import datasets_of_files
from model.saved_run import SavedRun
from model.starters import STARTERS, starter

LOG, UNSAVED = "errors.log", "unsaved"  # in the application's data folder
FRAME = QSize(0, 32)  # px that a window manager adds to a window: its title bar
NOT_STARTED = 1  # exit code


def open_window(opened: Experiment | SavedRun | Path | None = None, name: str = "") -> int:
    """Open the window on what was `opened`, or on the spiral behind the start page. Returns the exit code.

    `opened` may be the path of data, which a dialog over the spiral looks into. `name`: of a starter, or the path of
    the file.
    """
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setOrganizationName(ORGANISATION)
    application.setApplicationName(APPLICATION)
    failures = Failures(application, LogFile(data_folder() / LOG))
    failures.install()
    try:
        window = _window(opened, name, failures)
    except Exception as error:
        failures.say_fatal(error)
        failures.remove()
        return NOT_STARTED
    try:
        return application.exec()
    finally:
        failures.remove()
        del window


def _window(opened: Experiment | SavedRun | Path | None, name: str, failures: Failures) -> MainWindow:
    theme_switch()
    is_data = isinstance(opened, Path)
    of_gallery = name if name in STARTERS else FIRST if opened is None or is_data else ""
    waits = isinstance(opened, Experiment) and bool(datasets_of_files(opened))  # for its data, which is read first
    if isinstance(opened, Experiment) and not waits:
        window = MainWindow(opened, of_gallery or Path(name).stem)
    else:
        window = MainWindow(starter(FIRST), FIRST)
    if Settings().geometry.isEmpty():  # else it has the size that it was left with
        window.resize(window.size().boundedTo(window.screen().availableSize() - FRAME))
    safekeeping = Safekeeping(window, data_folder() / UNSAVED)
    failures.happened.connect(safekeeping.autosave.now)
    if of_gallery:
        window.slow_down_to_watch()
    window.show()
    if isinstance(opened, SavedRun):
        window.document.take_file(opened, Path(name))
    elif isinstance(opened, Experiment) and waits:
        window.document.bring_file(opened, Path(name))
    elif isinstance(opened, Path):
        window.document.open_path(opened)
    elif opened is not None and not of_gallery:
        Settings().add_recent(str(Path(name).absolute()))
    safekeeping.offer(lambda: window.show_start_page() if opened is None and Settings().show_start_page else None)
    return window
