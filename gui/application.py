"""Start the application: one window, until it is closed."""

import sys

from PySide6.QtWidgets import QApplication

from gui.failure import Failures
from gui.main_window import MainWindow
from gui.settings import APPLICATION, ORGANISATION, Settings
from gui.theme import theme_switch
from model.experiment import Experiment
from model.starters import STARTERS, starter

FIRST = "spiral"  # what stands ready behind the start page


def open_window(experiment: Experiment | None = None, name: str = "") -> int:
    """Open the window on `experiment`, or on the spiral behind the start page. Returns the exit code."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setOrganizationName(ORGANISATION)
    application.setApplicationName(APPLICATION)
    failures = Failures(application)
    failures.install()
    theme_switch()
    window = MainWindow(experiment or starter(FIRST), name or FIRST)
    if experiment is None or name in STARTERS:
        window.slow_down_to_watch()
    window.show()
    if experiment is None and Settings().show_start_page:
        window.show_start_page()
    try:
        return application.exec()
    finally:
        failures.remove()
