"""The timeline: all the ways that a run has taken, and the step at which it is shown.

A run is a recipe, an experiment and the interventions on the way. Whoever changes something in the past starts a
*branch*: it shares the steps before with the old one, which keeps its future. Another experiment begins a branch of its
own at step 0. Nothing that was trained is lost, and every change can be taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import structs

from model.branch import Branch, BranchView
from model.checkpoint import BUDGET, Checkpoint
from model.course import Course
from model.data import Parts
from model.experiment import EvaluationSpec, Experiment, Stop
from model.interventions import AnyIntervention, ChangeOptimizer, in_force, in_words, same_target
from model.trainer import Trainer

MOST_BRANCHES = 50  # beyond these the oldest is forgotten


@dataclass(eq=False)
class Deed:
    """An intervention that was made: what undoing it and doing it again need to know."""

    step: int
    change: AnyIntervention
    before: int  # the branch that it was made in
    interventions_before: tuple[AnyIntervention, ...]
    after: int  # the branch that goes on with it; the same where there was no future to keep

    def joined(self, later: "Deed") -> "Deed":
        """Both as one: a slider that is dragged is one deed."""
        return Deed(self.step, later.change, self.before, self.interventions_before, later.after)


class Timeline:
    """All branches of one sitting, and a trainer on the one that is shown."""

    def __init__(self, experiment: Experiment, parts: Parts | None = None) -> None:
        self.branches: list[Branch] = []
        self._made = 0  # branches; none gets the number of one that was forgotten
        self._views: dict[int, tuple[tuple[object, ...], BranchView]] = {}
        self._course = self._add_branch(Trainer(experiment, parts))

    # Where it stands

    @property
    def branch(self) -> Branch:
        """The one that is shown."""
        return self._course.branch

    @property
    def trainer(self) -> Trainer:
        """At the step that is shown. Changes go through the timeline."""
        return self._course.trainer

    @property
    def steps(self) -> int:
        """The step that is shown."""
        return self.trainer.steps

    def find(self, number: int) -> Branch | None:
        return next((each for each in self.branches if each.number == number), None)

    def views(self) -> tuple[BranchView, ...]:
        """What a picture may see of all branches; the same objects as long as nothing changed."""
        return tuple(self._view(each) for each in self.branches)

    # Training, and going back

    def advance(self, steps: int, interrupted: Callable[[], bool] = bool) -> bool:
        """Up to `steps` steps onward, see `Trainer.advance`."""
        return self._course.advance(steps, interrupted)

    def go_to(self, step: int, interrupted: Callable[[], bool] = bool) -> bool:
        """Show `step` of this branch, at most its last. False where it was `interrupted` on the way."""
        return self._course.go_to(step, interrupted)

    def restore(self) -> None:
        """Show the last step of this branch, whatever the trainer holds now."""
        self._course.restore()

    def bare(self, step: int) -> Checkpoint:
        """Go to `step`, by doing it again, and tell what it is before the interventions there."""
        return self._course.bare(step)

    def mark_tip(self) -> None:
        """Have a checkpoint at the last step, where it stands there."""
        self._course.mark_tip()

    def follow(self, experiment: Experiment) -> None:
        """Take over when to evaluate and when to stop, which change no number of the run."""
        self.trainer.follow(experiment)
        branch = self.branch
        branch.experiment = structs.replace(branch.experiment, evaluation=experiment.evaluation, stop=experiment.stop)

    def amend(self, experiment: Experiment) -> None:
        """Another optimizer, before anything is trained with the first one; later it is an intervention."""
        if self.branch.steps or self.branch.interventions:
            self.intervene(ChangeOptimizer(step=0, optimizer=experiment.optimizer))
            return
        self.trainer.retune(experiment.optimizer)
        self.branch.experiment = structs.replace(self.branch.experiment, optimizer=experiment.optimizer)
        self.branch.checkpoints.cut(-1)
        self.branch.checkpoints.add(self.trainer.checkpoint())

    # Interventions

    def intervene(self, change: AnyIntervention) -> Deed:
        """Make `change` at the step that is shown, whatever step it names. A future that there is stays with another.

        Raises KeyError where it names a parameter that the network does not have.
        """
        at, old = self.steps, self.branch
        change = structs.replace(change, step=at)
        if at < old.steps:
            self.part_from(old.number, at)
        else:
            self._course.mark_tip()
            for each in (old.record, old.history, old.checkpoints):
                each.cut(at)  # the record of a diverged run goes a step further
        deed = Deed(at, change, old.number, old.interventions, self.branch.number)
        kept = [each for each in self.branch.interventions if each.step <= at]
        if kept and same_target(kept[-1], change):
            kept.pop()
        self.branch.interventions = (*kept, change)
        self._course.apply(change)
        return deed

    def withdraw(self, deed: Deed) -> None:
        """Undo: go to the step of the intervention, without it. What came after it is kept as a branch."""
        after = self.find(deed.after)
        before = self.find(deed.before) or after
        if before is None:
            return  # both were removed
        self._enter(before)
        if after is before:
            if before.steps > deed.step:
                self.part_from(before.number, deed.step)
                deed.before = self.branch.number
            self.branch.interventions = tuple(e for e in deed.interventions_before if e.step <= deed.step)
        self._course.restore(deed.step)

    def repeat(self, deed: Deed) -> None:
        """Redo: back to the branch that goes on with the intervention, at its step."""
        before, after = self.find(deed.before), self.find(deed.after)
        if after is not None and after is not before:
            self._enter(after)
            self._course.restore(deed.step)
        elif before is not None:
            self._enter(before)
            self._course.restore(deed.step)
            again = self.intervene(deed.change)
            deed.before, deed.after, deed.interventions_before = again.before, again.after, again.interventions_before

    # Branches

    def begin(self, experiment: Experiment, parts: Parts | None = None, *, keep: bool = False) -> None:
        """Another run, from step 0. The one before stays (`keep`), unless it was not trained or would be the same."""
        left = self._leave()
        self._course = self._add_branch(Trainer(experiment, parts))
        same = left.experiment == experiment and not left.interventions
        if not keep and (same or left.steps == 0) and not any(each.parent == left.number for each in self.branches):
            self._forget(left)

    def switch(self, number: int, step: int | None = None) -> bool:
        """Show another branch, at `step` or where it stood. False where there is none of this number."""
        branch = self.find(number)
        if branch is None:
            return False
        if branch is not self.branch:
            self._enter(branch)
            self._course.restore(branch.position if step is None else step)
        elif step is not None:
            self.go_to(step)
        return True

    def part_from(self, number: int, step: int) -> None:
        """A further branch of the first `step` steps of another one. Raises LookupError where there is none."""
        parent = self.find(number)
        if parent is None:
            raise LookupError(f"no branch {number}")
        self._enter(parent)
        self._leave()
        self._made += 1
        branch = parent.up_to(step, self._made)
        self._course = Course(self.trainer, branch)
        self._keep(branch)

    def remove(self, number: int) -> bool:
        """Forget a branch that is not shown."""
        branch = self.find(number)
        if branch is None or branch is self.branch:
            return False
        self._forget(branch)
        return True

    def rename(self, number: int, name: str) -> None:
        branch = self.find(number)
        if branch is not None:
            branch.name = name

    # Behind the scenes

    def _add_branch(self, trainer: Trainer) -> Course:
        """A course for a trainer at step 0."""
        self._made += 1
        branch = Branch(self._made, trainer.experiment, trainer.record, trainer.history, trainer.network.layout)
        branch.checkpoints.add(trainer.checkpoint())
        self._keep(branch)
        return Course(trainer, branch)

    def _keep(self, branch: Branch) -> None:
        self.branches.append(branch)
        if len(self.branches) > MOST_BRANCHES:
            self._forget(self.branches[0])
        for each in self.branches:
            each.checkpoints.shrink(BUDGET // (2 if each is branch else 2 * len(self.branches)))

    def _forget(self, branch: Branch) -> None:
        self.branches.remove(branch)
        self._views.pop(branch.number, None)
        for each in self.branches:
            if each.parent == branch.number:  # then it left the grandparent, at whichever step came first
                each.parent, each.parted_at = branch.parent, min(each.parted_at, branch.parted_at)

    def _leave(self) -> Branch:
        self._course.mark_tip()
        self.branch.position = self.steps
        return self.branch

    def _enter(self, branch: Branch) -> None:
        """Show `branch`; where it stands has to be restored afterwards."""
        if branch is self.branch:
            return
        left = self._leave()
        trainer = self.trainer if _family(branch) == _family(left) else Trainer(branch.experiment)
        trainer.follow(branch.experiment)
        self._course = Course(trainer, branch)
        if left.parent is not None and left.steps <= left.parted_at:
            self._forget(left)  # nothing was trained there

    def _view(self, branch: Branch) -> BranchView:
        """Made anew only where something of it is another."""
        key = (branch.name, branch.interventions, branch.record, branch.parent, branch.experiment)
        before = self._views.get(branch.number)
        if before is not None and all(a is b for a, b in zip(before[0], key, strict=True)):
            return before[1]
        at, parted = branch.parted_at, branch.parent is not None
        changes = [each for each in branch.interventions if each.step == at and parted]
        known = in_force(branch.experiment, [each for each in branch.interventions if each.step < at])
        view = BranchView(
            number=branch.number,
            name=branch.name,
            experiment=branch.experiment,
            interventions=branch.interventions,
            record=branch.record,
            history=branch.history,
            layout=branch.layout,
            parent=branch.parent,
            parted_at=at,
            parted_by=in_words(changes[-1], known) if changes else None,
        )
        self._views[branch.number] = key, view
        return view


def _family(branch: Branch) -> Experiment:
    """Equal for branches whose experiments differ only in what a trainer can take over."""
    return structs.replace(branch.experiment, evaluation=EvaluationSpec(), stop=Stop())
