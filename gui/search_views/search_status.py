"""The line under the pages of the search."""

from PySide6.QtWidgets import QWidget

from gui.live_label import LiveLabel
from gui.search_views.progress import progress, time_left
from gui.search_views.search_record import SearchRecord
from gui.theme import current_theme, theme_switch


class SearchStatus(LiveLabel):
    """How far the search has come, or what is to be said in place of that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, small=True, wrap_lines=2)
        self._said, self._while_busy = "", False  # what stands in place of the progress
        self.setAccessibleName(self.tr("How far the search has come"))
        theme_switch().changed.connect(self._recolor)
        self._recolor()

    def say(self, sentence: str, *, while_busy: bool = False) -> None:
        """In place of the progress, from the next record on; `while_busy`: until the processes have ended."""
        self._said, self._while_busy = sentence, while_busy

    def end_busy(self) -> None:
        """The processes have ended."""
        if self._while_busy:
            self.say("")

    def show_record(self, record: SearchRecord, *, going_on: bool) -> None:
        """`going_on`: trials are run, and the time that is left is told."""
        left = time_left(record.news.seconds_left) if going_on else ""
        self.setText(self._said or progress(record.found, record.figures, left))
        self.setToolTip(f"<p>{self.text()}</p>")

    def _recolor(self) -> None:
        self.set_color(current_theme().text)
