"""The training thread: commands in, the newest snapshot out.

It owns the trainer; nobody else touches it. A command is a function of the trainer that runs between two steps. What
the window may see is copied into a one-slot mailbox whenever that is empty, so the window sets the pace of the copies
and training sets its own.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QThread, Signal

from gui.mailbox import Mailbox
from gui.run import Progress, Run, run_of
from gui.turns import Turns
from model.experiment import Experiment
from model.trainer import Trainer

WITHOUT_END = 10**9  # steps
MEASURED_OVER = 0.5  # s: the speed in the status bar is the mean over this long


class TrainingWorker(QThread):
    """Runs one trainer at a time."""

    began = Signal(object)  # Run: at step 0
    moved = Signal(object)  # Progress: a new run, or a change by hand while it did not play
    settled = Signal(object)  # Progress: it plays no longer, and this is where it stands
    failed = Signal(int, str)  # the number of the run that could not begin, and why

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self.mailbox: Mailbox[Progress] = Mailbox()
        self._turns = turns
        self._commands: deque[Callable[[], None]] = deque()
        self._asked = threading.Event()  # a command waits
        self._closing = False
        self._trainer: Trainer | None = None
        self._run: Run | None = None
        self._playing = False
        self._target = WITHOUT_END  # pause when this many steps are done
        self._pace: float | None = None  # steps a second; None: as fast as possible
        self._speed, self._measured_at, self._measured_step = 0.0, 0.0, 0

    # From the window's thread

    def begin(self, number: int, experiment: Experiment) -> None:
        """Start a new run; `began` answers."""
        self._post(lambda: self._begin(number, experiment))

    def start_again(self, number: int) -> None:
        """The same run from step 0, with the same initial weights; `began` answers."""
        self._post(lambda: self._start_again(number))

    def play(self, steps: int | None = None, *, epoch: bool = False) -> None:
        """Go on until `pause`, for `steps` steps, or to the end of the epoch."""
        self._post(lambda: self._play(steps, epoch))

    def pause(self) -> None:
        """Stop before the next step; `settled` answers."""
        self._post(self._pause)

    def set_pace(self, steps_per_second: float | None) -> None:
        """How many steps a second; None: as fast as possible."""
        self._post(lambda: setattr(self, "_pace", steps_per_second))

    def change(self, command: Callable[[Trainer], None]) -> None:
        """Change the trainer between two steps."""
        self._post(lambda: self._change(command))

    def close(self) -> None:
        """End the thread and wait for it: at most one step or one evaluation."""
        self._closing = True
        self._asked.set()
        self.wait()

    def _post(self, command: Callable[[], None]) -> None:
        self._commands.append(command)
        self._asked.set()

    # In the training thread

    def run(self) -> None:
        """The thread's life: obey, train, or sleep until asked."""
        while not self._closing:
            self._asked.clear()
            while self._commands and not self._closing:
                self._commands.popleft()()
            if self._closing:
                break
            if self._playing:
                self._train()
            else:
                self._asked.wait()

    def _begin(self, number: int, experiment: Experiment) -> None:
        self._playing = False
        try:
            trainer = Trainer(experiment)
        except MemoryError:
            self.failed.emit(number, self.tr("there is not enough memory for this network; make it smaller"))
            return
        self._trainer = trainer
        self._announce(number, trainer)

    def _start_again(self, number: int) -> None:
        self._playing = False
        if self._trainer is not None:
            self._trainer.start_again()
            self._announce(number, self._trainer)

    def _announce(self, number: int, trainer: Trainer) -> None:
        self._run = run_of(trainer, number)
        self._speed = 0.0
        self.mailbox.take()  # whatever is in it belongs to the run before
        self.began.emit(self._run)
        self.moved.emit(self._progress(trainer))

    def _play(self, steps: int | None, epoch: bool) -> None:
        trainer = self._trainer
        if trainer is None:
            return
        if epoch:
            steps = trainer.batches.per_epoch - trainer.steps % trainer.batches.per_epoch
        self._target = trainer.steps + steps if steps is not None else WITHOUT_END
        self._playing = True
        self._measured_at, self._measured_step = time.perf_counter(), trainer.steps

    def _pause(self) -> None:
        if self._playing and self._trainer is not None:
            self._settle(self._trainer)

    def _change(self, command: Callable[[Trainer], None]) -> None:
        if self._trainer is not None:
            command(self._trainer)
            if not self._playing:
                self.moved.emit(self._progress(self._trainer))

    def _train(self) -> None:
        """Steps until something is asked, the target is reached or the run is finished."""
        trainer = self._trainer
        assert trainer is not None
        if self._pace is None:
            may_go_on = trainer.advance(self._target - trainer.steps, self._between_steps)
        else:
            started = time.perf_counter()
            may_go_on = trainer.advance(1, self._between_steps)
            self._leave_snapshot()
            self._asked.wait(max(0.0, started + 1 / self._pace - time.perf_counter()))
        if not may_go_on or trainer.steps >= self._target:
            self._settle(trainer)

    def _between_steps(self) -> bool:
        """Leave a snapshot if the last one was taken, let the window have its turn, see whether something is asked."""
        if self.mailbox.empty:
            self._leave_snapshot()
        self._turns.wait_for_turn()
        return self._asked.is_set()

    def _leave_snapshot(self) -> None:
        assert self._trainer is not None
        self._measure(self._trainer)
        self.mailbox.put(self._progress(self._trainer))

    def _settle(self, trainer: Trainer) -> None:
        self._playing = False
        self.mailbox.take()
        self.settled.emit(self._progress(trainer))

    def _progress(self, trainer: Trainer) -> Progress:
        assert self._run is not None
        return Progress(self._run, trainer.snapshot(), self._speed, trainer.finished, trainer.diverged)

    def _measure(self, trainer: Trainer) -> None:
        now = time.perf_counter()
        if now - self._measured_at >= MEASURED_OVER:
            self._speed = (trainer.steps - self._measured_step) / (now - self._measured_at)
            self._measured_at, self._measured_step = now, trainer.steps
