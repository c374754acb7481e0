"""Work that was left behind, by a crash or a power cut, is offered back at the next start."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from gui.text_label import TextLabel
from gui.theme import GRID
from gui.unsaved_store import LeftBehind, Unsaved
from gui.words import words
from model.run_recipe import RunFileError

WIDTH = 60 * GRID
MOST_SEEN = 4  # entries without a scroll bar


class RecoveryDialog(QDialog):
    """Lists what was left behind. `restore` is called with what the person wants back; the rest stays or is deleted."""

    def __init__(
        self, found: list[LeftBehind], restore: Callable[[LeftBehind, Unsaved], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setWindowTitle(self.tr("Downhill"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._restore = restore
        self._read = {each.path: _read(each) for each in found}
        self._left = sorted(found, key=lambda each: not isinstance(self._read[each.path], Unsaved))  # what can be read
        self.entries = QListWidget()
        self.entries.setAccessibleName(self.tr("Work that was not saved"))
        self.entries.setToolTip(self.tr("What Downhill has kept of it: every step can be computed again from that."))
        self.entries.setSpacing(GRID // 2)
        self.entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entries.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for each in self._left:
            self.entries.addItem(QListWidgetItem("\n".join(self._lines(each))))
        self._build()
        self.entries.currentRowChanged.connect(self._show_choice)
        self.entries.itemDoubleClicked.connect(self._accept)
        self.entries.setCurrentRow(0)
        self.entries.setFocus()

    def _build(self) -> None:
        title = TextLabel(self.tr("Downhill ended before this work was saved"), "title")
        line = TextLabel(self.tr("Restored, it is trained again up to where it stood, to the last bit."))
        line.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.restore_button = self._button(buttons, self.tr("Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.restore_button.setToolTip(self.tr("Open the chosen work in the window (Enter)."))
        self.restore_button.setDefault(True)
        self.restore_button.clicked.connect(self._accept)
        self.discard_button = self._button(buttons, self.tr("Discard"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.discard_button.setToolTip(self.tr("Delete the chosen work for good."))
        self.discard_button.clicked.connect(self._discard)
        self.later_button = self._button(buttons, self.tr("Later"), QDialogButtonBox.ButtonRole.RejectRole)
        self.later_button.setToolTip(self.tr("Keep it all, and ask again at the next start (Esc)."))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for each in (title, line, self.entries, buttons):
            column.addWidget(each)
        rows = min(len(self._left), MOST_SEEN)
        height = self.entries.sizeHintForRow(0) + 2 * self.entries.spacing()
        self.entries.setFixedHeight(height * rows + 2 * self.entries.frameWidth())
        self.setFixedWidth(WIDTH)

    def _button(self, box: QDialogButtonBox, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        return box.addButton(text, role)

    def done(self, result: int) -> None:
        """However it is closed, what was neither restored nor discarded stays for the next start."""
        for each in self._left:
            each.leave()
        self._left = []
        super().done(result)

    def _accept(self) -> None:
        row = self.entries.currentRow()
        unsaved = self._read[self._left[row].path]
        if isinstance(unsaved, Unsaved):
            chosen = self._left.pop(row)
            self.accept()
            self._restore(chosen, unsaved)

    def _discard(self) -> None:
        row = self.entries.currentRow()
        self._left.pop(row).discard()
        self.entries.takeItem(row)
        if not self._left:
            self.reject()
        else:
            self._show_choice()

    def _show_choice(self) -> None:
        row = self.entries.currentRow()
        can_be_read = 0 <= row < len(self._left) and isinstance(self._read[self._left[row].path], Unsaved)
        self.restore_button.setEnabled(can_be_read)

    def _lines(self, each: LeftBehind) -> Iterator[str]:
        time = QDateTime.fromSecsSinceEpoch(int(each.written_at))
        when = QLocale().toString(time, QLocale.FormatType.ShortFormat)
        unsaved = self._read[each.path]
        if isinstance(unsaved, RunFileError):
            yield self.tr("Work of {when} that cannot be read").format(when=when)
            yield words(unsaved.message)
            yield str(each.path)
            return
        branches = unsaved.run.branches
        yield unsaved.title.name
        steps = self.tr("{steps:,} steps").format(steps=branches[unsaved.run.current].steps)
        others = self.tr("%n branches", "", len(branches)) if len(branches) > 1 else ""
        yield ", ".join(part for part in (steps, others, when) if part)
        where = unsaved.title.path
        yield self.tr("changes to {path}").format(path=Path(where)) if where else self.tr("was never saved")


def _read(each: LeftBehind) -> Unsaved | RunFileError:
    try:
        return each.read()
    except RunFileError as error:
        return error
