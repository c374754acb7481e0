"""Cosine: half a wave from the full learning rate down to its end, over a horizon that is known beforehand.

    f(s) = min(1, (s + 1) / w)                                 while the warm-up lasts, s < w
    f(s) = e + (1 - e) (1 + cos(pi min(s - w, h) / h)) / 2     then
                                    h: horizon, e: what is left at the end, w: warm-up

It stays high for long, falls fast in the middle, and touches its end gently: most of the way is gone with long steps,
and the last part calms the dance. Behind the horizon it stays at its end; with e = 0 nothing moves any more. The
horizon has to be chosen with the length of the training in mind, which none of the other schedules asks for.

Source: I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 5th International
Conference on Learning Representations (2017), arXiv:1608.03983, equation 5, without restarts.
"""

import math
from typing import Annotated, ClassVar

from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.schedules.schedule import MOST_STEPS, Schedule, WarmUpSteps, risen


class Cosine(Schedule, tag="cosine", frozen=True):
    """Half a wave."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Cosine")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "The learning rate falls along half a wave, gently at both ends, and reaches its end at the horizon."
    )

    horizon: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "horizon"),
            QT_TRANSLATE_NOOP("model", "How many steps the fall takes, after the warm-up: the length of the training."),
            at_least=1,
            at_most=MOST_STEPS,
            scale="log",
        ),
    ] = 5000
    end: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "left at the end"),
            QT_TRANSLATE_NOOP("model", "Share of the learning rate that is left from the horizon on. At 0 all stops."),
            at_least=0,
            at_most=1,
        ),
    ] = 0.0
    warm_up: WarmUpSteps = 0

    def factor(self, step: int) -> float:
        if step < self.warm_up:
            return risen(step, self.warm_up)
        done = min(step - self.warm_up, self.horizon) / self.horizon
        return self.end + (1 - self.end) * (1 + math.cos(math.pi * done)) / 2
