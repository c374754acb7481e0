"""Nothing is lost: the question before unsaved work is left, its copy on the disk, and what was left behind."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from gui.autosave import Autosave
from gui.leave_question import LeaveQuestion
from gui.main_window import MainWindow
from gui.opening import Outcome
from gui.unsaved_store import LeftBehind, Unsaved, UnsavedStore
from gui.words import words
from model.message import Message
from model.starters import starter

FIRST = "spiral"  # what stands in the window when nothing else does
SENTENCE_SHOWN = 15_000  # ms


class Safekeeping(QObject):
    """Watches over the work in `window`. Without it a window forgets what it is not told to save."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        """`folder`: for unsaved work."""
        super().__init__(window)
        self._window, self._document = window, window.document
        self._store = UnsavedStore(folder)
        self._restored: list[LeftBehind] = []  # given up when their work is kept anew
        self.question = LeaveQuestion(window, self._document.save)
        self.autosave = Autosave(window.session, self._document, self._store)
        self.autosave.failed.connect(self._say_failed)
        self.autosave.kept.connect(self._give_up_restored)
        self._document.may_leave = self._may_leave
        window.closed.connect(self._close)

    def offer(self, otherwise: Callable[[], None]) -> None:
        """Offer what was left behind, if anything was; `otherwise` is called where nothing is restored."""
        found = self._store.left_behind()
        if not found:
            otherwise()
            return
        from gui.recovery import RecoveryDialog

        self.dialog = RecoveryDialog(found, self._restore, self._window)
        self.dialog.rejected.connect(otherwise)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _may_leave(self, then: Callable[[], None]) -> None:
        if self._document.unsaved.exists:
            self.question.ask(self._document.name, then)
        else:
            then()

    def _restore(self, left: LeftBehind, unsaved: Unsaved) -> None:
        title = unsaved.title
        self._document.take_run(
            unsaved.run, title.name, title.file, title.starter, ended=lambda outcome: self._ended(left, outcome)
        )

    def _ended(self, left: LeftBehind, outcome: Outcome) -> None:
        if outcome is Outcome.WHOLE:
            self._restored.append(left)
            self._document.unsaved.begin(None)
            self.autosave.now()
            return
        left.leave()  # it stays as it is, for the next start
        if outcome is Outcome.SHORTER:
            text = self.tr(
                "Only a part could be restored: all of it stays kept, and is offered again at the next start."
            )
        else:
            self._document.open(starter(FIRST), FIRST, FIRST)
            text = self.tr("The work was not restored: it stays kept, and is offered again at the next start.")
        self._document.said.emit(text)

    def _give_up_restored(self) -> None:
        for each in self._restored:
            self._document.files.do(each.discard)
        self._restored = []

    def _say_failed(self, problem: Message) -> None:
        text = self.tr("Unsaved work cannot be kept in {folder}: {problem}. Save it yourself (Ctrl+S).")
        sentence = text.format(folder=self._store.folder, problem=words(problem))
        self._window.status.showMessage(sentence, SENTENCE_SHOWN)

    def _close(self) -> None:
        """The window closes, and the work was saved or let go."""
        self._give_up_restored()
        self.autosave.close()
