"""AdamW: Adam, and beside it a decay of the weights that Adam's step lengths cannot touch.

    m, v, m_hat, v_hat                            as in Adam
    W <- W - lr (m_hat / (sqrt(v_hat) + eps) + d W)

Why not simply a penalty. With SGD, the penalty (d / 2) |W|^2 adds d W to the gradient, and each update multiplies the
weights by 1 - lr d: penalty and decay are one thing. With Adam they are not. There d W would go into g, and be divided
by sqrt(v_hat) like all of g: a weight with large gradients would hardly be held back, one with small gradients all the
more, so the strength of the penalty would depend on the steepness of the loss. Here the decay is *decoupled*: it is
added after the division, and every weight shrinks by the same share lr d at each step.

Two ways of counting d. The paper writes eta_t (alpha m_hat / (sqrt(v_hat) + eps) + lambda W), with a schedule eta_t
around both terms and alpha in front of the first alone. With alpha = 1 and eta_t = lr, times the schedule's factor,
that is the line above; it is also how PyTorch and Keras count. Who takes alpha for the learning rate has
lambda = lr d.

Biases are spared: they do not bend what the network computes, they only move it (see `regularization`).

Source: I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 7th International Conference on Learning
Representations (2019), arXiv:1711.05101, algorithm 2.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.optimizers.adam import Adam, AdamRule
from model.optimizers.optimizer import Mask, Optimizer, expect


class AdamW(Adam, tag="adamw", frozen=True):
    """Adam with decoupled weight decay."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "AdamW")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Adam with a weight decay of its own: every weight shrinks by the same share at each step, however steep its "
        "slope is. Biases do not shrink.",
    )
    formulas: ClassVar[tuple[Formula, ...]] = (
        *Adam.formulas[:-1],
        Formula(
            r"w \leftarrow ||w||-||\eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}||-||\eta\,d\,w",
            "<w> − <learning_rate> · <m_hat> / (√<v_hat> + <epsilon>) − <learning_rate> · <weight_decay> · <w> = <w'>",
        ),
    )

    weight_decay: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "weight decay"),
            QT_TRANSLATE_NOOP(
                "model",
                "Each step takes this share, times the learning rate, away from every weight. At 0 it is Adam.",
            ),
            at_least=0,
            at_most=10,
        ),
    ] = 0.01

    def derived(self, numbers: Mapping[str, float]) -> dict[str, float]:
        return super().derived(numbers) | {"weight_decay": self.weight_decay * numbers["decays"]}

    def rule(self, parameters: Vector, gradient: Vector) -> "AdamWRule":
        return AdamWRule(self, parameters, gradient)


class AdamWRule(AdamRule):
    """Algorithm 2 of the paper. Its state is that of Adam; the decay remembers nothing."""

    def __init__(self, adamw: AdamW, parameters: Vector, gradient: Vector) -> None:
        self._decay = 0.0  # d
        self._lost = np.zeros_like(parameters)  # lr d for a weight, 0 for a bias
        self._shrinking = np.empty_like(parameters)
        super().__init__(adamw, parameters, gradient)

    def configure(self, optimizer: Optimizer) -> None:
        self._decay = expect(AdamW, optimizer).weight_decay
        super().configure(optimizer)

    def set_learning_rate(self, learning_rate: float) -> None:
        super().set_learning_rate(learning_rate)
        self._lost[...] = learning_rate * self._decay
        if self.decays is not None:
            self._lost *= self.decays

    def decay_only(self, weights: Mask) -> None:
        super().decay_only(weights)
        self.set_learning_rate(self.learning_rate)

    def update(self) -> None:
        np.multiply(self.parameters, self._lost, out=self._shrinking)  # lr d W, with W as it was before the step
        super().update()  # W <- W - lr m_hat / (sqrt(v_hat) + eps)
        np.subtract(self.parameters, self._shrinking, out=self.parameters)  # W <- W - lr d W
