"""A branch: one way that a run has taken."""

from dataclasses import dataclass, field

from model.checkpoint import Checkpoints
from model.experiment import Experiment
from model.interventions import AnyIntervention
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

    def up_to(self, step: int, number: int) -> "Branch":
        """A further branch of the same first steps."""
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
