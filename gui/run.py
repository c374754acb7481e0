"""What the training thread hands to the window. Read-only on the window's side."""

from dataclasses import dataclass

from model.arrays import Shape
from model.branch import BranchView
from model.data import Parts
from model.divergence import Diverged
from model.experiment import Experiment
from model.message import Message
from model.parameters import Layout
from model.record import Record
from model.snapshot import Snapshot
from model.timeline import Timeline
from model.trainer import Trainer
from model.trajectory import History


@dataclass(frozen=True, eq=False)
class Run:
    """A branch that is shown from now on. Its record and history go on growing; what they hold stays as it is."""

    number: int  # counts up; what belongs to an older run is stale
    experiment: Experiment  # in force when this was made: its network, loss and data are those of the whole run
    parts: Parts
    layout: Layout  # of every vector in the snapshots
    shapes: tuple[Shape, ...]  # shapes[i] goes into layer i
    steps_per_epoch: int
    record: Record
    history: History


def run_of(trainer: Trainer, number: int, before: Run | None = None) -> Run:
    """What stays the same while `trainer` trains, and what only grows.

    It is the very one that it was `before`, unless another branch, other data or other batches have come.
    """
    if (
        before is not None
        and (before.number, before.steps_per_epoch) == (number, trainer.batches.per_epoch)
        and before.record is trainer.record
        and before.parts is trainer.parts
    ):
        return before
    return Run(
        number=number,
        experiment=trainer.experiment,
        parts=trainer.parts,
        layout=trainer.network.layout,
        shapes=tuple(trainer.network.shapes),
        steps_per_epoch=trainer.batches.per_epoch,
        record=trainer.record,
        history=trainer.history,
    )


@dataclass(frozen=True, eq=False)
class Progress:
    """Where a run is now."""

    run: Run
    snapshot: Snapshot
    steps_per_second: float
    finished: bool = False  # a stop condition was met, or the run has diverged
    diverged: Diverged | None = None
    stop_reason: Message | None = None  # which stop condition is met at this step
    playing: bool = False  # it goes on by itself
    request: int = 0  # the last request that it knew of
    experiment: Experiment | None = None  # in force at this step
    into_epoch: int = 0  # steps done of the epoch that has begun
    furthest: int = 0  # the last step of this branch
    branches: tuple[BranchView, ...] = ()
    branch: int = 0  # the number of the one that is shown


def progress_of(timeline: Timeline, run: Run, speed: float, *, playing: bool, request: int) -> Progress:
    """Where `timeline` stands now."""
    trainer = timeline.trainer
    return Progress(
        run=run,
        snapshot=trainer.snapshot(),
        steps_per_second=speed,
        finished=trainer.finished,
        stop_reason=trainer.stop_reason,
        diverged=trainer.diverged,
        playing=playing,
        request=request,
        experiment=trainer.experiment,
        into_epoch=(trainer.steps - trainer.batches.begun) % trainer.batches.per_epoch,
        furthest=max(timeline.branch.steps, trainer.steps),
        branches=timeline.views(),
        branch=timeline.branch.number,
    )
