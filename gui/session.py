"""The session: the one owner of the truth.

Panels hold no network and change nothing. They draw what the session hands them, and propose: another experiment, other
hyperparameters, a weight. The session checks, remembers how to undo it, and tells the training thread. A change that a
running network can live with (optimizer, evaluation, stop) is made between two steps; any other starts a new run at
step 0.
"""

from typing import Any

from msgspec import structs
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from gui.edits import ExperimentEdit, ParameterEdit
from gui.run import Progress, Run
from gui.selection import Selection
from gui.training_worker import TrainingWorker
from gui.turns import Turns
from gui.words import words
from model.experiment import Experiment
from model.experiment_file import ExperimentError, checked
from model.trainer import Trainer

LIVE_FIELDS = ("optimizer", "evaluation", "stop")  # what a run takes over without starting again
LARGEST_SEED = 2**31 - 1


class Session(QObject):
    """The current experiment, its undo stack, the run and the thread that trains it."""

    experiment_changed = Signal(object)  # Experiment: after every accepted change
    run_began = Signal(object)  # Run: everything drawn of the run before is stale
    progressed = Signal(object)  # Progress: at most once a frame
    playing_changed = Signal(bool)
    refused = Signal(str)  # a sentence: a proposal that cannot be, and why

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.undo_stack = QUndoStack(self)
        self.selection = Selection(self)
        self.run: Run | None = None
        self.progress: Progress | None = None
        self.playing = False
        self.turns = Turns(self)
        self.worker = TrainingWorker(self.turns)
        self.worker.stands.connect(self.pull)
        self.worker.failed.connect(self._failed)
        self._number = 0  # of the run that was asked for last; `run` is the one that has begun
        self._request = 0  # the last request to play, step or pause: an answer to an earlier one is stale
        self.worker.start()
        self._begin()

    # Proposals

    def propose(self, experiment: Experiment, words_for_undo: str, *, merge: str = "") -> bool:
        """Take `experiment` in place of the current one, as one undo step. False (and `refused`) where it cannot be.

        `merge`: consecutive proposals with the same non-empty key (a slider being dragged) are one undo step.
        """
        try:
            experiment = checked(experiment)
        except ExperimentError as error:
            self.refused.emit(self.tr("{place}: {problem}").format(place=error.place, problem=words(error.message)))
            return False
        if experiment != self.experiment:
            self.undo_stack.push(ExperimentEdit(self.take, self.experiment, experiment, words_for_undo, merge))
        return True

    def change(self, words_for_undo: str, *, merge: str = "", **fields: Any) -> bool:
        """`propose` with some fields of the current experiment changed."""
        return self.propose(structs.replace(self.experiment, **fields), words_for_undo, merge=merge)

    def set_parameter(self, index: int, value: float, words_for_undo: str = "") -> None:
        """Set one number of the parameter vector by hand, undoably, without a new run.

        Whoever gives no words for it gets the parameter's name as in files: "edit layers[0].weights[0, 1]".
        """
        if self.run is None or self.progress is None or not self._is_current(self.run):
            return  # a new run is on its way, where this number is another one
        before = float(self.progress.snapshot.parameters[index])
        if not words_for_undo:
            entry, place = self.run.layout.locate(index)
            name = f"{entry.full_name}[{', '.join(str(i) for i in place)}]"
            words_for_undo = self.tr("edit {parameter}").format(parameter=name)
        edit = ParameterEdit(self._write_parameter, self.run.number, index, before, value, words_for_undo)
        self.undo_stack.push(edit)

    def open(self, experiment: Experiment) -> None:
        """Take a checked experiment from a file or the gallery: a fresh start, with nothing to undo."""
        self.undo_stack.clear()
        if not self.take(experiment):
            self.reset()

    def take(self, experiment: Experiment) -> bool:
        """Make a checked experiment the current one: live where the run can take it over, else as a new run (True)."""
        before, self.experiment = self.experiment, experiment
        live = {name: getattr(experiment, name) for name in LIVE_FIELDS}
        new_run = structs.replace(before, **live) != experiment
        if new_run:
            self._begin()
        else:
            self.worker.change(lambda trainer: _follow(trainer, experiment))
        self.experiment_changed.emit(experiment)
        return new_run

    # Run controls

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

    def reset(self) -> None:
        """Back to step 0 and the same initial weights."""
        self._number += 1
        self._set_playing(False)
        self.worker.start_again(self._number, self.experiment)

    def new_weights(self) -> None:
        """Draw other initial weights: the next seed."""
        seed = (self.experiment.weights.seed + 1) % (LARGEST_SEED + 1)
        weights = structs.replace(self.experiment.weights, seed=seed)
        self.change(self.tr("draw new initial weights"), weights=weights)

    def set_pace(self, steps_per_second: float | None) -> None:
        """Steps a second; None: as fast as possible."""
        self.worker.set_pace(steps_per_second)

    def pull(self) -> None:
        """Hand on where the run is now, if that is news: once a frame while it plays, and when it stands still."""
        progress = self.worker.mailbox.take()
        if progress is None or not self._is_current(progress.run):
            return
        began = progress.run is not self.run
        self.run, self.progress = progress.run, progress
        if not progress.playing and progress.request == self._request:
            self._set_playing(False)
        if began:
            self.run_began.emit(progress.run)
        self.progressed.emit(progress)

    def close(self) -> None:
        """End the training thread; within one step."""
        self._set_playing(False)
        self.turns.end()
        self.worker.close()

    # Behind the scenes

    def _begin(self) -> None:
        self._number += 1
        self._set_playing(False)
        self.selection.clear()
        self.worker.begin(self._number, self.experiment)

    def _write_parameter(self, number: int, index: int, value: float) -> None:
        if number == self._number:
            self.worker.change(lambda trainer: trainer.set_parameter(index, value))

    def _is_current(self, run: Run) -> bool:
        return run.number == self._number

    def _failed(self, number: int, reason: str) -> None:
        if number == self._number:
            self._set_playing(False)
            if reason:
                self.refused.emit(reason)

    def _next_request(self) -> int:
        self._request += 1
        return self._request

    def _set_playing(self, playing: bool) -> None:
        if playing != self.playing:
            self.playing = playing
            self.playing_changed.emit(playing)


def _follow(trainer: Trainer, experiment: Experiment) -> None:
    """What a run takes over without starting again."""
    if trainer.experiment.optimizer != experiment.optimizer:
        trainer.retune(experiment.optimizer)
    trainer.follow(experiment)
