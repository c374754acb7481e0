"""Step decay: now and then the learning rate is multiplied by a number below 1.

    f(s) = d^floor(s / k)            d: decay, k: every so many steps

The loss falls, dances about a level that belongs to the learning rate, and falls once more right behind each drop: the
stairs in the training curves of many image networks.

Source: A. Krizhevsky, I. Sutskever and G. E. Hinton, "ImageNet Classification with Deep Convolutional Neural Networks",
NIPS 25 (2012), section 5 (there by hand: divided by ten when the validation error stopped improving).
"""

from typing import Annotated, ClassVar

from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.schedules.schedule import MOST_STEPS, Schedule

Decay = Annotated[
    float,
    hyperparameter(
        QT_TRANSLATE_NOOP("model", "decay"),
        QT_TRANSLATE_NOOP("model", "What is left of the learning rate after that many steps: 0.5 is half of it."),
        above=0,
        at_most=1,
    ),
]
Every = Annotated[
    int,
    hyperparameter(
        QT_TRANSLATE_NOOP("model", "every"),
        QT_TRANSLATE_NOOP("model", "After how many steps the learning rate has decayed once."),
        at_least=1,
        at_most=MOST_STEPS,
        scale="log",
    ),
]


class StepDecay(Schedule, tag="step", frozen=True):
    """Stairs."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Step decay")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "The learning rate falls in stairs: every so many steps it is multiplied by the decay."
    )

    decay: Decay = 0.5
    every: Every = 1000

    def factor(self, step: int) -> float:
        return self.decay ** (step // self.every)
