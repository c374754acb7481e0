"""Exponential decay: the stairs of step decay, made smooth.

    f(s) = d^(s / k)                 d: decay, k: after so many steps f has become d

At every step the same share is lost. The sum of all f is finite, 1 / (1 - d^(1/k)): the parameters can go only so far,
however long one trains.
"""

from typing import ClassVar

from model.message import QT_TRANSLATE_NOOP
from model.schedules.schedule import Schedule
from model.schedules.step_decay import Decay, Every


class Exponential(Schedule, tag="exponential", frozen=True):
    """The same share at every step."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Exponential decay")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "The learning rate loses the same share at every step, as the heat of a cup does."
    )

    decay: Decay = 0.5
    every: Every = 1000

    def factor(self, step: int) -> float:
        return self.decay ** (step / self.every)
