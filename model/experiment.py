"""An experiment: everything that a run depends on, in one immutable value.

The same experiment gives the same numbers, to the last bit, every time on one machine. So an experiment *is* its run:
to save it, share it, go back in it or do it again without a window, these few lines of JSON are enough. It cannot be
changed; whoever wants another one makes another one.

    {"format": "downhill-experiment", "version": 1,
     "data": {"dataset": {"type": "spiral"}}, "network": {"layers": [...]}, ...}
"""

from typing import Annotated, Literal

import msgspec

from model.arrays import Precision
from model.clipping import Clipping
from model.data import Data
from model.hyperparameter import Spec, hyperparameter
from model.layers import AnyLayer
from model.losses import AnyLoss, MeanSquaredError
from model.message import QT_TRANSLATE_NOOP
from model.optimizers import SGD, AnyOptimizer
from model.regularization import Regularization
from model.schedules import AnySchedule, ConstantRate

FORMAT, VERSION = "downhill-experiment", 1

Seed = Annotated[
    int,
    hyperparameter(
        QT_TRANSLATE_NOOP("model", "seed"),
        QT_TRANSLATE_NOOP("model", "Names one sequence of random numbers. The same seed gives the same run."),
        at_least=0,
        at_most=2**53 - 1,  # what every JSON reader keeps exactly
    ),
]


class NetworkSpec(Spec, tag=False, frozen=True):
    """The layers, from the data to the output."""

    layers: Annotated[tuple[AnyLayer, ...], msgspec.Meta(min_length=1, max_length=200)]


class Weights(Spec, tag=False, frozen=True):
    """The draw of the initial weights; their rule stands with each layer."""

    seed: Seed = 1


class BatchesSpec(Spec, tag=False, frozen=True):
    """How the training samples are grouped into steps."""

    size: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "batch size"),
            QT_TRANSLATE_NOOP(
                "model", "How many samples one step averages the gradient over. Small: noisy and cheap; large: steady."
            ),
            at_least=1,
            at_most=100_000,
        ),
    ] = 10
    seed: Seed = 1


# The choices of `unit`, where the translators find them.
UNITS = QT_TRANSLATE_NOOP("model", "epoch"), QT_TRANSLATE_NOOP("model", "step")


class EvaluationSpec(Spec, tag=False, frozen=True):
    """When the loss and accuracy of whole parts of the data are measured. Step 0 is always."""

    every: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "evaluate every"),
            QT_TRANSLATE_NOOP("model", "How often the losses of the whole training and test data are measured."),
            at_least=1,
            at_most=1_000_000,
        ),
    ] = 1
    unit: Annotated[
        Literal["epoch", "step"],
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "unit"),
            QT_TRANSLATE_NOOP("model", "An epoch is one pass over the training data, a step is one mini-batch."),
        ),
    ] = "epoch"


class Stop(Spec, tag=False, frozen=True):
    """When training ends by itself; whichever comes first."""

    step: (
        Annotated[
            int,
            hyperparameter(
                QT_TRANSLATE_NOOP("model", "stop at step"),
                QT_TRANSLATE_NOOP("model", "Training pauses when it has done this many steps."),
                at_least=1,
                at_most=10**9,
            ),
        ]
        | None
    ) = None
    loss: (
        Annotated[
            float,
            hyperparameter(
                QT_TRANSLATE_NOOP("model", "stop below loss"),
                QT_TRANSLATE_NOOP("model", "Training pauses at the first evaluation with a training loss below this."),
                above=0,
                at_most=1e9,
                scale="log",
            ),
        ]
        | None
    ) = None
    patience: (
        Annotated[
            int,
            hyperparameter(
                QT_TRANSLATE_NOOP("model", "early stopping after"),
                QT_TRANSLATE_NOOP(
                    "model",
                    "Training pauses after so many evaluations without a new lowest validation loss: what it learns "
                    "from there on, it learns by heart.",
                ),
                at_least=1,
                at_most=1_000_000,
            ),
        ]
        | None
    ) = None


class Experiment(Spec, tag_field="format", tag=FORMAT, frozen=True, kw_only=True):
    """Data, network, loss, update and seeds: a whole run as a value."""

    version: int = VERSION
    data: Data
    network: NetworkSpec
    loss: AnyLoss = MeanSquaredError()
    optimizer: AnyOptimizer = SGD()
    schedule: AnySchedule = ConstantRate()
    regularization: Regularization = Regularization()
    clipping: Clipping = Clipping()
    weights: Weights = Weights()
    batches: BatchesSpec = BatchesSpec()
    evaluation: EvaluationSpec = EvaluationSpec()
    stop: Stop = Stop()
    precision: Annotated[
        Precision,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "precision"),
            QT_TRANSLATE_NOOP("model", "How exactly a number is kept: float64 to about 16 digits, float32 to about 7."),
        ),
    ] = "float64"

    def learning_rate_at(self, step: int) -> float:
        """The learning rate of the update that is made after `step` steps."""
        return self.optimizer.learning_rate * self.schedule.factor(step)
