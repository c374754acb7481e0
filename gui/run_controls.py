"""What a person asks of the run: play, pause, step, go to another step."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.garbage import Garbage
from gui.run import Progress, Run
from gui.training_worker import TrainingWorker
from gui.turns import Turns
from model.next_step import NextStep, next_step
from model.phases import PhasedStep
from model.trainer import Trainer


class RunControls(QObject):
    """Asks the training thread. Requests are numbered, so that an answer to an earlier one is known to be stale."""

    playing_changed = Signal(bool)
    progressed = Signal(object)  # Progress: at most once a frame
    _asked = Signal(object, object)  # a question's answer, for whoever asked
    replaying = Signal(int, int)  # steps done and wanted of a long way to another step
    closing = Signal()  # the window goes: whoever works for it in a thread of his own ends

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run: Run | None = None
        self.progress: Progress | None = None
        self.playing = False
        self.garbage = Garbage(self)  # before there is another thread
        self.turns = Turns(self)
        self.worker = TrainingWorker(self.turns)
        self.worker.replaying.connect(self.replaying)
        self._asked.connect(lambda answer, heard: heard(answer))
        self._request = 0  # the last one
        self._wish = 0, 0  # the step that was last asked for, and the request that did

    def play(self) -> None:
        """Train until paused, or until a stop condition is met."""
        if not self.playing:
            self._set_playing(True)
            self.worker.play(self._next_request())

    def pause(self) -> None:
        """Stand still before the next step."""
        if self.playing:
            self._set_playing(False)
            self.worker.pause(self._next_request())

    def toggle(self) -> None:
        """Play or pause, whichever it does not do now."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step(self) -> None:
        """One mini-batch, then stand still."""
        self._set_playing(False)
        self.worker.step(self._next_request())

    def step_epoch(self) -> None:
        """To the end of the epoch, then stand still."""
        self._set_playing(True)
        self.worker.play(self._next_request(), epoch=True)

    def go_to(self, step: int) -> None:
        """Show another step of this branch, exactly as it was, and stand still."""
        self._set_playing(False)
        furthest = self.progress.furthest if self.progress is not None else 0
        self._wish = min(max(step, 0), furthest), self._next_request()
        self.worker.go_to(self._wish[1], self._wish[0])

    @property
    def here(self) -> int:
        """The step that is shown, or the one that was asked for and is on its way."""
        step, request = self._wish
        if self.progress is None:
            return 0
        return step if request == self._request > self.progress.request else self.progress.snapshot.step

    def step_back(self) -> None:
        """One mini-batch back."""
        self.go_to(self.here - 1)

    def epoch_back(self) -> None:
        """To where the epoch began; from there, to where the one before began."""
        if self.progress is not None and self.run is not None:
            step, per_epoch = self.here, self.run.steps_per_epoch
            into = (step - self.progress.snapshot.step + self.progress.into_epoch) % per_epoch
            self.go_to(step - (into or per_epoch))

    def is_answered(self, progress: Progress) -> bool:
        """Whether `progress` knows of everything that was asked."""
        return progress.request == self._request

    def ask_step(self, heard: Callable[[PhasedStep | None], None]) -> None:
        """Call `heard` with the step that comes next, taken apart; None where there is no run."""
        self._ask(Trainer.look_inside, heard)

    def ask_next(self, heard: Callable[[NextStep | None], None]) -> None:
        """Call `heard` with what the next step works on; None where there is no run."""
        self._ask(next_step, heard)

    def _ask(self, question: Callable[[Trainer], Any], heard: Callable[[Any], None]) -> None:
        self.worker.ask(
            lambda timeline: self._asked.emit(question(timeline.trainer) if timeline is not None else None, heard)
        )

    def set_pace(self, steps_per_second: float | None) -> None:
        """Steps a second; None: as fast as possible."""
        self.worker.set_pace(steps_per_second)

    def close(self) -> None:
        """End the training thread; within one step."""
        self._set_playing(False)
        self.turns.end()
        self.closing.emit()
        self.worker.close()
        self.garbage.end()

    def _next_request(self) -> int:
        self._request += 1
        return self._request

    def _set_playing(self, playing: bool) -> None:
        if playing != self.playing:
            self.playing = playing
            self.playing_changed.emit(playing)
