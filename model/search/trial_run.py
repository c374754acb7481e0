"""One trial: train a network with the values tried, look at it from time to time, say how it ended.

The samples of the test part are taken away before the trainer sees the data: what is not there can be neither measured
nor kept.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from msgspec import structs

from model.data import Data, Part, Parts, load
from model.datasets.arrays import Arrays
from model.experiment import Experiment
from model.hyperparameter import Spec
from model.record import Evaluation
from model.trainer import Trainer


class Result(Spec, tag=False, frozen=True, kw_only=True):
    """How a trial ended: after which step, and the last that was measured there."""

    how: Literal["complete", "hopeless", "diverged", "failed"]
    step: int
    train_loss: float | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    note: str = ""  # what went wrong


def without_test(parts: Parts) -> Parts:
    """The same data with an empty test part."""
    test = parts.test
    return replace(parts, test=Part(test.points[:0], test.inputs[:0], test.targets[:0]))


def run_trial(
    experiment: Experiment,
    hopeless: Callable[[int, float], bool],
    interrupted: Callable[[], bool] = bool,
) -> Result | None:
    """Train to the stop of `experiment`, or less far.

    `hopeless(step, validation loss)` is told every evaluation and asked whether it was the last one; `interrupted` is
    asked before every step: None where it says so. A loss that is not finite ends the trial as diverged.
    """
    trainer = Trainer(experiment, without_test(load(experiment.data)))
    every = experiment.evaluation.every
    while not trainer.finished:
        if interrupted():
            return None
        trainer.advance(every - trainer.steps % every, interrupted)
        place = trainer.record.evaluation_at(trainer.steps)
        if trainer.diverged or place is None:
            continue
        measured = trainer.record.evaluations[place]
        loss = measured.validation_loss
        if loss is None or not math.isfinite(loss):
            return _result("diverged", trainer, None)
        if hopeless(trainer.steps, loss) and not trainer.finished:
            return _result("hopeless", trainer, measured)
    if trainer.diverged:
        return Result(how="diverged", step=trainer.steps, note=str(trainer.diverged.message))
    return _result("complete", trainer, trainer.record.evaluations[-1])


def _result(how: Literal["complete", "hopeless", "diverged"], trainer: Trainer, at: Evaluation | None) -> Result:
    if at is None:
        return Result(how=how, step=trainer.steps)
    return Result(
        how=how,
        step=at.step,
        train_loss=at.train_loss,
        validation_loss=at.validation_loss,
        validation_accuracy=at.validation_accuracy,
    )


def ending_at(experiment: Experiment, result: Result) -> Experiment:
    """The experiment of a trial that stops where the trial did: run, it comes to the same numbers."""
    if result.how not in ("complete", "hopeless") or result.step < 1:
        return experiment
    return structs.replace(experiment, stop=structs.replace(experiment.stop, step=result.step))


def has_test(data: Data) -> bool:
    """Whether there is a test part: a share of the samples, or one that the data comes with."""
    own = isinstance(data.dataset, Arrays) and data.dataset.test_inputs is not None
    return own or data.test > 0


def measured_with_test(experiment: Experiment, interrupted: Callable[[], bool] = bool) -> Evaluation:
    """The last evaluation of the run, all parts. For the winner of a search, once."""
    trainer = Trainer(experiment)
    while trainer.advance(1000, interrupted) and not interrupted():
        pass
    return trainer.evaluate()
