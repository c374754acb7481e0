"""What a learning-rate schedule is: a factor f(s) on the learning rate, for every step s of a run.

    lr_s = lr f(s)              s = 0, 1, 2, ...: the steps done before this update

Why a learning rate should change. Far from the bottom long steps are wanted. Near it every mini-batch has another
slope, and with a fixed lr the parameters dance about the bottom at a distance that grows with lr. Robbins and Monro
gave the conditions under which the dance dies out and the bottom is still reached from anywhere:

    sum of lr_s = infinity      no start is too far away
    sum of lr_s^2 < infinity    the errors of the single steps add up to something finite

A constant lr keeps only the first, exponential and cosine decay only the second, 1/t keeps both. For some
thousand steps from a good start that is no reason to prefer it: it falls early and is slow where others are fast.

f is a pure function of the step: nothing is counted, nothing is remembered. So a run that is rewound, or goes on from
a checkpoint, or is given another schedule on its way, has the same learning rate at the same step as one that is done
from the start. A change of the schedule takes effect as if it had been there since step 0.

Source: H. Robbins and S. Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22 (1951)
400-407.
"""

from typing import Annotated, ClassVar

from model.formula import Formula
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP

MOST_STEPS = 10**9

WarmUpSteps = Annotated[
    int,
    hyperparameter(
        QT_TRANSLATE_NOOP("model", "warm-up"),
        QT_TRANSLATE_NOOP(
            "model", "Over this many first steps the learning rate rises in a straight line; 0: it begins in full."
        ),
        at_least=0,
        at_most=MOST_STEPS,
        scale="log",
    ),
]


class Schedule(Spec, frozen=True):
    """Name and hyperparameters of a schedule."""

    formula: ClassVar[Formula] = Formula(r"\eta_s = ||\eta||\,f(s)", "<full> · <factor> = <learning_rate>")

    def factor(self, step: int) -> float:
        """f(step), at least 0 and at most 1: what the learning rate is multiplied by after `step` steps."""
        raise NotImplementedError


def risen(step: int, over: int) -> float:
    """A straight line from 1 / over at step 0 to 1 at step over - 1, and 1 from there on."""
    return min(1.0, (step + 1) / over) if over else 1.0
