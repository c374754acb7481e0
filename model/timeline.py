"""The timeline: all the ways that a run has taken, and the step at which it is shown.

A run is a recipe, an experiment and the interventions on the way. Whoever changes something in the past starts a
*branch*: it shares the steps before with the old one, which keeps its future. Another experiment begins a branch of its
own at step 0. Nothing that was trained is lost, and every change can be taken back.
"""

from collections.abc import Callable

from msgspec import structs

from model.branch import Branch, BranchView, family
from model.course import Course
from model.data import Parts
from model.deed import Deed
from model.experiment import Experiment
from model.intervention_between import update_changes
from model.interventions import AnyIntervention, in_force, same_target
from model.kept_branches import forget, keep, share_memory
from model.trainer import Trainer


class Timeline:
    """All branches of one sitting, and a trainer on the one that is shown."""

    def __init__(self, experiment: Experiment, parts: Parts | None = None) -> None:
        self.keeps_all = False  # while a file is opened no branch is forgotten
        self.complete = True  # where it was opened from a file: every branch came as far as it was saved
        self.branches: list[Branch] = []
        self._made = 0  # branches; none gets the number of one that was forgotten
        self._add_branch(Trainer(experiment, parts))

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
    def course(self) -> Course:
        """The branch at work."""
        return self._course

    @property
    def steps(self) -> int:
        """The step that is shown."""
        return self.trainer.steps

    def find(self, number: int) -> Branch | None:
        return next((each for each in self.branches if each.number == number), None)

    def views(self) -> tuple[BranchView, ...]:
        """What a picture may see of all branches; the same objects as long as nothing changed."""
        return tuple(each.view() for each in self.branches)

    # Training, and going back

    def advance(self, steps: int, interrupted: Callable[[], bool] = bool) -> bool:
        """Up to `steps` steps onward, see `Trainer.advance`."""
        return self._course.advance(steps, interrupted)

    def go_to(self, step: int, interrupted: Callable[[], bool] = bool) -> bool:
        """Show `step` of this branch, at most its last. False where it was `interrupted` on the way."""
        return self._course.go_to(step, interrupted)

    def follow(self, experiment: Experiment) -> None:
        """Take over when to evaluate and when to stop, which change no number of the run."""
        self.trainer.follow(experiment)
        branch = self.branch
        branch.experiment = structs.replace(branch.experiment, evaluation=experiment.evaluation, stop=experiment.stop)

    def amend(self, experiment: Experiment) -> None:
        """Another optimizer, penalty and so on, before anything is trained; later these are interventions."""
        self.follow(experiment)
        self._course.mend()
        changes = update_changes(self.trainer.experiment, experiment)
        if self.branch.steps or self.branch.interventions:
            for change in changes:
                self.intervene(change)
            return
        for change in changes:
            self._course.apply(change)
        self.branch.experiment = in_force(self.branch.experiment, changes)
        self.branch.cut(0)
        self.branch.checkpoints.cut(-1)
        self.branch.checkpoints.add(self.trainer.checkpoint())
        self._course.restore(0)

    # Interventions

    def intervene(self, change: AnyIntervention) -> Deed:
        """Make `change` at the step that is shown, whatever step it names. A future that there is stays with another.

        Raises KeyError or ValueError where the network cannot live with it (`Course.check`); nothing is changed then.
        """
        self._course.mend()
        at, old = self.steps, self.branch
        change = structs.replace(change, step=at)
        self._course.check(change)
        if at < old.steps:
            self._part(old, at)
        else:
            self._course.mark_tip()
            old.cut(at)
            if self.trainer.diverged:  # it looks a step further than it stands
                self._course.restore(at)
        deed = Deed(at, change, old.number, old.interventions, self.branch.number)
        kept = [each for each in self.branch.interventions if each.step <= at]
        if kept and same_target(kept[-1], change):
            kept.pop()
        self.branch.interventions = (*kept, change)
        self._course.apply(change)
        return deed

    def withdraw(self, deed: Deed, interrupted: Callable[[], bool] = bool) -> bool:
        """Undo: go to the step of the intervention, without it. What came after it is kept as a branch.

        False where its branches were removed: nothing is done then. `interrupted` on the way it stands before the step.
        """
        after = self.find(deed.after)
        before = self.find(deed.before) or after
        if before is None:
            return False
        if after is before and before.steps > deed.step:
            self._part(before, deed.step)
            deed.before = self.branch.number
        else:
            self._enter(before)
        if after is before:
            self.branch.interventions = tuple(e for e in deed.interventions_before if e.step <= deed.step)
            self.branch.cut(deed.step)
        self._course.restore(deed.step, interrupted)
        return True

    def repeat(self, deed: Deed, interrupted: Callable[[], bool] = bool) -> bool:
        """Redo: back to the branch that goes on with the intervention, at its step. See `withdraw`.

        Where it is `interrupted` the change is not made.
        """
        before, after = self.find(deed.before), self.find(deed.after)
        if after is not None and after is not before:
            self._enter(after)
            self._course.restore(deed.step, interrupted)
        elif before is not None:
            self._enter(before)
            if self._course.restore(deed.step, interrupted):
                again = self.intervene(deed.change)
                deed.before, deed.after = again.before, again.after
                deed.interventions_before = again.interventions_before
        return before is not None or after is not None

    # Branches

    def begin(self, experiment: Experiment, parts: Parts | None = None, *, keep: bool = False) -> None:
        """Another run, from step 0. The one before stays, unless nothing was done in it.

        `keep`: it stays even so.
        """
        left = self._leave()
        self._add_branch(Trainer(experiment, parts))
        done = left.steps or left.interventions or left.name or any(e.parent == left.number for e in self.branches)
        if left in self.branches and not (done or keep or self.keeps_all):
            forget(left, self.branches)

    def switch(self, number: int, step: int | None = None, interrupted: Callable[[], bool] = bool) -> bool:
        """Show another branch, at `step` or where it stood. False where there is none of this number.

        `interrupted` on the way it stands before that step.
        """
        branch = self.find(number)
        if branch is None:
            return False
        if branch is not self.branch:
            self._enter(branch)
            self._course.restore(branch.position if step is None else step, interrupted)
        elif step is not None:
            self.go_to(step, interrupted)
        return True

    def part_from(self, number: int, step: int, interrupted: Callable[[], bool] = bool) -> None:
        """Show a further branch of the first `step` steps of another one. Raises LookupError where there is none.

        `interrupted` on the way it stands before its last step.
        """
        parent = self.find(number)
        if parent is None:
            raise LookupError(f"no branch {number}")
        self._part(parent, step)
        self._course.restore(None, interrupted)

    def remove(self, number: int) -> bool:
        """Forget a branch that is not shown."""
        branch = self.find(number)
        if branch is None or branch is self.branch:
            return False
        forget(branch, self.branches)
        return True

    def rename(self, number: int, name: str) -> None:
        branch = self.find(number)
        if branch is not None:
            branch.name = name

    # Behind the scenes

    def _add_branch(self, trainer: Trainer) -> None:
        """Show a branch for a trainer at step 0."""
        self._made += 1
        branch = Branch(self._made, trainer.experiment, trainer.record, trainer.history, trainer.network.layout)
        branch.checkpoints.add(trainer.checkpoint())
        self._course = Course(trainer, branch)
        keep(branch, self.branches, all_others=self.keeps_all)

    def _part(self, parent: Branch, step: int) -> None:
        """Show a further branch of `parent`. Where the trainer does not stand at `step` of it, restore it then."""
        left = self._leave()
        self._made += 1
        branch = parent.up_to(step, self._made)
        self._show(branch, left)
        keep(branch, self.branches, all_others=self.keeps_all)
        if left is not parent:
            self._drop_untrained(left)

    def _leave(self) -> Branch:
        self._course.mark_tip()
        self.branch.position = self.steps
        return self.branch

    def _enter(self, branch: Branch) -> None:
        """Show `branch`; where it stands has to be restored afterwards."""
        if branch is self.branch:
            return
        left = self._leave()
        self._show(branch, left)
        share_memory(branch, self.branches)
        self._drop_untrained(left)

    def _show(self, branch: Branch, left: Branch) -> None:
        trainer = self.trainer if family(branch.experiment) == family(left.experiment) else Trainer(branch.experiment)
        trainer.follow(branch.experiment)
        self._course = Course(trainer, branch)

    def _drop_untrained(self, left: Branch) -> None:
        trained = left.parent is None or left.own_steps
        if left in self.branches and not (trained or self.keeps_all):
            forget(left, self.branches)
