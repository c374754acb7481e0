"""Warm-up: the first steps are small, and grow in a straight line to the full learning rate.

    f(s) = min(1, (s + 1) / w)       w: warm-up, in steps

At the start the weights are random and the gradients large and of no common direction; the averages of Adam and RMSProp
rest on a handful of steps. A step of full length may throw the network to where it never comes back from. After a few
hundred steps both have calmed down.

Source: P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour" (2017), arXiv:1706.02677, section
2.2, "gradual warmup".
"""

from typing import ClassVar

from model.message import QT_TRANSLATE_NOOP
from model.schedules.schedule import Schedule, WarmUpSteps, risen


class WarmUp(Schedule, tag="warm_up", frozen=True):
    """A gentle start."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Warm-up")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "The learning rate rises in a straight line over the first steps, and from there on stays as it is set.",
    )

    warm_up: WarmUpSteps = 500

    def factor(self, step: int) -> float:
        return risen(step, self.warm_up)
