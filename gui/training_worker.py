"""The training thread: commands in, the newest snapshot out.

It owns the trainer; nobody else touches it. A command is a function that runs between two steps. All that the window
may see goes one way, through a one-slot mailbox: while it plays a snapshot is left there whenever it is empty, so the
window sets the pace of the copies and training sets its own; when it stands still the last one is always left there.
Whatever the window takes out is therefore newer than what it took before.
"""

import sys
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

    stands = Signal()  # it does not play (any more); where it stands lies in the mailbox
    failed = Signal(int, str)  # the number of the run that cannot go on, and why ("": it was reported elsewhere)

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self.mailbox: Mailbox[Progress] = Mailbox()
        self._turns = turns
        self._commands: deque[Callable[[], None]] = deque()
        self._asked = threading.Event()  # a command waits
        self._closing = False
        self._trainer: Trainer | None = None
        self._number = 0  # of the run
        self._run: Run | None = None
        self._reason = ""  # why there is no trainer
        self._playing = False
        self._request = 0  # the last that was obeyed
        self._target = WITHOUT_END  # pause when this many steps are done
        self._pace: float | None = None  # steps a second; None: as fast as possible
        self._due = 0.0  # when the next step may be made at this pace
        self._speed, self._measured_at, self._measured_step = 0.0, 0.0, 0

    # From the window's thread

    def begin(self, number: int, experiment: Experiment) -> None:
        """Start a new run."""
        self._post(lambda: self._begin(number, experiment))

    def start_again(self, number: int, experiment: Experiment) -> None:
        """The same run from step 0, with the same initial weights."""
        self._post(lambda: self._start_again(number, experiment))

    def play(self, request: int, *, epoch: bool = False) -> None:
        """Go on until `pause`, or to the end of the epoch."""
        self._post(lambda: self._play(request, epoch))

    def step(self, request: int) -> None:
        """One step at once, whatever the pace, then stand still."""
        self._post(lambda: self._step(request))

    def pause(self, request: int) -> None:
        """Stand still before the next step."""
        self._post(lambda: self._pause(request))

    def set_pace(self, steps_per_second: float | None) -> None:
        """How many steps a second; None: as fast as possible."""
        self._post(lambda: self._set_pace(steps_per_second))

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
        """The thread's life: obey, train, or sleep until asked. An error ends the run, not the thread."""
        while not self._closing:
            try:
                self._asked.clear()  # before looking: what is asked from now on is seen in the next round
                while self._commands and not self._closing:
                    self._commands.popleft()()
                if self._playing and not self._closing:
                    self._train()
                elif not self._closing:
                    self._asked.wait()
            except Exception as error:
                self._give_up(error)

    def _begin(self, number: int, experiment: Experiment) -> None:
        self._playing, self._number = False, number
        self._trainer = self._run = None  # frees the memory of the run before, too
        self._trainer = Trainer(experiment)
        self._announce(self._trainer)

    def _start_again(self, number: int, experiment: Experiment) -> None:
        if self._trainer is None:
            self._begin(number, experiment)
        else:
            self._playing, self._number = False, number
            self._trainer.start_again()
            self._announce(self._trainer)

    def _announce(self, trainer: Trainer) -> None:
        self._run = run_of(trainer, self._number)
        self._speed = 0.0
        self._stand(trainer)

    def _play(self, request: int, epoch: bool) -> None:
        self._request = request
        trainer = self._able()
        if trainer is None:
            return
        if epoch:
            # Asked again before the epoch is over: one more.
            asked_before = self._playing and self._target != WITHOUT_END
            start, per_epoch = self._target if asked_before else trainer.steps, trainer.batches.per_epoch
            self._target = start + per_epoch - start % per_epoch
        else:
            self._target = WITHOUT_END
        self._playing = True
        self._due = self._measured_at = time.perf_counter()
        self._measured_step = trainer.steps

    def _step(self, request: int) -> None:
        self._request = request
        trainer = self._able()
        if trainer is not None:
            trainer.advance(1)
            self._stand(trainer)

    def _pause(self, request: int) -> None:
        self._request = request
        if self._playing and self._trainer is not None:
            self._stand(self._trainer)

    def _set_pace(self, steps_per_second: float | None) -> None:
        self._pace = steps_per_second
        if steps_per_second is not None:
            self._due = min(self._due, time.perf_counter() + 1 / steps_per_second)

    def _change(self, command: Callable[[Trainer], None]) -> None:
        if self._trainer is not None:
            command(self._trainer)
            if not self._playing:
                self._stand(self._trainer)

    def _able(self) -> Trainer | None:
        """The trainer; where there is none, say again why."""
        if self._trainer is None:
            self.failed.emit(self._number, self._reason)
        return self._trainer

    def _train(self) -> None:
        """Steps until something is asked, the target is reached or the run is finished."""
        trainer = self._trainer
        assert trainer is not None
        before = trainer.steps
        if self._pace is None:
            trainer.advance(self._target - trainer.steps, self._between_steps)
        else:
            if self._asked.wait(self._due - time.perf_counter()):
                return
            trainer.advance(1, self._between_steps)
            self._leave_snapshot(trainer)
            self._due = max(self._due + 1 / self._pace, time.perf_counter())
        # A stop condition that was met before stops nobody: only one that these steps have met.
        met = trainer.finished and (trainer.steps != before or trainer.diverged is not None)
        if met or trainer.steps >= self._target:
            self._stand(trainer)

    def _between_steps(self) -> bool:
        """Leave a snapshot if the last one was taken, let the window have its turn, see whether something is asked."""
        if self.mailbox.empty and self._trainer is not None:
            self._leave_snapshot(self._trainer)
        self._turns.wait_for_turn()
        return self._asked.is_set()

    def _stand(self, trainer: Trainer) -> None:
        """Play no longer, and say where the run stands."""
        self._playing = False
        self._leave_snapshot(trainer)
        self.stands.emit()

    def _leave_snapshot(self, trainer: Trainer) -> None:
        assert self._run is not None
        self._measure(trainer)
        self.mailbox.put(
            Progress(
                run=self._run,
                snapshot=trainer.snapshot(),
                steps_per_second=self._speed,
                finished=trainer.finished,
                diverged=trainer.diverged,
                playing=self._playing,
                request=self._request,
            )
        )

    def _measure(self, trainer: Trainer) -> None:
        now = time.perf_counter()
        if now - self._measured_at >= MEASURED_OVER:
            self._speed = (trainer.steps - self._measured_step) / (now - self._measured_at)
            self._measured_at, self._measured_step = now, trainer.steps

    def _give_up(self, error: Exception) -> None:
        """The trainer may be half way through something: let it go."""
        self._playing, self._trainer, self._run = False, None, None
        if isinstance(error, MemoryError):
            self._reason = self.tr("There is not enough memory for this network: make it smaller.")
            self.failed.emit(self._number, self._reason)
        else:
            self._reason = self.tr("This run was ended by an error. Start it again with Same weights (R).")
            sys.excepthook(type(error), error, error.__traceback__)
            self.failed.emit(self._number, "")
