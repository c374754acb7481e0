"""A branch: one way that a run has taken."""

from dataclasses import dataclass, field

from msgspec import structs

from model.checkpoint import Checkpoints
from model.experiment import EvaluationSpec, Experiment, Stop
from model.interventions import AnyIntervention, in_force, in_words
from model.message import Message
from model.parameters import Layout
from model.record import Record
from model.trajectory import History


@dataclass(eq=False)
class Branch:
    """The recipe of one way from step 0, and what is known of it without doing it again."""

    number: int  # counts up over all branches of a timeline; none is used twice
    experiment: Experiment  # as it began
    record: Record
    history: History
    layout: Layout
    checkpoints: Checkpoints = field(default_factory=Checkpoints)
    interventions: tuple[AnyIntervention, ...] = ()  # by rising step
    steps: int = 0  # how far it was trained
    position: int = 0  # where it stood when another one was shown instead
    parent: int | None = None  # the number of the branch that it left
    parted_at: int = 0  # after how many steps
    name: str = ""  # given by the person
    _seen: "tuple[tuple[object, ...], BranchView | None]" = ((), None)  # the last view, and what it was made of

    @property
    def own_steps(self) -> int:
        """How many it was trained since it left its parent."""
        return self.steps - min(self.parted_at, self.steps)

    def cut(self, step: int) -> None:
        """Forget what is known beyond `step`: of a diverged run the record goes a step further than it stands."""
        for each in (self.record, self.history, self.checkpoints):
            each.cut(step)

    def up_to(self, step: int, number: int) -> "Branch":
        """A further branch of the same first steps, at most all."""
        step = min(max(step, 0), self.steps)
        return Branch(
            number=number,
            experiment=self.experiment,
            record=self.record.branched(step),
            history=self.history.branched(step),
            layout=self.layout,
            checkpoints=self.checkpoints.up_to(step),
            interventions=tuple(each for each in self.interventions if each.step <= step),
            steps=step,
            parent=self.number,
            parted_at=step,
        )

    def view(self) -> "BranchView":
        """What a picture may see of it: the same object as long as nothing of it is another."""
        key = self.name, self.experiment, self.interventions, self.record, self.parent, self.parted_at
        before, view = self._seen
        if view is None or not all(a is b for a, b in zip(before, key, strict=True)):
            view = BranchView(
                number=self.number,
                name=self.name,
                experiment=self.experiment,
                interventions=self.interventions,
                record=self.record,
                history=self.history,
                layout=self.layout,
                parent=self.parent,
                parted_at=self.parted_at,
                parted_by=self._parted_by(),
            )
            self._seen = key, view
        return view

    def _parted_by(self) -> Message | None:
        """The last of what was changed where it left its parent."""
        at = self.parted_at
        if self.parent is None or not any(each.step == at for each in self.interventions):
            return None
        *known, last = (each for each in self.interventions if each.step <= at)
        return in_words(last, in_force(self.experiment, known))


@dataclass(frozen=True, eq=False)
class BranchView:
    """What a picture may see of a branch. The record and the history go on growing while it is trained."""

    number: int
    name: str
    experiment: Experiment
    interventions: tuple[AnyIntervention, ...]
    record: Record
    history: History
    layout: Layout
    parent: int | None
    parted_at: int
    parted_by: Message | None  # what was changed where it left its parent; None: nothing yet, or it has none


def family(experiment: Experiment) -> Experiment:
    """Equal for experiments that differ only in what a trainer can take over."""
    return structs.replace(experiment, evaluation=EvaluationSpec(), stop=Stop())
