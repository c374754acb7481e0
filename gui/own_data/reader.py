"""Files of data are read in a thread of their own: saving does not wait for them, and neither does the window."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.file_thread import FileThread
from gui.own_data.reading_dialog import ReadingDialog
from model.data_files.error import Cancelled, DataFileError, Watch
from model.message import QT_TRANSLATE_NOOP

PATIENCE = 0.3  # s: what is done sooner needs no dialog
BETWEEN = 0.05  # s from one report to the next

Work = Callable[[Watch], Any]
Heard = Callable[[Any], None]


class Reader(QObject):
    """Does one reading after the other, under a dialog where it takes long."""

    _progressed = Signal(int, float)  # the number of the reading, the share that is done

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._thread = FileThread(self)
        self._number = 0  # of the last reading that was begun
        self._cancelled: set[int] = set()
        self._closing = False
        self._dialogs: dict[int, ReadingDialog] = {}
        self._titles: dict[int, str] = {}
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def dialog(self) -> ReadingDialog | None:
        """The dialog of the reading that takes long."""
        return next(iter(self._dialogs.values()), None)

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return bool(self._titles)

    def read(self, title: str, work: Work, heard: Heard) -> None:
        """Call `work` in the thread with a watch, then `heard` in the window's thread with what came of it.

        That is its answer, the DataFileError that it raised, or None where it was cancelled.
        """
        self._number += 1
        number = self._number
        self._titles[number] = title
        self._thread.do(lambda: self._work(number, work), lambda answer: self._done(number, answer, heard))

    def close(self) -> None:
        """Give up what is being read."""
        self._closing = True
        self._thread.close()

    # In the thread

    def _work(self, number: int, work: Work) -> Any:
        begun = last = time.monotonic()

        def watch(share: float) -> None:
            nonlocal last
            if self._closing or number in self._cancelled:
                raise Cancelled
            now = time.monotonic()
            if now - begun > PATIENCE and now - last > BETWEEN:
                last = now
                self._progressed.emit(number, share)

        try:
            return work(watch)
        except Cancelled:
            return None
        except DataFileError as error:
            return error
        except MemoryError:
            text = QT_TRANSLATE_NOOP("model", "there is not enough memory for this file: close other programs")
            return DataFileError(text)

    # In the window's thread

    @Slot(int, float)
    def _show_progress(self, number: int, share: float) -> None:
        title = self._titles.get(number)
        if title is None:
            return  # it is done
        dialog = self._dialogs.get(number)
        if dialog is None:
            dialog = self._dialogs[number] = ReadingDialog(title, self._window)
            dialog.cancelled.connect(lambda: self._cancelled.add(number))
            dialog.show()
        dialog.show_share(share)

    def _done(self, number: int, answer: Any, heard: Heard) -> None:
        del self._titles[number]
        dialog = self._dialogs.pop(number, None)
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()
        heard(None if number in self._cancelled else answer)
