"""The timeline: one row that shows at which step the run is, and takes a person to any other."""

import math
import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from gui.live_label import LiveLabel
from gui.replay_bar import ReplayBar
from gui.run import Progress
from gui.session import Session
from gui.theme import GRID, Theme, current_theme, font, theme_switch
from gui.timeline_marks import Mark, marks_of
from gui.timeline_track import TimelineTrack
from model.branch import BranchView

INTERVAL = 0.1  # s between two numbers while the network learns: faster, nobody could read them


class Wish:
    """The step that was asked for last, until the training thread has obeyed.

    A newer wish overtakes an older one, and the thread then stands somewhere on the way for a moment: that is no answer
    yet. The session counts its requests, so the answer to a wish knows of at least one more request than what was heard
    before the wish was made.
    """

    def __init__(self) -> None:
        self.step: int | None = None
        self._answer = 0

    def make(self, step: int, heard: int) -> None:
        """`heard`: the number of requests that the newest progress knows of."""
        self.step = step
        self._answer = max(self._answer, heard) + 1

    def hear(self, request: int) -> None:
        """A progress came that knows of so many requests."""
        if request >= self._answer:
            self.step = None


class TimelineBar(QWidget):
    """Line and numbers. Where a long way is done again, its progress stands in place of the numbers."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._progress: Progress | None = None
        self._wish = Wish()
        self._known: tuple[tuple[BranchView, ...], int] | None = None  # all branches, and whose marks are shown
        self._marks: tuple[Mark, ...] = ()
        self._written_at = 0.0
        self.track = TimelineTrack()
        self.numbers = LiveLabel(small=True, align=Qt.AlignmentFlag.AlignRight)
        self.numbers.setAccessibleName(self.tr("Step of the run"))
        tip = self.tr("The step that is shown, and the last one of this run. Run goes on from the one that is shown.")
        self.numbers.setToolTip(f"<p>{tip}</p>")
        self.replay = ReplayBar()
        self._right = QStackedWidget()
        self._right.addWidget(self.numbers)
        self._right.addWidget(self.replay)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID // 2, 0, GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self.track, 1)
        row.addWidget(self._right)
        self.track.wanted.connect(self._go_to)
        self.track.walked.connect(self._walk)
        self.replay.cancelled.connect(session.worker.stay)
        session.replaying.connect(self._show_replay)
        session.worker.failed.connect(self._give_up)
        theme_switch().changed.connect(self._restyle)
        self._restyle(current_theme())
        self._show()

    @property
    def step(self) -> int:
        """The step that is shown, or the one that is on its way to be shown."""
        if self._wish.step is not None:
            return self._wish.step
        return self._progress.snapshot.step if self._progress is not None else 0

    def show_progress(self, progress: Progress) -> None:
        """Where the run is."""
        self._progress = progress
        self._wish.hear(progress.request)
        if self._wish.step is None:
            self._show_right(self.numbers)
        known = progress.branches, progress.branch
        if known != self._known:
            self._known, self._marks = known, marks_of(*known)
        self._show()

    def _show(self) -> None:
        furthest = self._progress.furthest if self._progress is not None else 0
        self.track.show_run(self.step, furthest, self._marks)
        now = time.perf_counter()
        if self._session.playing and now - self._written_at < INTERVAL:
            return
        self._written_at = now
        self.numbers.setText(self._words(self.step, furthest) if furthest else self.tr("nothing trained yet"))

    def _words(self, step: int, furthest: int) -> str:
        return self.tr("step {step:,} of {furthest:,}").format(step=step, furthest=furthest)

    # Where a person wants to go

    def _go_to(self, step: int) -> None:
        progress = self._session.progress
        if progress is None:
            return
        step = min(max(step, 0), progress.furthest)
        if self._session.playing or step != self._where(progress):
            self._wish.make(step, progress.request)
            self._session.go_to(step)
            self._show()

    def _walk(self, direction: int, epochs: bool) -> None:
        progress = self._session.progress
        if progress is None:
            return
        step, length = self._where(progress), 1
        if epochs:
            per_epoch = progress.run.steps_per_epoch
            into = (step - progress.snapshot.step + progress.into_epoch) % per_epoch
            length = per_epoch - into if direction > 0 else into or per_epoch
        self._go_to(step + direction * length)

    def _where(self, progress: Progress) -> int:
        """The step from which the next one counts: `progress` may be newer than what is painted."""
        return self._wish.step if self._wish.step is not None else progress.snapshot.step

    # A long way

    def _show_replay(self, done: int, wanted: int) -> None:
        self.replay.show_done(done, wanted)
        self._show_right(self.replay)

    def _give_up(self) -> None:
        """The run has ended with an error: nothing that was asked for will come."""
        self._wish.step = None
        self._show_right(self.numbers)
        self._show()

    def _show_right(self, page: QWidget) -> None:
        if self._right.currentWidget() is not page:
            self._right.setCurrentWidget(page)
            self.replay.set_active(page is self.replay)

    def _restyle(self, theme: Theme) -> None:
        line = QFontMetrics(font(theme.small)).lineSpacing()
        self.setFixedHeight(GRID * math.ceil((line + GRID) / GRID))
        self.numbers.keep_room_for(self._words(99_999, 99_999))
