"""RMSProp: AdaGrad with a memory that fades.

    h <- d h + (1 - d) g * g               moving average of the squared gradients, parameter by parameter
    W <- W - lr g / (sqrt(h) + eps)

sqrt(h) is the root of a mean of squares: the name. AdaGrad adds up all squares since the start, so its steps can only
shrink. Here the square of k steps ago has the weight (1 - d) d^k: the average reaches back about 1 / (1 - d) steps
(ten, with d = 0.9), forgets a steep start, and the steps grow again where the ground becomes flat.

The weights sum to (1 - d)(1 + d + ... + d^(t-1)) = 1 - d^t, less than one while t is small, because h starts at zero.
The first step is therefore too long by a factor 1 / sqrt(1 - d), three at d = 0.9. Adam corrects this; RMSProp does
not.

Under a constant slope the step is lr whatever the slope: near the bottom it does not shrink by itself, and W dances
about the minimum at a distance of about lr.

Source: T. Tieleman and G. Hinton, "Lecture 6e - rmsprop: Divide the gradient by a running average of its recent
magnitude", Neural Networks for Machine Learning, Coursera (2012).
"""

from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.optimizers.optimizer import Epsilon, LearningRate, Optimizer, Rule, expect


class RMSProp(Optimizer, tag="rmsprop", frozen=True):
    """Adaptive learning rates from a moving average of the squared gradients."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "RMSProp")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "As AdaGrad, but old gradients are forgotten: each step is divided by the root of the recent mean square, "
        "so the steps do not die out.",
    )
    formulas: ClassVar[tuple[Formula, ...]] = (
        Formula(r"h \leftarrow ||d\,h||+||(1 - d)\,g^2", "<decay> · <h> + (1 − <decay>) · <g>² = <h'>"),
        Formula(
            r"w \leftarrow ||w||-||\eta\,\frac{g}{\sqrt{h} + \varepsilon}",
            "<w> − <learning_rate> · <g> / (√<h'> + <epsilon>) = <w'>",
        ),
    )
    remembers: ClassVar[tuple[str, ...]] = ("h",)

    learning_rate: LearningRate = 0.01
    decay: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "decay"),
            QT_TRANSLATE_NOOP(
                "model",
                "Share of the average that is kept at each step: 0.9 looks back about ten steps, 0.99 a hundred.",
            ),
            at_least=0,
            below=1,
        ),
    ] = 0.9
    epsilon: Epsilon = 1e-7

    def rule(self, parameters: Vector, gradient: Vector) -> "RMSPropRule":
        return RMSPropRule(self, parameters, gradient)


class RMSPropRule(Rule):
    """h <- d h + (1 - d) g * g; W <- W - lr g / (sqrt(h) + eps). Its state is the average h."""

    h: Vector

    def __init__(self, rmsprop: RMSProp, parameters: Vector, gradient: Vector) -> None:
        super().__init__(parameters, gradient, remembered=1)
        self.h = self.state
        self._kept = self.constant()
        self._fresh = self.constant()
        self._epsilon = self.constant()
        self._step = np.empty_like(parameters)
        self.configure(rmsprop)

    def configure(self, optimizer: Optimizer) -> None:
        rmsprop = expect(RMSProp, optimizer)
        self.set_learning_rate(rmsprop.learning_rate)
        self._kept[()] = rmsprop.decay
        self._fresh[()] = 1 - rmsprop.decay
        self._epsilon[()] = rmsprop.epsilon

    def update(self) -> None:
        self.count += 1
        step = self._step
        np.multiply(self.h, self._kept, out=self.h)  # d h
        np.multiply(self.gradient, self.gradient, out=step)  # g * g
        np.multiply(step, self._fresh, out=step)  # (1 - d) g * g
        np.add(self.h, step, out=self.h)  # h <- d h + (1 - d) g * g
        np.sqrt(self.h, out=step)  # sqrt(h)
        np.add(step, self._epsilon, out=step)  # sqrt(h) + eps
        np.divide(self.gradient, step, out=step)  # g / (sqrt(h) + eps)
        np.multiply(step, self._rate, out=step)  # lr g / (sqrt(h) + eps)
        np.subtract(self.parameters, step, out=self.parameters)  # W <- W - that
