"""What every panel that shows the run promises."""

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.export import Source, Table
from gui.run import Progress, Run
from gui.session import Session

READABLE = 0.25  # s: numbers that change faster cannot be read

Export = tuple[str, Source, Callable[[], Table] | None]


class Panel(QWidget):
    """A view of the run. It draws what it is handed and proposes changes to `session`; it holds no network."""

    became_visible = Signal()

    asks_for_pictures = False  # `draw` only asks for a picture; what costs is painting it when it comes
    per_second = 16.0  # how often its kind of picture needs a new one while the network learns

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._written_at = 0.0

    def begin(self, run: Run) -> None:
        """A new run: everything drawn so far is stale. Called for hidden panels as well; must be cheap for them."""

    def draw(self, progress: Progress) -> None:
        """Show `progress`. Called at most `per_second` times a second, and only while the panel can be seen."""

    def exports(self) -> list[Export]:
        """What can be exported of this panel: a name, what is drawn, and the table behind it where there is one."""
        return []

    def follows(self) -> bool:
        """Whether it shows something of the run's progress now."""
        return True

    def may_write(self) -> bool:
        """Whether numbers in words are due: always at rest, a few times a second while they change."""
        now = time.perf_counter()
        if self.session.playing and now - self._written_at < READABLE:
            return False
        self._written_at = now
        return True

    def is_seen(self) -> bool:
        """Some part of the panel is on the screen (not closed, not behind another tab)."""
        if not self.isVisible():
            return False
        # Behind another tab a dock is visible, but somewhere outside of the window.
        window = self.window()
        return window.rect().intersects(QRect(self.mapTo(window, QPoint()), self.size()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.became_visible.emit()
