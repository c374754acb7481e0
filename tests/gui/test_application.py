import gc
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from gui import application
from gui.application import FIRST, open_window
from gui.data_folder import data_folder
from gui.main_window import MainWindow
from gui.settings import Settings
from model.run_file import write
from model.saved_run import SavedBranch, SavedRun
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


def test_it_looks_into_data_without_the_start_page(switch, tmp_path):
    path = tmp_path / "my.csv"
    path.write_text("a,b\n1,2\n3,4\n")

    def look(window):
        data = window.document.data
        while data.dialog is None:
            QCoreApplication.processEvents()
        return data.dialog.found.name, data.dialog.isVisible(), window.start_page

    seen, _ = opened((path, str(path)), look)
    assert seen == [("my.csv", True, None)]


def test_it_opens_an_experiment_without_the_start_page(switch):
    seen, _ = opened((starter("iris"), "iris"), lambda w: (w.session.experiment, w.start_page, w.windowTitle()))
    assert seen == [(starter("iris"), None, "iris[*] - Downhill")]


def test_the_start_page_can_be_switched_off(switch):
    Settings().show_start_page = False
    assert opened((), lambda w: w.start_page)[0] == [None]


def test_it_opens_a_run_where_it_stood(qtbot, switch, tmp_path):
    run = SavedRun((SavedBranch("", starter("iris"), (), 12),), 0, 7)
    write(tmp_path / "mine.downhill", run)
    qtbot_seen = []

    def look(window):
        qtbot.waitUntil(lambda: window.document.opening is None and window.session.progress is not None)
        qtbot.waitUntil(lambda: window.session.progress.snapshot.step == 7)
        qtbot_seen.append(window.document.path)
        return window.windowTitle(), window.isWindowModified(), window.start_page

    seen, _ = opened((run, str(tmp_path / "mine.downhill")), look)
    assert seen == [("mine[*] - Downhill", False, None)] and qtbot_seen == [tmp_path / "mine.downhill"]


def test_an_error_before_there_is_a_window_is_said_and_logged(switch, monkeypatch, capfd):
    def broken(*_):
        raise ValueError("no window today")

    monkeypatch.setattr(application, "MainWindow", broken)
    said = []

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(" ".join(label.text() for label in box.findChildren(QLabel)))
        box.close()

    QTimer.singleShot(0, press)
    hook = sys.excepthook
    assert open_window() == application.NOT_STARTED
    assert "could not be started" in said[0] and "no window today" in said[0]
    log = data_folder() / application.LOG
    assert str(log) in said[0] and "no window today" in log.read_text()
    assert sys.excepthook is hook


def test_an_error_keeps_the_work_at_once(qtbot, switch, monkeypatch, capfd):
    def look(window):
        window.session.step()
        qtbot.waitUntil(window.isWindowModified)
        QTimer.singleShot(0, lambda: 1 / 0)
        folder = data_folder() / application.UNSAVED
        qtbot.waitUntil(lambda: len(list(folder.glob("*.json"))) == 1, timeout=1500)  # sooner than by itself
        QApplication.activeModalWidget().close()
        window.document.may_leave = lambda then: then()
        return list(folder.glob("*.json")) != []

    seen, code = opened((starter("xor"), "xor"), look)
    assert seen == [True] and code == 0
    for name in ("last_type", "last_value", "last_traceback"):  # its frames hold the window
        vars(sys).pop(name, None)
