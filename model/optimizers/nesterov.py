"""Nesterov: Momentum that looks where it is going before it asks for the slope.

A ball with velocity v will be near W + a v after this step, whatever the slope does. So the gradient is taken there:

    v <- a v - lr g(W + a v)       the slope ahead, not the slope here
    W <- W + v

If the velocity carries the ball too far, the slope ahead already pushes back, one step earlier than Momentum would
notice. On a smooth convex valley this turns an error that falls as 1/t into one that falls as 1/t^2.

The form that is computed. A network has its gradient at the parameters that it holds, and here it is wanted elsewhere.
So the network holds the point ahead, P = W + a v, all the time, and W is never written down. With v' = a v - lr g(P)
for the new velocity, the new W is W + v', and the new point ahead is

    P' = W + v' + a v'
       = P - a v + v' + a v'       since W = P - a v
       = P + a v' - lr g           since v' - a v = -lr g

In the code, where the parameters that the network holds are called W as everywhere:

    v <- a v - lr g
    W <- W + a v - lr g            Momentum's step, and the next push of the velocity in advance

At the start v is zero, so both forms begin at the same point. With a = 0 it is SGD.

Sources: Y. Nesterov, "A method of solving a convex programming problem with convergence rate O(1/k^2)", Soviet
Mathematics Doklady 27 (1983) 372-376. The first form, with a fixed a: I. Sutskever, J. Martens, G. Dahl and G. Hinton,
"On the importance of initialization and momentum in deep learning", ICML (2013), equations 3 and 4. The point ahead as
what is stored: Y. Bengio, N. Boulanger-Lewandowski and R. Pascanu, "Advances in optimizing recurrent networks", ICASSP
(2013), equations 6 and 7.
"""

from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.optimizers.optimizer import LearningRate, Optimizer, Rule, expect


class Nesterov(Optimizer, tag="nesterov", frozen=True):
    """Momentum with the gradient of the point ahead."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Nesterov")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Momentum that asks for the slope at the point where its velocity is about to carry it, and so brakes earlier. "
        "Also: Nesterov's accelerated gradient.",
    )
    formulas: ClassVar[tuple[Formula, ...]] = (
        Formula(r"v \leftarrow ||\alpha\,v||-||\eta\,g", "<momentum> · <v> − <learning_rate> · <g> = <v'>"),
        Formula(
            r"w \leftarrow ||w||+||\alpha\,v||-||\eta\,g", "<w> + <momentum> · <v'> − <learning_rate> · <g> = <w'>"
        ),
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

    def rule(self, parameters: Vector, gradient: Vector) -> "NesterovRule":
        return NesterovRule(self, parameters, gradient)


class NesterovRule(Rule):
    """v <- a v - lr g; W <- W + a v - lr g. Its state is the velocity v; W is the point ahead."""

    v: Vector

    def __init__(self, nesterov: Nesterov, parameters: Vector, gradient: Vector) -> None:
        super().__init__(parameters, gradient, remembered=1)
        self.v = self.state
        self._kept = self.constant()
        self._push = np.empty_like(parameters)
        self._ahead = np.empty_like(parameters)
        self.configure(nesterov)

    def configure(self, optimizer: Optimizer) -> None:
        nesterov = expect(Nesterov, optimizer)
        self.set_learning_rate(nesterov.learning_rate)
        self._kept[()] = nesterov.momentum

    def update(self) -> None:
        self.count += 1
        np.multiply(self.gradient, self._rate, out=self._push)  # lr g
        np.multiply(self.v, self._kept, out=self.v)  # a v
        np.subtract(self.v, self._push, out=self.v)  # v <- a v - lr g
        np.multiply(self.v, self._kept, out=self._ahead)  # a v, with the new v
        np.subtract(self._ahead, self._push, out=self._ahead)  # a v - lr g
        np.add(self.parameters, self._ahead, out=self.parameters)  # W <- W + a v - lr g
