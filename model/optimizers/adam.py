"""Adam: the direction of Momentum, the step length of RMSProp, and both averages corrected for their start.

    m <- b1 m + (1 - b1) g                 moving average of the gradient: the first moment
    v <- b2 v + (1 - b2) g * g             moving average of its square: the second moment
    m_hat = m / (1 - b1^t)                 t: number of this update, counted from 1
    v_hat = v / (1 - b2^t)
    W <- W - lr m_hat / (sqrt(v_hat) + eps)

Why the correction. m starts at zero. Written out, after t updates

    m = (1 - b1) (g_t + b1 g_(t-1) + ... + b1^(t-1) g_1),

and the weights sum to (1 - b1) (1 + b1 + ... + b1^(t-1)) = 1 - b1^t, by the geometric series. A mean needs weights
that sum to one, so m is divided by their sum. With b2 = 0.999 the sum is 0.001 at the first update: without the
correction sqrt(v) would be 32 times too small there. With it, m_hat = g and sqrt(v_hat) = |g| at t = 1: the first
step is lr, against the sign of each gradient, however steep the slope. Later both sums approach one, and the
correction fades.

How it is computed. The vectors m_hat and v_hat are never made. With c1 = 1 - b1^t and c2 = 1 - b2^t, numerator and
denominator are both multiplied by sqrt(c2):

    lr (m / c1)                  lr sqrt(c2) / c1  m
    ----------------------  =  ------------------------
    sqrt(v / c2) + eps           sqrt(v) + sqrt(c2) eps

The two products of numbers on the right cost nothing; the two divisions of vectors on the left would. (The paper
gives this form at the end of its section 2.) For the same reason m and v are neighbours in one vector, which fades by
(b1, ..., b1, b2, ..., b2) in a single call.

Source: D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", 3rd International Conference on Learning
Representations (2015), arXiv:1412.6980, algorithm 1.
"""

from collections.abc import Mapping
from math import sqrt
from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.optimizers.optimizer import Epsilon, LearningRate, Optimizer, Rule, expect


class Adam(Optimizer, tag="adam", frozen=True):
    """Adaptive moment estimation."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Adam")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Momentum and RMSProp together: a moving average of the gradient gives the direction, one of its square the "
        "step length. Works on most networks as it stands.",
    )
    formulas: ClassVar[tuple[Formula, ...]] = (
        Formula(r"m \leftarrow ||\beta_1 m||+||(1 - \beta_1)\,g", "<beta1> · <m> + (1 − <beta1>) · <g> = <m'>"),
        Formula(r"v \leftarrow ||\beta_2 v||+||(1 - \beta_2)\,g^2", "<beta2> · <v> + (1 − <beta2>) · <g>² = <v'>"),
        Formula(r"\hat m = ||\frac{m}{1 - \beta_1^{\,t}}", "<m'> / (1 − <beta1>^<t>) = <m_hat>"),
        Formula(r"\hat v = ||\frac{v}{1 - \beta_2^{\,t}}", "<v'> / (1 − <beta2>^<t>) = <v_hat>"),
        Formula(
            r"w \leftarrow ||w||-||\eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}",
            "<w> − <learning_rate> · <m_hat> / (√<v_hat> + <epsilon>) = <w'>",
        ),
    )
    remembers: ClassVar[tuple[str, ...]] = ("m", "v")

    learning_rate: LearningRate = 0.01
    beta1: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "beta 1"),
            QT_TRANSLATE_NOOP("model", "Share of the averaged gradient that is kept at each step: its momentum."),
            at_least=0,
            below=1,
        ),
    ] = 0.9
    beta2: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "beta 2"),
            QT_TRANSLATE_NOOP(
                "model",
                "Share of the averaged squared gradient that is kept at each step: 0.999 looks back a thousand steps.",
            ),
            at_least=0,
            below=1,
        ),
    ] = 0.999
    epsilon: Epsilon = 1e-7

    def derived(self, numbers: Mapping[str, float]) -> dict[str, float]:
        kept = {"m": self.beta1 ** numbers["t"], "v": self.beta2 ** numbers["t"]}
        return {f"{name}_hat": numbers[f"{name}'"] / (1 - share) for name, share in kept.items()}

    def rule(self, parameters: Vector, gradient: Vector) -> "AdamRule":
        return AdamRule(self, parameters, gradient)


class AdamRule(Rule):
    """Algorithm 1 of the paper. Its state is m, then v; the t of the bias correction is `count`."""

    m: Vector
    v: Vector

    def __init__(self, adam: Adam, parameters: Vector, gradient: Vector) -> None:
        super().__init__(parameters, gradient, remembered=2)
        n = parameters.size
        self.m, self.v = self.state[:n], self.state[n:]
        self._kept = np.empty_like(self.state)  # b1 n times, then b2 n times
        self._fresh = np.empty_like(self.state)  # 1 - b1 n times, then 1 - b2 n times
        self._news = np.empty_like(self.state)  # what this gradient adds to m, then to v
        self._news_m, self._news_v = self._news[:n], self._news[n:]
        self._step = np.empty_like(parameters)
        self._rate_t = self.constant()
        self._epsilon_t = self.constant()
        self.configure(adam)

    def configure(self, optimizer: Optimizer) -> None:
        adam = expect(Adam, optimizer)
        n = self.parameters.size
        self._kept[:n], self._kept[n:] = adam.beta1, adam.beta2
        self._fresh[:n], self._fresh[n:] = 1 - adam.beta1, 1 - adam.beta2
        self._adam = adam
        self.set_learning_rate(adam.learning_rate)

    def update(self) -> None:
        self.count += 1
        adam, step = self._adam, self._step
        c1 = 1 - adam.beta1**self.count  # sum of the weights in m
        root_c2 = sqrt(1 - adam.beta2**self.count)  # root of the sum of the weights in v
        self._rate_t[()] = self.learning_rate * root_c2 / c1
        self._epsilon_t[()] = adam.epsilon * root_c2

        np.copyto(self._news_m, self.gradient)  # g
        np.multiply(self.gradient, self.gradient, out=self._news_v)  # g * g
        np.multiply(self._news, self._fresh, out=self._news)  # (1 - b1) g       | (1 - b2) g * g
        np.multiply(self.state, self._kept, out=self.state)  # b1 m              | b2 v
        np.add(self.state, self._news, out=self.state)  # m <- b1 m + (1 - b1) g | v <- b2 v + (1 - b2) g * g
        np.sqrt(self.v, out=step)  # sqrt(v)
        np.add(step, self._epsilon_t, out=step)  # sqrt(v) + sqrt(c2) eps
        np.divide(self.m, step, out=step)  # m / (sqrt(v) + sqrt(c2) eps)
        np.multiply(step, self._rate_t, out=step)  # lr m_hat / (sqrt(v_hat) + eps)
        np.subtract(self.parameters, step, out=self.parameters)  # W <- W - that
