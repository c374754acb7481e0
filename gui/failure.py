"""An error that nobody foresaw: it is said in a dialog, logged with the details for a report, and the window lives on.

Qt cannot hand a Python error on to anybody: it ends in `sys.excepthook`, where it would only be printed, and whoever
has no terminal would see a control that does nothing.
"""

import sys
import threading
import time
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.log_file import LogFile

PAUSE = 3.0  # s: longer than whatever repeats itself waits, shorter than a person who reads and tries again


class Failures(QObject):
    """Takes the errors of all threads and says each; again only after a pause: a panel fails in every frame.

    Without the pause the dialog of such a panel could not be closed, and the work not be saved.
    """

    happened = Signal()  # an error of any thread that is said
    _caught = Signal(str, str)  # what happened, its traceback
    _interrupted = Signal()

    def __init__(self, parent: QObject | None = None, log: LogFile | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._logged = False
        self._last: dict[tuple[str, str, int], float] = {}  # when each error happened last, s
        self._details: list[str] = []
        self.dialog: QMessageBox | None = None
        self._hooks_before = sys.excepthook, threading.excepthook
        # Queued: an error may come from any thread, and from the middle of a paint event.
        self._caught.connect(self._say, Qt.ConnectionType.QueuedConnection)
        self._interrupted.connect(QApplication.closeAllWindows, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on take every error that nobody else does."""
        self._hooks_before = sys.excepthook, threading.excepthook
        sys.excepthook = self.take
        threading.excepthook = self._take_of_thread

    def remove(self) -> None:
        """Leave errors to whoever took them before."""
        sys.excepthook, threading.excepthook = self._hooks_before
        if self._log is not None:
            self._log.close()

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An error of any thread: to the terminal, the log and the dialog. Ctrl+C in the terminal closes the window."""
        if issubclass(kind, KeyboardInterrupt):
            self._interrupted.emit()
            return
        place = traceback.extract_tb(trace)[-1:]
        key = (kind.__name__, place[0].filename if place else "", (place[0].lineno or 0) if place else 0)
        now = time.monotonic()
        last, self._last[key] = self._last.get(key), now
        if last is not None and (self.dialog is not None or now - last < PAUSE):
            return
        sys.__excepthook__(kind, error, trace)
        details = "".join(traceback.format_exception(kind, error, trace))
        self._logged = self._log is not None and self._log.write(details)
        self._caught.emit(f"{kind.__name__}: {error}" if str(error) else kind.__name__, details)

    def _take_of_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def say_fatal(self, error: Exception) -> None:
        """An error before there is a window: say it, and return when the dialog is closed."""
        self.take(type(error), error, error.__traceback__)
        QApplication.sendPostedEvents(self)
        if self.dialog is not None:
            self.dialog.setText(self.tr("Downhill could not be started."))
            self.dialog.exec()

    def _say(self, what: str, details: str) -> None:
        self.happened.emit()
        self._details.append(details)
        if self.dialog is not None:  # one dialog at a time; the details of all that came meanwhile can be copied
            return
        self._details = [details]
        self.dialog = box = QMessageBox(QApplication.activeWindow())
        box.setObjectName("failure")
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self.tr("Downhill"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Something went wrong inside Downhill. Your work is still open and can be saved."))
        box.setInformativeText(f"{what}\n\n{self._where()}" if self._logged else what)
        copy = box.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.setToolTip(self.tr("Copy what a report of this error needs."))
        copy.clicked.disconnect()  # every button of a message box closes it; this one must not
        copy.clicked.connect(self._copy)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
        box.setEscapeButton(QMessageBox.StandardButton.Close)
        box.finished.connect(self._closed)
        box.open()

    def _where(self) -> str:
        assert self._log is not None
        return self.tr("The details are also in {path}").format(path=self._log.path)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._details))

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
