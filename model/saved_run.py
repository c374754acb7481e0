"""A run as plain values: what a file keeps of it.

The recipe (experiment, interventions, how far) is enough to have every number again. The rest is a cache that spares
the time: curves, and checkpoints with the last state among them.
"""

from dataclasses import dataclass
from itertools import takewhile

from model.arrays import Floats, Vector
from model.branch import family
from model.checkpoint import Checkpoint
from model.experiment import Experiment
from model.interventions import AnyIntervention
from model.message import Message
from model.record import Evaluation


@dataclass(frozen=True, eq=False)
class SavedBranch:
    """One branch."""

    name: str
    experiment: Experiment  # as it began
    interventions: tuple[AnyIntervention, ...]  # by rising step
    steps: int  # how far it was trained
    parent: int | None = None  # the place of the branch that it left in `SavedRun.branches`
    parted_at: int = 0  # the step at which it left
    losses: Vector | None = None  # (n,) of the mini-batches of steps 1 to n, n at least `steps`
    squares: Floats | None = None  # (n, learning layers): squared norms of their gradients
    evaluations: tuple[Evaluation, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()  # by rising step; the last one is at `steps`
    parameters: Vector | None = None  # the final ones, before interventions at `steps`; None: as the last checkpoint
    network_state: Vector | None = None  # likewise; None also for a network that has none


@dataclass(frozen=True, eq=False)
class SavedRun:
    """All branches, which of them is shown, and at which step it stands."""

    branches: tuple[SavedBranch, ...]
    current: int
    position: int
    notes: tuple[Message, ...] = ()  # of a file just read: what of its cache was damaged and is left out


def inherited(branch: SavedBranch, run: SavedRun) -> int:
    """With how many of its parent's interventions a branch of `run` begins."""
    if branch.parent is None or branch.parent >= len(run.branches):
        return 0
    parent = run.branches[branch.parent]
    if family(parent.experiment) != family(branch.experiment):
        return 0
    pairs = zip(branch.interventions, parent.interventions, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1] or pair[0] == pair[1], pairs))
