"""Walking through one training step, phase by phase, while the run stands still.

The whole step is computed at once by the training thread, up to its update (`model.phases`); walking on and back is
only looking at more or less of it. The update, the last phase, is the real step of the run. Back from there is one step
back in the timeline, which restores the very same bits.
"""

import time
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gui.motion import motion
from gui.run import Progress
from gui.run_controls import RunControls
from model.experiment import Experiment
from model.phases import Phase, PhasedStep

SPEEDS = (4.0, 2.0, 1.4, 0.8, 0.5, 0.25, 0.12)  # s that a phase takes while it is animated
USUAL = 3  # of them
REST = 0.4  # of that, until the next phase begins when they play by themselves
INTERVAL = 16  # ms


class PhaseWalk(QObject):
    """The step that is looked into, and the phase that was done last. `step` is None while nobody walks."""

    changed = Signal()  # another step, another phase, or none any more
    moved = Signal()  # the animation of the phase has gone on (see `share`)
    row_changed = Signal()
    playing_changed = Signal(bool)
    speed_changed = Signal(int)  # a place in SPEEDS

    def __init__(self, controls: RunControls) -> None:
        super().__init__(controls)
        self._controls = controls
        self.step: PhasedStep | None = None
        self.experiment: Experiment | None = None  # in force when the step was entered
        self.at = 0
        self.row: int | None = 0  # the sample whose numbers are shown: its row in the batch; None: the whole batch
        self.speed = USUAL
        self.seconds = SPEEDS[USUAL]
        self.playing = False
        self._entered_at: Progress | None = None
        self._question = 0  # counts them: only the answer to the last one is heard
        self._asking = False  # it has not come yet
        self._began = 0.0
        self._share = 1.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._tick)
        controls.progressed.connect(self._follow)
        controls.playing_changed.connect(lambda playing: self.leave() if playing else None)
        controls.worker.failed.connect(self.leave)

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
        """The next phase; the first one of the next step where there is none. Nothing while a step is on its way."""
        if self._asking:
            return
        if self.step is None or self.at == self.step.last:
            self._enter(0)
        else:
            self.go(self.at + 1)

    def back(self) -> None:
        """The phase before; out of the first one, and from outside into the step that was done last."""
        if self._asking:
            if self.step is not None:  # the next one was asked for: stay in this one
                self._forget_question()
        elif self.step is None:
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
        self._forget_question()
        done_before, self.at = self.at == step.last, at
        if at == step.last:
            self._controls.step()
        elif done_before:
            self._controls.go_to(step.step)
        self._animate()
        self.changed.emit()

    def leave(self) -> None:
        """Back to whole steps."""
        self._forget_question()
        self.pause()
        if self.step is not None:
            self.step = self.experiment = None
            self._timer.stop()
            self._share = 1.0
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

    def set_speed(self, place: int) -> None:
        """How fast the phases follow each other: a place in SPEEDS; beyond its ends nothing changes."""
        if 0 <= place < len(SPEEDS) and place != self.speed:
            self.speed, self.seconds = place, SPEEDS[place]
            self.speed_changed.emit(place)

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
        progress = self._controls.progress
        if progress is not None and progress.diverged is not None:
            self._controls.go_to(progress.snapshot.step)  # a diverged run goes no further; one that went back does
        self._question += 1
        self._asking = True
        self._controls.ask_step(partial(self._entered, self._question, at))

    def _forget_question(self) -> None:
        self._question += 1
        self._asking = False

    def _entered(self, question: int, at: int, step: PhasedStep | None) -> None:
        if question != self._question:
            return
        self._asking = False
        progress = self._controls.progress
        if step is None or progress is None or not self._is_of(step, progress):
            self.pause()  # there is no run, or it is another one by now
            return
        self.step, self.at = step, at if at >= 0 else step.last - 1
        self.experiment, self._entered_at = progress.experiment or progress.run.experiment, progress
        if self.row is not None and self.row >= len(step.batch):
            self.row = 0
            self.row_changed.emit()
        self._animate()
        self.changed.emit()

    def _is_of(self, step: PhasedStep, progress: Progress) -> bool:
        """Whether `step` is the one that comes after `progress`, and nothing was asked for since."""
        snapshot = progress.snapshot
        same = snapshot.step == step.step and np.array_equal(snapshot.parameters, step.parameters, equal_nan=True)
        return same and self._controls.is_answered(progress)

    def _follow(self, progress: Progress) -> None:
        """The run has gone on, or back, or is another one: where does that leave the walk?"""
        step = self.step
        if step is None or not self._controls.is_answered(progress):
            return
        now = progress.snapshot.step
        if progress.diverged is not None or not self._has_same_batches(progress):
            self.leave()
        elif now == step.step + 1:
            if self.at < step.last:  # the whole step was asked for
                self._arrive(step.last)
        elif now != step.step or not np.array_equal(progress.snapshot.parameters, step.parameters):
            self.leave()  # another step, or a weight was set by hand: the numbers are others now
        elif self.at == step.last:
            self._arrive(step.last - 1)

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

    def _tick(self) -> None:
        passed = (time.perf_counter() - self._began) / self.seconds
        if self._share < 1:
            self._share = min(1.0, passed)
            self.moved.emit()
        elif not self.playing:
            self._timer.stop()
        elif passed >= 1 + REST:
            self.forward()
