"""Momentum: a ball that rolls downhill instead of a walker who looks at the slope anew at every step.

    v <- a v - lr g        the velocity: friction keeps the share a of it, the slope pushes
    W <- W + v             the ball moves

Written out, the velocity is a sum over all gradients so far, old ones fading by a factor a per step:

    v_t = -lr (g_t + a g_(t-1) + a^2 g_(t-2) + ...)

Across a narrow valley the gradient changes sign from step to step, and its terms cancel. Along the valley they agree
and add up: for a constant g the sum of the weights 1 + a + a^2 + ... is 1 / (1 - a), so that with a = 0.9 the ball
ends up ten times as fast as SGD at the same learning rate. Hence also the price: it has to be braked, and overshoots
the bottom.

With a = 0 it is SGD.

Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Computational
Mathematics and Mathematical Physics 4 (5) (1964) 1-17, where it is called the method of the heavy ball.
"""

from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.optimizers.optimizer import LearningRate, Optimizer, Rule, expect


class Momentum(Optimizer, tag="momentum", frozen=True):
    """Gradient descent with a velocity."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Momentum")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "A ball that rolls downhill: it gathers speed where the slope keeps its direction, and the zigzag across a "
        "narrow valley cancels. It may overshoot the bottom.",
    )
    formulas: ClassVar[tuple[Formula, ...]] = (
        Formula(r"v \leftarrow ||\alpha\,v||-||\eta\,g", "<momentum> · <v> − <learning_rate> · <g> = <v'>"),
        Formula(r"w \leftarrow ||w||+||v", "<w> + <v'> = <w'>"),
    )
    remembers: ClassVar[tuple[str, ...]] = ("v",)

    learning_rate: LearningRate = 0.05
    momentum: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "momentum"),
            QT_TRANSLATE_NOOP("model", "Share of the velocity that is kept from one step to the next. At 0 it is SGD."),
            at_least=0,
            below=1,
        ),
    ] = 0.9

    def rule(self, parameters: Vector, gradient: Vector) -> "MomentumRule":
        return MomentumRule(self, parameters, gradient)


class MomentumRule(Rule):
    """v <- a v - lr g; W <- W + v. Its state is the velocity v."""

    v: Vector

    def __init__(self, momentum: Momentum, parameters: Vector, gradient: Vector) -> None:
        super().__init__(parameters, gradient, remembered=1)
        self.v = self.state
        self._kept = self.constant()
        self._push = np.empty_like(parameters)
        self.configure(momentum)

    def configure(self, optimizer: Optimizer) -> None:
        momentum = expect(Momentum, optimizer)
        self.set_learning_rate(momentum.learning_rate)
        self._kept[()] = momentum.momentum

    def update(self) -> None:
        self.count += 1
        np.multiply(self.v, self._kept, out=self.v)  # a v
        np.multiply(self.gradient, self._rate, out=self._push)  # lr g
        np.subtract(self.v, self._push, out=self.v)  # v <- a v - lr g
        np.add(self.parameters, self.v, out=self.parameters)  # W <- W + v
