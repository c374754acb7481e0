from msgspec import structs
from PySide6.QtGui import QUndoStack

from gui.branch_edits import BranchEdit, RemovalEdit, RenamingEdit
from gui.edits import ExperimentEdit, InterventionEdit, Place
from model.experiment import Experiment
from model.experiment_file import from_plain
from model.interventions import ChangeOptimizer
from model.optimizers import SGD
from model.timeline import Timeline


def experiment(seed):
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": "xor"}},
            "network": {"layers": [{"type": "affine", "units": 1}]},
            "weights": {"seed": seed},
        }
    )


A, B, C = experiment(1), experiment(2), experiment(3)


def test_an_experiment_is_taken_taken_back_and_taken_again(qapp):
    stack, taken = QUndoStack(), []
    stack.push(ExperimentEdit(lambda made, to, left: taken.append(made), A, B, "other seed", ""))
    assert stack.undoText() == "other seed"
    stack.undo()
    stack.redo()
    assert taken == [B, A, B]


def test_edits_with_one_key_merge_and_others_do_not(qapp):
    stack, taken = QUndoStack(), []
    stack.push(ExperimentEdit(lambda made, to, left: taken.append(made), A, B, "drag", "slider"))
    stack.push(ExperimentEdit(lambda made, to, left: taken.append(made), B, C, "drag", "slider"))
    assert stack.count() == 1
    stack.undo()
    assert taken == [B, C, A]
    stack.redo()
    stack.push(ExperimentEdit(lambda made, to, left: taken.append(made), C, B, "drag", "another slider"))
    stack.push(ExperimentEdit(lambda made, to, left: taken.append(made), B, C, "click", ""))
    stack.push(ExperimentEdit(lambda made, to, left: taken.append(made), C, B, "click", ""))
    assert stack.count() == 4


def test_a_drag_back_to_where_it_began_leaves_nothing(qapp):
    stack = QUndoStack()
    stack.push(ExperimentEdit(lambda *_: None, A, B, "drag", "slider"))
    stack.push(ExperimentEdit(lambda *_: None, B, A, "drag", "slider"))
    assert stack.count() == 0


def test_taking_back_leads_to_the_branch_that_was_left(qapp):
    """The training thread writes which branch each experiment is in; undo and redo hand the same places back."""
    stack, taken = QUndoStack(), []

    def take(made: Experiment, to: Place, left: Place) -> None:
        taken.append((made, to.branch, left.branch))
        to.branch, left.branch = {A: 1, B: 2, C: 3}[made], {A: 2, B: 1, C: 2}[made]

    stack.push(ExperimentEdit(take, A, B, "B", "drag"))
    stack.undo()
    stack.redo()
    assert taken == [(B, None, None), (A, 1, 2), (B, 2, 1)]
    stack.push(ExperimentEdit(take, B, C, "C", "drag"))  # merged: from A to C
    stack.undo()
    assert taken[-1] == (A, 1, 3)


class Bench:
    """A timeline that does at once what it is told, and what was said on the way back."""

    def __init__(self) -> None:
        self.timeline, self.shown = Timeline(A), []
        self.found, self.interrupted = True, bool

    def do(self, command) -> None:
        command(self.timeline)

    def rewind(self, command, experiment) -> None:
        self.shown.append(experiment)
        self.found = command(self.timeline, self.interrupted)

    def edit(self, rate: float, merge: str = "") -> InterventionEdit:
        change = ChangeOptimizer(step=0, optimizer=SGD(learning_rate=rate))
        return InterventionEdit(self.do, self.rewind, A, change, f"rate {rate}", merge)

    @property
    def rate(self) -> float:
        return self.timeline.trainer.experiment.optimizer.learning_rate


def test_an_intervention_is_taken_back_where_it_was_made_and_made_again(qapp):
    stack, bench = QUndoStack(), Bench()
    bench.timeline.advance(5)
    stack.push(bench.edit(0.5))
    bench.timeline.advance(5)
    assert bench.rate == 0.5 and len(bench.timeline.branches) == 1
    stack.undo()
    assert (bench.timeline.steps, bench.rate, len(bench.timeline.branches)) == (5, A.optimizer.learning_rate, 2)
    stack.redo()
    assert (bench.timeline.steps, bench.rate, bench.timeline.branch.steps) == (5, 0.5, 10)
    assert bench.shown == [A, structs.replace(A, optimizer=SGD(learning_rate=0.5))]


def test_a_drag_while_the_run_goes_on_is_one_edit(qapp):
    stack, bench = QUndoStack(), Bench()
    bench.timeline.advance(3)
    for rate in (0.2, 0.3, 0.4):
        stack.push(bench.edit(rate, "drag"))
        bench.timeline.advance(2)
    assert stack.count() == 1 and stack.undoText() == "rate 0.4"
    stack.undo()
    assert (bench.timeline.steps, bench.rate) == (3, A.optimizer.learning_rate)
    assert bench.timeline.branch.interventions == ()
    stack.redo()
    assert [each.step for each in bench.timeline.branch.interventions] == [3, 5, 7]


def test_another_branch_is_shown_and_left_again(qapp):
    stack, bench = QUndoStack(), Bench()
    bench.timeline.advance(4)
    bench.timeline.begin(B)
    bench.timeline.advance(6)
    stack.push(BranchEdit(bench.rewind, 1, "show branch 1"))
    assert (bench.timeline.branch.number, bench.timeline.steps) == (1, 4)
    stack.undo()
    assert (bench.timeline.branch.number, bench.timeline.steps) == (2, 6)


def test_a_way_back_to_what_was_removed_is_told(qapp):
    stack, bench = QUndoStack(), Bench()
    bench.timeline.advance(4)
    stack.push(bench.edit(0.5))
    bench.timeline.begin(B)
    stack.push(BranchEdit(bench.rewind, 1, "show branch 1"))
    assert bench.found
    bench.timeline.begin(C)
    bench.timeline.advance(1)
    for number in (1, 2):
        bench.timeline.remove(number)
    for _ in range(2):
        bench.found = True
        stack.undo()
        assert not bench.found


def test_a_way_back_can_be_interrupted(qapp):
    stack, bench = QUndoStack(), Bench()
    bench.timeline.advance(50)
    stack.push(bench.edit(0.5))
    bench.interrupted = lambda: bench.timeline.steps == 9
    stack.undo()
    assert bench.found and bench.timeline.steps == 9
    assert bench.timeline.branch.interventions == ()


def test_a_removed_branch_comes_back_with_its_children(qapp):
    stack, bench = QUndoStack(), Bench()
    timeline = bench.timeline
    timeline.advance(6)
    timeline.part_from(1, 4)
    timeline.advance(2)
    timeline.part_from(2, 5)
    timeline.advance(2)
    before = [(each.number, each.parent, each.parted_at, each.steps) for each in timeline.branches]
    stack.push(RemovalEdit(bench.do, 2, "remove branch 2"))
    assert [(each.number, each.parent) for each in timeline.branches] == [(1, None), (3, 1)]
    stack.undo()
    assert [(each.number, each.parent, each.parted_at, each.steps) for each in timeline.branches] == before
    stack.redo()
    assert timeline.find(2) is None


def test_a_name_is_taken_back(qapp):
    stack, bench = QUndoStack(), Bench()
    stack.push(RenamingEdit(bench.do, 1, "", "slow", "rename branch 1"))
    assert bench.timeline.branch.name == "slow"
    stack.undo()
    assert bench.timeline.branch.name == ""
