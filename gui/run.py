"""What the training thread hands to the window. Read-only on the window's side."""

from dataclasses import dataclass

from model.arrays import Shape
from model.data import Parts
from model.experiment import Experiment
from model.parameters import Layout
from model.record import Record
from model.snapshot import Snapshot
from model.trainer import Diverged, Trainer
from model.trajectory import History


@dataclass(frozen=True, eq=False)
class Run:
    """A run that has begun. Its record and history go on growing; what lies before `record.steps` stays as it is."""

    number: int  # counts up; what belongs to an older run is stale
    experiment: Experiment  # as the run started
    parts: Parts
    layout: Layout  # of every vector in the snapshots
    shapes: tuple[Shape, ...]  # shapes[i] goes into layer i
    steps_per_epoch: int
    record: Record
    history: History


def run_of(trainer: Trainer, number: int) -> Run:
    """What stays the same while `trainer` trains, and what only grows."""
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
    playing: bool = False  # it goes on by itself
    request: int = 0  # the last request to play, step or pause that it knew of
