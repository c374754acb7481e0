"""AdaGrad: every parameter has a learning rate of its own, which falls the more that parameter has been pushed.

    h <- h + g * g                         squares of all gradients so far, parameter by parameter
    W <- W - lr g / (sqrt(h) + eps)

Why the square root. g / sqrt(h) has no unit: doubling the loss doubles both. So the steps no longer depend on how
steep a direction is, only on how the slope of today compares with those before. The very first step is lr in every
direction, because sqrt(h) = |g| then: the narrow valley and the flat one are walked at the same pace.

Why the steps fall. h only grows. Under a constant gradient h = t g^2 after t updates, and the step is lr / sqrt(t):
the decay that theory asks of stochastic gradient descent, without a schedule to be chosen. In a long training of a
network it falls too far, and learning seems to freeze; RMSProp is the answer to that.

eps, outside the root, only matters for a parameter that has had no gradient at all: 0 / (0 + eps) = 0.

Source: J. Duchi, E. Hazan and Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
Optimization", Journal of Machine Learning Research 12 (2011) 2121-2159 (the diagonal form).
"""

from typing import ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.message import QT_TRANSLATE_NOOP
from model.optimizers.optimizer import Epsilon, LearningRate, Optimizer, Rule, expect


class AdaGrad(Optimizer, tag="adagrad", frozen=True):
    """Adaptive learning rates from the sum of the squared gradients."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "AdaGrad")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Every parameter has its own step, divided by the root of the sum of its squared gradients: "
        "steep directions are slowed, flat ones are not. All steps shrink with time.",
    )
    formulas: ClassVar[tuple[Formula, ...]] = (
        Formula(r"h \leftarrow ||h||+||g^2", "<h> + <g>² = <h'>"),
        Formula(
            r"w \leftarrow ||w||-||\eta\,\frac{g}{\sqrt{h} + \varepsilon}",
            "<w> − <learning_rate> · <g> / (√<h'> + <epsilon>) = <w'>",
        ),
    )
    remembers: ClassVar[tuple[str, ...]] = ("h",)

    learning_rate: LearningRate = 0.1
    epsilon: Epsilon = 1e-7

    def rule(self, parameters: Vector, gradient: Vector) -> "AdaGradRule":
        return AdaGradRule(self, parameters, gradient)


class AdaGradRule(Rule):
    """h <- h + g * g; W <- W - lr g / (sqrt(h) + eps). Its state is the sum of squares h."""

    h: Vector

    def __init__(self, adagrad: AdaGrad, parameters: Vector, gradient: Vector) -> None:
        super().__init__(parameters, gradient, remembered=1)
        self.h = self.state
        self._epsilon = self.constant()
        self._step = np.empty_like(parameters)
        self.configure(adagrad)

    def configure(self, optimizer: Optimizer) -> None:
        adagrad = expect(AdaGrad, optimizer)
        self.set_learning_rate(adagrad.learning_rate)
        self._epsilon[()] = adagrad.epsilon

    def update(self) -> None:
        self.count += 1
        step = self._step
        np.multiply(self.gradient, self.gradient, out=step)  # g * g
        np.add(self.h, step, out=self.h)  # h <- h + g * g
        np.sqrt(self.h, out=step)  # sqrt(h)
        np.add(step, self._epsilon, out=step)  # sqrt(h) + eps
        np.divide(self.gradient, step, out=step)  # g / (sqrt(h) + eps)
        np.multiply(step, self._rate, out=step)  # lr g / (sqrt(h) + eps)
        np.subtract(self.parameters, step, out=self.parameters)  # W <- W - that
