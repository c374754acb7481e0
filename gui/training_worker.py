"""The training thread: commands in, the newest snapshot out.

It owns the timeline; nobody else touches it. A command is a function that runs between two steps. All that the window
may see goes one way, through a one-slot mailbox: while it plays a snapshot is left there whenever it is empty, so the
window sets the pace of the copies and training sets its own; when it stands still the last one is always left there.
Whatever the window takes out is therefore newer than what it took before.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QThread, Signal

from gui.mailbox import Mailbox
from gui.metronome import Metronome
from gui.replay_watch import Watch
from gui.run import Progress, Run, progress_of, run_of
from gui.speedometer import Speedometer
from gui.turns import Turns
from gui.words import words
from model.data_files.error import DataFileError
from model.timeline import Timeline

Command = Callable[[Timeline], object]

WITHOUT_END = 10**12  # steps


class TrainingWorker(QThread):
    """Runs one timeline at a time."""

    replaying = Signal(int, int)  # steps done and wanted of a long way to another step
    stands = Signal()  # it does not play (any more); where it stands lies in the mailbox
    failed = Signal(int, str)  # the number of the run that cannot go on, and why ("": it was reported elsewhere)

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self.mailbox: Mailbox[Progress] = Mailbox()
        self._turns = turns
        self._commands: deque[Callable[[], object]] = deque()
        self._asked = threading.Event()  # a command waits
        self._closing = False
        self._timeline: Timeline | None = None
        self._able = False  # the timeline stands where it should
        self._stayed = False
        self._number = 0  # of the run
        self._run: Run | None = None
        self._reason = ""  # why it cannot go on
        self._playing = False
        self._request = 0  # the last that was obeyed
        self._target = WITHOUT_END  # pause when this many steps are done
        self._metronome = Metronome()
        self._speedometer = Speedometer()

    # From the window's thread

    def open(self, number: int, make: Callable[[], Timeline]) -> None:
        """Another timeline: nothing of the one before is kept. `make` is called in the training thread."""
        self._post(lambda: self._open(number, make))

    def take(self, number: int, request: int, command: Command, make: Callable[[], Timeline]) -> None:
        """Show another branch or another experiment; what was shown before is stale. `make`: where there is nothing."""
        self._post(lambda: self._take(number, request, command, make))

    def change(self, request: int, command: Command) -> None:
        """Change the timeline between two steps."""
        self._post(lambda: self._change(request, command))

    def ask(self, question: Callable[[Timeline | None], object]) -> None:
        """Look at the timeline between two steps; None where there is none."""
        self._post(lambda: question(self._timeline))

    def go_to(self, request: int, step: int) -> None:
        """Show another step and stand still there. Of several in a row only the last is gone to."""
        self._post(partial(self._go, request, step))

    def stay(self) -> None:
        """Go no further back or on: stand at the step that was reached."""
        self._stayed = True

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
        self._post(lambda: self._metronome.set_pace(steps_per_second))

    def close(self) -> None:
        """End the thread and wait for it: at most one step or one evaluation."""
        self._closing = True
        self._asked.set()
        self.wait()

    def _post(self, command: Callable[[], object]) -> None:
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

    def _open(self, number: int, make: Callable[[], Timeline]) -> None:
        self._playing, self._number, self._stayed = False, number, False
        self._timeline = self._run = None  # frees the memory of the run before, too
        self._able = False
        self._timeline = make()
        self._able, self._speedometer = True, Speedometer()
        self._stand(self._timeline)

    def _take(self, number: int, request: int, command: Command, make: Callable[[], Timeline]) -> None:
        self._playing, self._number, self._request, self._stayed = False, number, request, False
        timeline, self._able = self._timeline, False  # again when the command was obeyed
        if timeline is None:
            timeline = self._timeline = make()
        else:
            command(timeline)
        self._able, self._speedometer = True, Speedometer()
        self._stand(timeline)

    def _change(self, request: int, command: Command) -> None:
        self._request, self._stayed = request, False
        timeline = self._living()
        if timeline is not None:
            command(timeline)
            if not self._playing:
                self._stand(timeline)

    def _go(self, request: int, step: int) -> None:
        self._request, self._playing, self._stayed = request, False, False
        timeline = self._living()
        if timeline is not None and not self._goes_on():
            looking = self.looking(timeline, step)
            timeline.go_to(step, lambda: looking() or self._goes_on())
            self._stand(timeline)

    def _goes_on(self) -> bool:
        """The next command leads to another step. Any other command means the step that was asked for before it."""
        return bool(self._commands) and getattr(self._commands[0], "func", None) == self._go

    def looking(self, timeline: Timeline, target: int | None = None) -> Callable[[], bool]:
        """To be asked before every step of a long way (to `target`): whether to leave it. Tells how far it has come."""
        watch = Watch(self.replaying, timeline, target)
        return lambda: watch.look() or self.gives_up()

    def gives_up(self) -> bool:
        """Whether a long way is to be left where it is."""
        return self._stayed or self._closing

    def _play(self, request: int, epoch: bool) -> None:
        self._request = request
        timeline = self._living()
        if timeline is None:
            return
        if epoch:
            # Asked again before the epoch is over: one more.
            asked_before = self._playing and self._target != WITHOUT_END
            start = self._target if asked_before else timeline.steps
            self._target = timeline.trainer.batches.end_of_epoch(start)
        else:
            self._target = WITHOUT_END
        self._playing = True
        self._metronome.start()
        self._speedometer.start(timeline.steps)

    def _step(self, request: int) -> None:
        self._request = request
        timeline = self._living()
        if timeline is not None:
            timeline.advance(1)
            self._stand(timeline)

    def _pause(self, request: int) -> None:
        self._request = request
        if self._playing and self._timeline is not None:
            self._stand(self._timeline)

    def _living(self) -> Timeline | None:
        """The timeline; where it cannot go on, say again why."""
        if self._timeline is None or not self._able:
            self.failed.emit(self._number, self._reason)
            return None
        return self._timeline

    def _train(self) -> None:
        """Steps until something is asked, the target is reached or the run is finished."""
        timeline = self._timeline
        assert timeline is not None
        trainer = timeline.trainer
        before = timeline.steps
        if self._metronome.pace is None:
            timeline.advance(self._target - timeline.steps, self._between_steps)
        else:
            if self._asked.wait(self._metronome.wait):
                return
            timeline.advance(1, self._between_steps)
            self._leave_snapshot(timeline)
            self._metronome.tick()
        # A stop condition that was met before stops nobody: only one that these steps have met.
        met = trainer.finished and (timeline.steps != before or trainer.diverged is not None)
        if met or timeline.steps >= self._target:
            self._stand(timeline)

    def _between_steps(self) -> bool:
        """Leave a snapshot if the last one was taken, let the window have its turn, see whether something is asked."""
        if self.mailbox.empty and self._timeline is not None:
            self._leave_snapshot(self._timeline)
        self._turns.wait_for_turn()
        return self._asked.is_set()

    def _stand(self, timeline: Timeline) -> None:
        """Play no longer, and say where the run stands."""
        self._playing = False
        self._leave_snapshot(timeline)
        self.stands.emit()

    def _leave_snapshot(self, timeline: Timeline) -> None:
        speed = self._speedometer.look(timeline.steps)
        self._run = run_of(timeline.trainer, self._number, self._run)
        self.mailbox.put(progress_of(timeline, self._run, speed, playing=self._playing, request=self._request))

    def _give_up(self, error: Exception) -> None:
        """The trainer may be half way through something: it goes on only after another run was begun."""
        self._playing, self._able, self._run = False, False, None
        if isinstance(error, MemoryError):
            self._reason = self.tr("There is not enough memory for this network: make it smaller.")
            self.failed.emit(self._number, self._reason)
        elif isinstance(error, DataFileError):
            self._reason = self.tr("The data cannot be read: {problem}.").format(problem=words(error.message))
            self.failed.emit(self._number, self._reason)
        else:
            self._reason = self.tr("This run was ended by an error. Start it again with Same weights (R).")
            sys.excepthook(type(error), error, error.__traceback__)
            self.failed.emit(self._number, "")
