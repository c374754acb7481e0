"""Where the run is, in words and numbers: kept up to date in the tool bar and the status bar."""

import time

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from gui.frame_clock import FrameClock
from gui.run_bar import RunBar
from gui.session import Session
from gui.status_line import StatusLine

INTERVAL = 0.1  # s: faster, nobody could read the numbers


class RunReport(QObject):
    """Writes to both bars: the counter at every frame, the rest as often as it can be read."""

    def __init__(
        self, session: Session, clock: FrameClock, bar: RunBar, status: StatusLine, run: QAction, parent: QObject
    ) -> None:
        """`run`: the action that plays, and pauses while it plays."""
        super().__init__(parent)
        self._session, self._bar, self._status, self._run = session, bar, status, run
        self._written, self._written_at = True, 0.0
        session.playing_changed.connect(self._show_playing)
        session.progressed.connect(self._progressed)
        clock.ticked.connect(self._ticked)

    def _progressed(self) -> None:
        self._written = False
        if not self._session.playing:
            self._write()

    def _ticked(self) -> None:
        self._status.count_frame()
        self._bar.show_position(self._session.progress)
        now = time.perf_counter()
        if now - self._written_at >= INTERVAL:
            self._written_at = now
            self._write()

    def _write(self) -> None:
        progress = self._session.progress
        if not self._written and progress is not None:
            self._written = True
            self._status.show_progress(progress)
            self._bar.show_position(progress)

    def _show_playing(self, playing: bool) -> None:
        self._run.setText(self.tr("Pause") if playing else self.tr("Run"))
        self._written = False
        self._write()
