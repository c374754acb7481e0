"""Unsaved work is kept on the disk while it is done, a few seconds behind: the recipe, which is small.

The file is the application's own, never the person's. Nothing is written while nothing happens.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from gui.document import Document
from gui.session import Session
from gui.unsaved_store import Title, UnsavedStore
from model.atomic_file import in_words
from model.message import QT_TRANSLATE_NOOP, Message
from model.run_recipe import RunFileError, recipe_json
from model.saved_run import SavedRun

INTERVAL = 2000  # ms: with a slow disk and a long step on top, the file is at most 5 s behind


class Autosave(QObject):
    """Keeps the unsaved work of `document` in `store`."""

    failed = Signal(Message)  # why it cannot be kept; once, until it can be again
    kept = Signal()  # the file holds the work as it was a moment ago

    def __init__(self, session: Session, document: Document, store: UnsavedStore) -> None:
        super().__init__(document)
        self._session, self._document, self._store = session, document, store
        self._last: tuple[Title, bytes] | None = None  # what the file holds; looked at in the file thread only
        self._failing = self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.now)
        document.unsaved.happened.connect(self._wake)
        document.unsaved.changed.connect(self._changed)

    def now(self) -> None:
        """Keep the work as it is, as soon as the training thread has told it."""
        if not self._document.unsaved.exists or self._closed:
            return
        if self._document.opening is not None:
            self._timer.start()  # what is on its way is looked at again: nothing else may happen when it is there
        else:
            number = self._document.number
            self._session.ask_saved(lambda run: self._write(run, number), arrays=False)

    def close(self) -> None:
        """The work is saved, or was let go: forget it."""
        self._closed = True
        self._timer.stop()
        self._document.files.do(self._forget)

    def _wake(self) -> None:
        if self._document.unsaved.exists and not self._closed and not self._timer.isActive():
            self._timer.start()

    def _changed(self, exists: bool) -> None:
        if exists:
            self._wake()
        elif not self._closed:
            self._timer.stop()
            self._document.files.do(self._forget)

    def _write(self, run: SavedRun, number: int) -> None:
        document = self._document
        if number != document.number or not document.unsaved.exists or self._closed:
            return  # saved meanwhile, or it is of the document before
        title = Title.of(document.name, document.path, document.starter)
        document.files.do(lambda: self._write_file(title, run), self._written)

    def _written(self, problem: Message | None) -> None:
        if problem is None:
            self._failing = False
            self.kept.emit()
        elif not self._failing:
            self._failing = True
            self.failed.emit(problem)

    # In the file thread

    def _write_file(self, title: Title, run: SavedRun) -> Message | None:
        try:
            content = title, recipe_json(run)
            if content != self._last:
                self._store.write(*content)
                self._last = content
        except OSError as error:
            return in_words(error)
        except RunFileError as error:
            return error.message
        except ValueError as error:
            return Message(QT_TRANSLATE_NOOP("model", "the file cannot be used: {reason}"), {"reason": str(error)})
        return None

    def _forget(self) -> None:
        self._last = None
        self._store.remove()
