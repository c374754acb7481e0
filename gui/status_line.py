"""The status bar: what is going on, in words and numbers."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStatusBar, QWidget

from gui.live_label import LiveLabel
from gui.run import Progress
from gui.session import Session
from gui.theme import GRID
from gui.words import words
from model.regularization import penalty
from model.schedules import ConstantRate

COUNTED_OVER = 1.0  # s: frames per second are counted over this long


class StatusLine(QStatusBar):
    """State at the left; step, epoch, loss, speed and frames at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        self.state = LiveLabel(wrap_lines=1)
        self.state.setAccessibleName(self.tr("State of the run"))
        self.numbers = LiveLabel(align=Qt.AlignmentFlag.AlignRight)
        self.numbers.setAccessibleName(self.tr("Step, epoch, loss and speed"))
        self.addWidget(self.state, 1)
        self.addPermanentWidget(self.numbers)
        self.setContentsMargins(GRID, 0, GRID, 0)
        self._frames, self._counted_from, self._rate = 0, time.perf_counter(), 0.0
        session.playing_changed.connect(self._restart_counting)

    def count_frame(self) -> None:
        """Called at every tick of the frame clock."""
        self._frames += 1
        now = time.perf_counter()
        if now - self._counted_from >= COUNTED_OVER:
            self._rate = self._frames / (now - self._counted_from)
            self._frames, self._counted_from = 0, now

    def show_progress(self, progress: Progress) -> None:
        """Say where the run is."""
        self.state.setText(self._state(progress))
        snapshot = progress.snapshot
        parts = [
            self.tr("step {step:,}").format(step=snapshot.step),
            self.tr("epoch {epoch:,}").format(epoch=snapshot.epoch),
        ]
        if snapshot.batch_loss is not None:
            parts.append(self.tr("batch loss {loss:.4g}").format(loss=snapshot.batch_loss))
        parts += self._update(progress)
        if self._session.playing:
            parts.append(self.tr("{speed:,.0f} steps/s").format(speed=progress.steps_per_second))
            parts.append(self.tr("{rate:.0f} frames/s").format(rate=self._rate))
        self.numbers.setText("   ·   ".join(parts))

    def _update(self, progress: Progress) -> list[str]:
        """What of the update changes on its way: the learning rate in force, the penalty beside the loss."""
        experiment, snapshot, parts = progress.experiment, progress.snapshot, list[str]()
        if experiment is None:
            return parts
        if not isinstance(experiment.schedule, ConstantRate):
            parts.append(self.tr("rate {rate:.3g}").format(rate=experiment.learning_rate_at(snapshot.step)))
        if not experiment.regularization.is_free:
            price = penalty(experiment.regularization, progress.run.layout, snapshot.parameters)
            parts.append(self.tr("penalty {penalty:.3g}").format(penalty=price))
        return parts

    def _state(self, progress: Progress) -> str:
        if progress.diverged is not None:
            return words(progress.diverged.message)
        if self._session.playing:
            return self.tr("learning")
        if progress.snapshot.step < progress.furthest:
            sentence = self.tr("paused at step {step:,} of {furthest:,}: Run goes on; a change starts a branch")
            return sentence.format(step=progress.snapshot.step, furthest=progress.furthest)
        if progress.stop_reason is not None:
            return self.tr("paused: {reason}. Run goes on past it.").format(reason=words(progress.stop_reason))
        if progress.snapshot.step == 0:
            return self.tr("ready: press Run (Space)")
        return self.tr("paused")

    def _restart_counting(self) -> None:
        self._frames, self._counted_from = 0, time.perf_counter()
