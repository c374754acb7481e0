"""Walking through one training step, phase by phase, while the run stands still.

The whole step is computed at once by the training thread, up to its update (`model.phases`); walking on and back is
only looking at more or less of it. The update, the last phase, is the real step of the run. Back from there is one step
back in the timeline, which restores the very same bits.
"""

import time

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gui.motion import motion
from gui.run import Progress
from gui.run_controls import RunControls
from model.phases import Phase, PhasedStep

SECONDS = 0.8  # that a phase takes while it is animated
REST = 0.4  # of that, until the next phase begins when they play by themselves
INTERVAL = 16  # ms


class PhaseWalk(QObject):
    """The step that is looked into, and the phase that was done last. `step` is None while nobody walks."""

    changed = Signal()  # another step, another phase, or none any more
    moved = Signal()  # the animation of the phase has gone on (see `share`)
    row_changed = Signal()
    playing_changed = Signal(bool)

    def __init__(self, controls: RunControls) -> None:
        super().__init__(controls)
        self._controls = controls
        self.step: PhasedStep | None = None
        self.at = 0
        self.row: int | None = 0  # the sample whose numbers are shown: its row in the batch; None: the whole batch
        self.seconds = SECONDS
        self.playing = False
        self._entered_at: Progress | None = None
        self._wanted: int | None = None  # the phase at which an answer that is on its way will be entered, -1: the last
        self._began = 0.0
        self._share = 1.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._tick)
        controls.progressed.connect(self._follow)
        controls.playing_changed.connect(lambda playing: self.leave() if playing else None)

    @property
    def phase(self) -> Phase | None:
        """The phase that was done last."""
        return self.step.phases[self.at] if self.step is not None else None

    @property
    def share(self) -> float:
        """How far the animation of the phase has come, from 0 to 1."""
        return self._share

    @property
    def samples(self) -> int:
        """How many samples the batch has."""
        return len(self.step.batch) if self.step is not None else 0

    # On and back

    def forward(self) -> None:
        """The next phase; the first one of the next step where there is none."""
        if self.step is None or self.at == self.step.last:
            self._enter(0)
        else:
            self.go(self.at + 1)

    def back(self) -> None:
        """The phase before; out of the first one, and from outside into the step that was done last."""
        if self.step is None:
            here = self._controls.here
            if here > 0:
                self._controls.go_to(here - 1)
                self._enter(-1)
        elif self.at == 0:
            self.leave()
        else:
            self.go(self.at - 1)

    def go(self, at: int) -> None:
        """To any phase of this step. Going past the update does the step; going back before it undoes it."""
        step = self.step
        if step is None:
            return
        at = min(max(at, 0), step.last)
        if at == self.at:
            return
        done_before, self.at = self.at == step.last, at
        if at == step.last:
            self._controls.step()
        elif done_before:
            self._controls.go_to(step.step)
        self._animate()
        self.changed.emit()

    def leave(self) -> None:
        """Back to whole steps."""
        self._wanted = None
        self.pause()
        if self.step is not None:
            self.step = None
            self._stop()
            self.changed.emit()

    # By itself

    def play(self) -> None:
        """One phase after the other, step after step, until paused."""
        if not self.playing:
            self.playing = True
            self.playing_changed.emit(True)
            self.forward()

    def pause(self) -> None:
        if self.playing:
            self.playing = False
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play or pause, whichever it does not do now."""
        self.pause() if self.playing else self.play()

    # What is shown of it

    def show_row(self, row: int | None) -> None:
        """The numbers of another sample of the batch, or of the whole batch."""
        if row != self.row:
            self.row = row
            self.row_changed.emit()

    # Behind the scenes

    def _enter(self, at: int) -> None:
        """Look into the step that comes next, standing at phase `at`; -1: the last before its update."""
        self._controls.pause()
        self._wanted = at
        self._controls.ask_step(self._entered)

    def _entered(self, step: PhasedStep | None) -> None:
        progress, at, self._wanted = self._controls.progress, self._wanted, None
        if step is None or progress is None or at is None or progress.snapshot.step != step.step:
            return
        self.step, self.at = step, at if at >= 0 else step.last - 1
        self._entered_at = progress
        if self.row is not None and self.row >= len(step.batch):
            self.row = 0
            self.row_changed.emit()
        self._animate()
        self.changed.emit()

    def _follow(self, progress: Progress) -> None:
        """The run has gone on, or back, or is another one: where does that leave the walk?"""
        step = self.step
        if step is None or not self._controls.is_answered(progress):
            return
        now = progress.snapshot.step
        if now not in (step.step, step.step + 1) or not self._has_same_batches(progress):
            self.leave()
        elif now == step.step + 1 and self.at < step.last:  # the whole step was asked for
            self._arrive(step.last)
        elif now == step.step and self.at == step.last and progress.diverged is None:
            self._arrive(step.last - 1)
        if now == step.step and not np.array_equal(progress.snapshot.parameters, step.parameters):
            self.leave()  # a weight was set by hand: the numbers are others now

    def _has_same_batches(self, progress: Progress) -> bool:
        before = self._entered_at
        if before is None or before.experiment is None or progress.experiment is None:
            return False
        old, new = before.experiment, progress.experiment
        return before.run.number == progress.run.number and (old.batches, old.data) == (new.batches, new.data)

    def _arrive(self, at: int) -> None:
        self.at = at
        self._animate()
        self.changed.emit()

    def _animate(self) -> None:
        self._began = time.perf_counter()
        self._share = 1.0 if motion().reduced else 0.0
        if self.playing or self._share < 1:
            self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._share = 1.0

    def _tick(self) -> None:
        passed = (time.perf_counter() - self._began) / self.seconds
        if self._share < 1:
            self._share = min(1.0, passed)
            self.moved.emit()
        elif not self.playing:
            self._timer.stop()
        elif passed >= 1 + REST and self._wanted is None:
            self.forward()
