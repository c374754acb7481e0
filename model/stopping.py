"""When a run is measured, and when it stops by itself.

**Early stopping.** The training loss may fall for ever; the validation loss falls, reaches a lowest value, and rises
again while the network learns the noise of its samples by heart. The weights of the lowest point are the ones to keep.
But the curve is rough, and the first rise means little, so one waits: training pauses when `patience` evaluations in a
row have brought no new lowest validation loss. The timeline leads back to the step of the lowest one.

Each condition is a function of the step and of the evaluations up to it, and is met at a single step: the run can go on
past it, and comes to it again when it is rewound. For early stopping that is where the lowest evaluation so far lies
exactly `patience` evaluations back.

Source of early stopping: L. Prechelt, "Early Stopping - But When?", in Neural Networks: Tricks of the Trade, Springer
(1998) 55-69; here its third class of criteria, UP, counted from the lowest validation loss.
"""

import math

from model.batches import Batches
from model.experiment import EvaluationSpec, Stop
from model.message import QT_TRANSLATE_NOOP, Message
from model.record import Evaluation, Record


def next_evaluation(evaluation: EvaluationSpec, batches: Batches, steps: int) -> int:
    """The first step after `steps` at which all parts are measured."""
    every = evaluation.every
    if evaluation.unit == "step":
        return (steps // every + 1) * every
    epoch = (batches.epochs(steps) // every + 1) * every
    return batches.begun + (epoch - batches.first) * batches.per_epoch


def stop_reason(stop: Stop, record: Record, steps: int) -> Message | None:
    """Why the run stops at this very step: its number, its training loss or its patience; None where it does not."""
    if steps == stop.step:
        return Message(QT_TRANSLATE_NOOP("model", "step {step:,} is reached"), {"step": steps})
    place = record.evaluation_at(steps) if stop.loss is not None or stop.patience is not None else None
    if place is None:
        return None
    if stop.loss is not None:
        before = record.evaluations[place - 1].train_loss if place else math.inf
        if record.evaluations[place].train_loss < stop.loss <= before:
            text = QT_TRANSLATE_NOOP("model", "the training loss is below {loss:.6g}")
            return Message(text, {"loss": stop.loss})
    lowest = stopped_early(record, place, stop.patience) if stop.patience is not None else None
    if lowest is None:
        return None
    text = QT_TRANSLATE_NOOP(
        "model",
        "early stopping: the validation loss was lowest at step {step:,} ({loss:.4g}), {patience:,} evaluations ago",
    )
    values: dict[str, object] = {"step": lowest.step, "loss": lowest.validation_loss, "patience": stop.patience}
    return Message(text, values)


def stopped_early(record: Record, place: int, patience: int) -> Evaluation | None:
    """The evaluation with the lowest validation loss up to `place`, if it lies `patience` evaluations before that."""
    if place < patience:
        return None
    lowest, *since = record.evaluations[place - patience : place + 1]
    if lowest.validation_loss is None or any(_is_lower(each, lowest) for each in since):
        return None
    # Those before, from the last on: where the loss rises, the very next one is lower.
    before = (record.evaluations[i] for i in range(place - patience - 1, -1, -1))
    return lowest if all(_is_lower(lowest, each) for each in before) else None


def _is_lower(one: Evaluation, other: Evaluation) -> bool:
    """A loss that is no number is lower than none, and every number is lower than that."""
    a, b = one.validation_loss, other.validation_loss
    return a is not None and not math.isnan(a) and (b is None or math.isnan(b) or a < b)
