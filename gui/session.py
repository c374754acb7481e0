"""The session: the one owner of the truth.

Panels hold no network and change nothing. They draw what the session hands them, and propose: another experiment, other
hyperparameters, a weight. The session checks, remembers how to undo it, and tells the training thread. What a network
can live with while it learns (its optimizer, a penalty, a weight, the batch size, noisier data) is an intervention in
its run; any other change starts a new run at step 0, and the run before stays as a branch.
"""

import math
from collections.abc import Callable
from typing import Any

from msgspec import structs
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from gui.branch_edits import BranchEdit, RemovalEdit, RenamingEdit
from gui.edits import ExperimentEdit, InterventionEdit, Place, Way
from gui.phase_walk import PhaseWalk
from gui.run import Run
from gui.run_controls import RunControls
from gui.selection import Selection
from gui.training_worker import Command
from gui.words import words
from model.experiment import Experiment
from model.experiment_file import ExperimentError, checked
from model.intervention_between import differs_in_update, follows, intervention_between
from model.interventions import AnyIntervention, SetParameter
from model.saved_run import SavedBranch, SavedRun
from model.timeline import Timeline
from model.timeline_file import opened, saved

LARGEST_SEED = 2**31 - 1


class Session(RunControls):
    """The current experiment, its undo stack, the run and its branches."""

    experiment_changed = Signal(object)  # Experiment: after every accepted change, and at a step where it was another
    run_began = Signal(object)  # Run: everything drawn of the run before is stale
    refused = Signal(str)  # a sentence: a proposal that cannot be, and why
    starter_wanted = Signal(str)  # a panel that has nothing to show of this experiment offers a starter, by its name
    _lost = Signal()  # an undo or redo led nowhere

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment  # in force at the step that is shown
        self.undo_stack = QUndoStack(self)
        self.selection = Selection(self)
        self.phases = PhaseWalk(self)
        self.worker.stands.connect(self.pull)
        self.worker.failed.connect(self._failed)
        self._lost.connect(
            lambda: self.refused.emit(self.tr("There is no way back to this step: its branch was removed."))
        )
        self._number = 0  # of the run that was asked for last; `run` is the one that has begun
        self.worker.start()
        self._open(lambda: Timeline(experiment))

    def propose(self, experiment: Experiment, words_for_undo: str, *, merge: str = "") -> bool:
        """Take `experiment` in place of the current one, as one undo step. False (and `refused`) where it cannot be.

        `merge`: consecutive proposals with the same non-empty key (a slider being dragged) are one undo step.
        """
        try:
            experiment = checked(experiment)
        except ExperimentError as error:
            self.refused.emit(self.tr("{place}: {problem}").format(place=error.place, problem=words(error.message)))
            return False
        before = self.experiment
        change = intervention_between(before, experiment) if self._is_trained() else None
        if change is not None:
            if (before.evaluation, before.stop) != (experiment.evaluation, experiment.stop):
                self._do(lambda timeline: timeline.follow(experiment))
            self._intervene(change, words_for_undo, merge)
            self._set_experiment(experiment)
        elif experiment != before:
            self.undo_stack.push(ExperimentEdit(self._take, before, experiment, words_for_undo, merge))
        return True

    def change(self, words_for_undo: str, *, merge: str = "", **fields: Any) -> bool:
        """`propose` with some fields of the current experiment changed."""
        return self.propose(structs.replace(self.experiment, **fields), words_for_undo, merge=merge)

    def start(self, experiment: Experiment, words_for_undo: str) -> None:
        """Take a checked experiment as a run of its own from step 0 on, however little it differs, as one undo step."""
        self.undo_stack.push(ExperimentEdit(self._start, self.experiment, experiment, words_for_undo, ""))

    def set_parameter(self, index: int, value: float, words_for_undo: str = "") -> None:
        """Set one number of the parameter vector by hand, undoably, without a new run.

        Whoever gives no words for it gets the parameter's name as in files: "edit layers[0].weights[0, 1]".
        """
        if self.run is None or not self._is_current(self.run):
            return  # a new run is on its way, where this number is another one
        entry, place = self.run.layout.locate(index)
        if not words_for_undo:
            name = f"{entry.full_name}[{', '.join(str(i) for i in place)}]"
            words_for_undo = self.tr("edit {parameter}").format(parameter=name)
        if not math.isfinite(value):
            self.refused.emit(self.tr("A weight or bias must be a finite number, not {value}.").format(value=value))
            return
        change = SetParameter(step=0, layer=entry.layer, name=entry.name, at=place, value=value)
        self._intervene(change, words_for_undo, "")

    def open(self, experiment: Experiment) -> None:
        """Take a checked experiment from a file or the gallery: a fresh start, with nothing to undo."""
        self.undo_stack.clear()
        self._set_experiment(experiment)
        self._open(lambda: Timeline(experiment))

    def open_run(self, run: SavedRun, heard: Callable[[Any], None]) -> None:
        """Take a saved run, standing where it stood. `heard` gets the messages that are to be said about it."""
        self.undo_stack.clear()
        self._set_experiment(run.branches[run.current].experiment)

        def make() -> Timeline:
            timeline, notes = opened(run, self.worker.gives_up, self.worker.replaying.emit)
            self._asked.emit(notes, heard)
            return timeline

        self._open(make)

    def ask_saved(self, heard: Callable[[SavedRun], None], *, arrays: bool) -> None:
        """Call `heard` with the whole run as values, as soon as the training thread has made them."""
        experiment = self.experiment

        def answer(timeline: Timeline | None) -> None:
            # Where there is no timeline (no memory for it), there is still the experiment.
            nothing = SavedRun((SavedBranch("", experiment, (), 0),), 0, 0)
            self._asked.emit(saved(timeline, arrays=arrays) if timeline is not None else nothing, heard)

        self.worker.ask(answer)

    def close(self) -> None:
        self.phases.leave()
        super().close()

    def switch(self, number: int, words_for_undo: str) -> None:
        """Show another branch, where it stood."""
        self.undo_stack.push(BranchEdit(self._rewind, number, words_for_undo))

    def rename_branch(self, number: int, name: str) -> None:
        """Give a branch a name of its own."""
        views = self.progress.branches if self.progress is not None else ()
        before = next((each.name for each in views if each.number == number), name)
        if name != before:
            text = self.tr("rename branch {number}").format(number=number)
            self.undo_stack.push(RenamingEdit(self._do, number, before, name, text))

    def remove_branch(self, number: int) -> None:
        """Forget a branch that is not shown."""
        text = self.tr("remove branch {number}").format(number=number)
        self.undo_stack.push(RemovalEdit(self._do, number, text))

    def reset(self) -> None:
        """Back to step 0 and the same initial weights: a run without interventions."""
        if self._is_trained():
            text = self.tr("start again with the same weights")
            self.undo_stack.push(ExperimentEdit(self._begin, self.experiment, self.experiment, text, ""))
        else:
            self._begin(self.experiment, Place(), Place())

    def new_weights(self) -> None:
        """Draw other initial weights: the next seed."""
        seed = (self.experiment.weights.seed + 1) % (LARGEST_SEED + 1)
        weights = structs.replace(self.experiment.weights, seed=seed)
        self.change(self.tr("draw new initial weights"), weights=weights)

    def pull(self) -> None:
        """Hand on where the run is now, if that is news: once a frame while it plays, and when it stands still."""
        progress = self.worker.mailbox.take()
        if progress is None or not self._is_current(progress.run):
            return
        began = progress.run is not self.run
        self.run, self.progress = progress.run, progress
        if not progress.playing and progress.request == self._request:
            self._set_playing(False)
        if progress.request == self._request and progress.experiment is not None:
            self._set_experiment(progress.experiment)
        if began:
            self.run_began.emit(progress.run)
        self.progressed.emit(progress)

    # Behind the scenes

    def _take(self, experiment: Experiment, to: Place, left: Place) -> None:
        """Make a checked experiment the current one, in the branch `to` where there is one."""
        before = self.experiment
        self._set_experiment(experiment)
        if follows(before, experiment):
            self._do(lambda timeline: timeline.follow(experiment))
        elif differs_in_update(before, experiment) and not self._is_trained():
            self._do(lambda timeline: timeline.amend(experiment))
        else:
            self._begin(experiment, to, left)

    def _start(self, experiment: Experiment, to: Place, left: Place) -> None:
        self._set_experiment(experiment)
        self._begin(experiment, to, left)

    def _begin(self, experiment: Experiment, to: Place, left: Place) -> None:
        """Another run; what it was before is stale from now on."""

        def begin(timeline: Timeline) -> None:
            left.branch = timeline.branch.number
            if to.branch is None or not timeline.switch(to.branch):
                timeline.begin(experiment)
                to.branch = timeline.branch.number

        self._leave()
        self.worker.take(self._number, self._next_request(), begin, lambda: Timeline(experiment))

    def _open(self, make: Callable[[], Timeline]) -> None:
        self._leave()
        self.worker.open(self._number, make)

    def _leave(self) -> None:
        self._number += 1
        self._set_playing(False)
        self.phases.leave()
        self.selection.clear()

    def _intervene(self, change: AnyIntervention, words_for_undo: str, merge: str) -> None:
        edit = InterventionEdit(self._do, self._rewind, self.experiment, change, words_for_undo, merge)
        self.undo_stack.push(edit)

    def _do(self, command: Command) -> None:
        """Have it done between two steps."""
        self.worker.change(self._next_request(), command)

    def _rewind(self, way: Way, experiment: Experiment | None) -> None:
        """Have it done, and stand still where it leads; `experiment` will be in force there."""

        def go(timeline: Timeline) -> None:
            if not way(timeline, self.worker.looking(timeline)):
                self._lost.emit()

        self.pause()
        self._do(go)
        if experiment is not None:
            self._set_experiment(experiment)

    def _set_experiment(self, experiment: Experiment) -> None:
        if experiment != self.experiment:
            self.experiment = experiment
            self.experiment_changed.emit(experiment)

    def _is_trained(self) -> bool:
        """Whether a step was done in this run, so that a change would be an intervention."""
        if self.progress is None or not self._is_current(self.progress.run):
            return False
        return self.playing or self.progress.furthest > 0

    def _is_current(self, run: Run) -> bool:
        return run.number == self._number

    def _failed(self, number: int, reason: str) -> None:
        if number == self._number:
            self._set_playing(False)
            if reason:
                self.refused.emit(reason)
