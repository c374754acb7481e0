"""1/t decay: the schedule of the theory.

    f(s) = 1 / (1 + s / k)           k: after so many steps it is half

It keeps both conditions of Robbins and Monro (see `schedule`): the sum of 1/s has no end, that of 1/s^2 has. So it
falls ever more slowly, and a training that goes on still gets everywhere.
"""

from typing import Annotated, ClassVar

from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.schedules.schedule import MOST_STEPS, Schedule


class InverseTime(Schedule, tag="inverse_time", frozen=True):
    """One over time."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "1/t decay")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "The learning rate falls as one over the time: half, a third, a quarter, ever more slowly."
    )

    half: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "half after"),
            QT_TRANSLATE_NOOP("model", "After how many steps half of the learning rate is left; after twice, a third."),
            at_least=1,
            at_most=MOST_STEPS,
            scale="log",
        ),
    ] = 1000

    def factor(self, step: int) -> float:
        return 1 / (1 + step / self.half)
