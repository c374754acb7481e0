"""The timeline: all the ways that a run has taken, and the step at which it is shown.

A run is a recipe, an experiment and the interventions on the way. Whoever changes something in the past starts a
*branch*: it shares the steps before with the old one, which keeps its future. Another experiment begins a branch of its
own at step 0. Nothing that was trained is lost, and every change can be taken back.
"""

from collections.abc import Callable

from msgspec import structs

from model.branch import Branch, BranchView, family
from model.checkpoint import BUDGET
from model.course import Course
from model.data import Parts
from model.deed import Deed
from model.experiment import Experiment
from model.interventions import AnyIntervention, ChangeOptimizer, same_target
from model.trainer import Trainer

MOST_BRANCHES = 50  # beyond these the oldest is forgotten


class Timeline:
    """All branches of one sitting, and a trainer on the one that is shown."""

    def __init__(self, experiment: Experiment, parts: Parts | None = None) -> None:
        self.keeps_all = False  # while a file is opened no branch is forgotten
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
        """Another optimizer, before anything is trained with the first one; later it is an intervention."""
        if self.branch.steps or self.branch.interventions:
            self.intervene(ChangeOptimizer(step=0, optimizer=experiment.optimizer))
            return
        self.trainer.retune(experiment.optimizer)
        self.branch.experiment = structs.replace(self.branch.experiment, optimizer=experiment.optimizer)
        self.branch.cut(0)
        self.branch.checkpoints.cut(-1)
        self.branch.checkpoints.add(self.trainer.checkpoint())
        self._course.restore(0)

    # Interventions

    def intervene(self, change: AnyIntervention) -> Deed:
        """Make `change` at the step that is shown, whatever step it names. A future that there is stays with another.

        Raises KeyError or ValueError where the network cannot live with it (`Course.check`); nothing is changed then.
        """
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

    def withdraw(self, deed: Deed) -> None:
        """Undo: go to the step of the intervention, without it. What came after it is kept as a branch."""
        after = self.find(deed.after)
        before = self.find(deed.before) or after
        if before is None:
            return  # both were removed
        if after is before and before.steps > deed.step:
            self._part(before, deed.step)
            deed.before = self.branch.number
        else:
            self._enter(before)
        if after is before:
            self.branch.interventions = tuple(e for e in deed.interventions_before if e.step <= deed.step)
            self.branch.cut(deed.step)
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
        """Another run, from step 0. The one before stays, unless it was not trained or would be the same.

        `keep`: it stays even so.
        """
        left = self._leave()
        self._add_branch(Trainer(experiment, parts))
        known = left.experiment == experiment or left.steps == 0
        needed = (
            keep or self.keeps_all or left.interventions or any(each.parent == left.number for each in self.branches)
        )
        if known and not needed and left in self.branches:
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
        """Show a further branch of the first `step` steps of another one. Raises LookupError where there is none."""
        parent = self.find(number)
        if parent is None:
            raise LookupError(f"no branch {number}")
        self._part(parent, step)
        self._course.restore()

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

    def _add_branch(self, trainer: Trainer) -> None:
        """Show a branch for a trainer at step 0."""
        self._made += 1
        branch = Branch(self._made, trainer.experiment, trainer.record, trainer.history, trainer.network.layout)
        branch.checkpoints.add(trainer.checkpoint())
        self._course = Course(trainer, branch)
        self._keep(branch)

    def _part(self, parent: Branch, step: int) -> None:
        """Show a further branch of `parent`. Where the trainer does not stand at `step` of it, restore it then."""
        left = self._leave()
        self._made += 1
        branch = parent.up_to(step, self._made)
        self._show(branch, left)
        self._keep(branch)
        if left is not parent:
            self._drop_untrained(left)

    def _keep(self, branch: Branch) -> None:
        self.branches.append(branch)
        if len(self.branches) > MOST_BRANCHES and not self.keeps_all:
            self._forget(self.branches[0])  # the oldest
        self._share_memory()

    def _share_memory(self) -> None:
        """Half of the checkpoints' memory is for the branch that is shown."""
        for each in self.branches:
            each.checkpoints.share(BUDGET // (2 if each is self.branch else 2 * len(self.branches)))

    def _forget(self, branch: Branch) -> None:
        self.branches.remove(branch)
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
        self._show(branch, left)
        self._share_memory()
        self._drop_untrained(left)

    def _show(self, branch: Branch, left: Branch) -> None:
        trainer = self.trainer if family(branch.experiment) == family(left.experiment) else Trainer(branch.experiment)
        trainer.follow(branch.experiment)
        self._course = Course(trainer, branch)

    def _drop_untrained(self, left: Branch) -> None:
        trained = left.parent is None or left.steps > left.parted_at
        if left in self.branches and not trained and not self.keeps_all:
            self._forget(left)
