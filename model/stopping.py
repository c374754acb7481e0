"""When a run is measured, and when it stops by itself."""

import math

from model.batches import Batches
from model.experiment import EvaluationSpec, Stop
from model.record import Record


def next_evaluation(evaluation: EvaluationSpec, batches: Batches, steps: int) -> int:
    """The first step after `steps` at which all parts are measured."""
    every = evaluation.every
    if evaluation.unit == "step":
        return (steps // every + 1) * every
    epoch = (batches.epochs(steps) // every + 1) * every
    return batches.begun + (epoch - batches.first) * batches.per_epoch


def stops(stop: Stop, record: Record, steps: int) -> bool:
    """Whether one of the conditions is met at this very step: its number, or the first loss below the limit."""
    if steps == stop.step:
        return True
    place = record.evaluation_at(steps) if stop.loss is not None else None
    if stop.loss is None or place is None:
        return False
    before = record.evaluations[place - 1].train_loss if place else math.inf
    return record.evaluations[place].train_loss < stop.loss <= before
