import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from gui.failure import Failures
from gui.log_file import LogFile


@pytest.fixture
def failures(qtbot):
    made = Failures()
    made.install()
    yield made
    made.remove()
    if made.dialog is not None:
        made.dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def button(box: QMessageBox, text: str) -> QPushButton:
    return next(each for each in box.findChildren(QPushButton) if each.text().replace("&", "") == text)


def shown(failures) -> str:
    return " ".join(label.text() for label in failures.dialog.findChildren(QLabel))


def fail(number=0):
    raise ValueError(f"broken {number}")


def test_an_error_in_a_slot_is_said_printed_and_can_be_copied(qtbot, failures, capfd):
    window = QPushButton("press")
    qtbot.addWidget(window)
    window.clicked.connect(lambda: fail(7))
    window.show()
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: failures.dialog is not None and failures.dialog.isVisible())
    assert "ValueError: broken 7" in shown(failures)
    assert "Traceback" in capfd.readouterr().err
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(button(failures.dialog, "Copy details"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Traceback") and "in fail" in copied and "broken 7" in copied
    assert failures.dialog.isVisible()
    qtbot.keyClick(failures.dialog, Qt.Key.Key_Escape)
    assert failures.dialog is None


def test_a_flood_of_one_error_is_one_dialog_and_stays_away_once_it_is_closed(qtbot, failures, capfd):
    timer = QTimer()
    fired = []
    timer.timeout.connect(lambda: (fired.append(1), fail(len(fired))))
    timer.start(1)
    qtbot.waitUntil(lambda: len(fired) > 10 and failures.dialog is not None)
    qtbot.mouseClick(button(failures.dialog, "Close"), Qt.MouseButton.LeftButton)
    more = len(fired) + 10
    qtbot.waitUntil(lambda: len(fired) > more)
    timer.stop()
    assert failures.dialog is None
    assert capfd.readouterr().err.count("Traceback") == 1


def test_the_same_error_is_said_again_when_the_person_tries_again(qtbot, failures, capfd, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("gui.failure.time.monotonic", lambda: now[0])
    for _ in range(2):
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: failures.dialog is not None)
        now[0] += 10.0
        QTimer.singleShot(0, fail)  # while its dialog is open
        qtbot.wait(1)
        assert "broken 0" in shown(failures) and capfd.readouterr().err.count("Traceback") == 1
        qtbot.keyClick(failures.dialog, Qt.Key.Key_Escape)
        assert failures.dialog is None
        now[0] += 3.5


def test_another_error_is_said_again_and_adds_to_an_open_dialog(qtbot, failures, capfd):
    QTimer.singleShot(0, fail)
    QTimer.singleShot(0, lambda: {}["missing"])
    qtbot.waitUntil(lambda: len(failures._details) == 2)
    qtbot.mouseClick(button(failures.dialog, "Copy details"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "broken 0" in copied and "KeyError" in copied
    qtbot.keyClick(failures.dialog, Qt.Key.Key_Escape)
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.waitUntil(lambda: failures.dialog is not None)
    assert "ZeroDivisionError" in shown(failures)


def test_an_error_in_another_thread_and_in_a_paint_event_is_said_in_the_window(qtbot, failures, capfd):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: failures.dialog is not None)
    qtbot.keyClick(failures.dialog, Qt.Key.Key_Escape)

    class Broken(QWidget):
        def paintEvent(self, event):
            raise RuntimeError("cannot paint")

    window = Broken()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: failures.dialog is not None)
    assert "cannot paint" in shown(failures)


def test_an_interrupt_in_the_terminal_closes_the_window(qtbot, failures):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    failures.take(KeyboardInterrupt, KeyboardInterrupt(), None)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert failures.dialog is None


def test_an_error_without_words_is_named_by_its_kind(qtbot, failures, capfd):
    failures.take(MemoryError, MemoryError(), None)
    qtbot.waitUntil(lambda: failures.dialog is not None)
    assert "MemoryError" in shown(failures) and "MemoryError:" not in shown(failures)


def test_hooks_are_given_back(qapp):
    before = sys.excepthook, threading.excepthook
    made = Failures()
    made.install()
    assert sys.excepthook != before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_an_error_is_logged_and_the_dialog_says_where(qtbot, tmp_path, capfd):
    made = Failures(log=LogFile(tmp_path / "errors.log"))
    made.install()
    happened = []
    made.happened.connect(lambda: happened.append(1))
    thread = threading.Thread(target=fail, args=(5,))
    thread.start()
    thread.join()
    logged = made._log.path.read_text()  # before anybody has looked at the dialog
    assert "Traceback" in logged and "broken 5" in logged
    qtbot.waitUntil(lambda: made.dialog is not None)
    assert str(made._log.path) in shown(made) and happened == [1]
    qtbot.keyClick(made.dialog, Qt.Key.Key_Escape)
    made.remove()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_where_it_cannot_be_logged_the_dialog_names_no_file(qtbot, tmp_path, capfd):
    (tmp_path / "file").touch()
    made = Failures(log=LogFile(tmp_path / "file" / "errors.log"))
    made.take(ValueError, ValueError("broken"), None)
    qtbot.waitUntil(lambda: made.dialog is not None)
    assert "errors.log" not in shown(made)
    qtbot.keyClick(made.dialog, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
