import gc
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from gui.application import FIRST, open_window
from gui.main_window import MainWindow
from gui.settings import Settings
from model.starters import starter


@pytest.fixture(autouse=True)
def deleted(qapp):
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


def opened(arguments, look):
    """Open the window, `look` at it from inside, close it; what was seen and the exit code."""
    seen = []

    def inside():
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        try:
            seen.append(look(window))
        finally:
            window.close()
            QCoreApplication.sendPostedEvents(window.pictures)
            window.deleteLater()

    QTimer.singleShot(0, inside)
    return seen, open_window(*arguments)


def test_it_opens_on_the_spiral_behind_the_start_page(switch):
    hook = sys.excepthook
    seen, code = opened((), lambda w: (w.session.experiment, w.start_page.isVisible(), sys.excepthook is hook))
    assert seen == [(starter(FIRST), True, False)] and code == 0
    assert sys.excepthook is hook


def test_it_opens_an_experiment_without_the_start_page(switch):
    seen, _ = opened((starter("iris"), "iris"), lambda w: (w.session.experiment, w.start_page, w.windowTitle()))
    assert seen == [(starter("iris"), None, "iris[*] - Downhill")]


def test_the_start_page_can_be_switched_off(switch):
    Settings().show_start_page = False
    assert opened((), lambda w: w.start_page)[0] == [None]
