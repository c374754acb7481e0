"""Stochastic gradient descent: a step straight downhill.

    W <- W - lr g

Why it works. Near W the loss is a plane, L(W + d) = L(W) + g . d + terms of order |d|^2. Among all steps d of one
length, g . d is smallest for the d that points against g. With d = -lr g the plane falls by lr |g|^2; the learning
rate lr has to be small enough for the plane to be a fair picture of the loss over that distance.

How small. In a valley L = k w^2 / 2 the gradient is k w, and one update multiplies w by (1 - lr k). It shrinks while
lr < 2/k, changes sides at every step from lr = 1/k on, and diverges beyond 2/k. The steepest direction (the largest
k) therefore sets the learning rate for all of them, and along flat directions W hardly moves: this is the zigzag that
the other optimizers try to cure.

"Stochastic": g comes from a small random batch. Its mean over the batches is the gradient over all samples, so that
the errors of single steps cancel in the long run.

Source: H. Robbins and S. Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22 (1951)
400-407.
"""

from typing import ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.message import QT_TRANSLATE_NOOP
from model.optimizers.optimizer import LearningRate, Optimizer, Rule, expect


class SGD(Optimizer, tag="sgd", frozen=True):
    """Stochastic gradient descent."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "SGD")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Stochastic gradient descent: every step goes straight downhill, as far as the slope is steep. "
        "It remembers nothing. The one to begin with.",
    )
    formulas: ClassVar[tuple[Formula, ...]] = (
        Formula(r"w \leftarrow ||w||-||\eta\,g", "<w> − <learning_rate> · <g> = <w'>"),
    )

    learning_rate: LearningRate = 0.1

    def rule(self, parameters: Vector, gradient: Vector) -> "SGDRule":
        return SGDRule(self, parameters, gradient)


class SGDRule(Rule):
    """W <- W - lr g. Its state is empty."""

    def __init__(self, sgd: SGD, parameters: Vector, gradient: Vector) -> None:
        super().__init__(parameters, gradient, remembered=0)
        self._step = np.empty_like(parameters)
        self.configure(sgd)

    def configure(self, optimizer: Optimizer) -> None:
        self.set_learning_rate(expect(SGD, optimizer).learning_rate)

    def update(self) -> None:
        self.count += 1
        np.multiply(self.gradient, self._rate, out=self._step)  # lr g
        np.subtract(self.parameters, self._step, out=self.parameters)  # W <- W - lr g
