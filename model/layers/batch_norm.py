"""Batch normalization: every feature is brought to mean 0 and variance 1 over the batch, then scaled and shifted.

    mu = mean of x        var = mean of (x - mu)^2        both over the batch, for each feature on its own
    xn = (x - mu) / sqrt(var + eps)
    y = scale xn + shift                                  scale and shift are learnt; they start at 1 and 0

However the layers before it change, the layer behind it is given numbers of the same size: learning rates may be
larger, and initial weights matter less. Of an image (channels, height, width) the feature is a channel, and the mean
is taken over the batch and over all of its pixels. A bias right before it has no effect: mu takes it away again.

**Backward.** With M numbers a feature and g = dL/dxn = scale dL/dy. First what is learnt: from y = scale xn + shift,

    dL/dshift = sum dL/dy        dL/dscale = sum dL/dy xn

x_i moves L in three ways: through its own xn_i, and through mu and var, which all others feel. Write r for
1 / sqrt(var + eps). Raising x_i by 1 raises mu by 1 / M and var by 2 (x_i - mu) / M = 2 xn_i / (r M), and r falls by
r^3 / 2 times what var rises. So dxn_j/dx_i = r (1{i = j} - 1/M - xn_j xn_i / M), and summed over all j:

    dL/dx_i = r (g_i - mean(g) - xn_i mean(g xn)) = r scale / M (M dL/dy_i - dL/dshift - xn_i dL/dscale)

**Two modes.** A sample that is evaluated must not depend on whoever else is in the batch. So while it trains the layer
keeps *running statistics*: after every step

    running <- momentum running + (1 - momentum) that of the batch        (of the variance M / (M - 1) times as much)

and an evaluation normalizes with them. M / (M - 1) is because deviations from a mean taken of the same M numbers are
too small by that. A batch with one number a feature has no spread: y = shift, and nothing is taken from it. The running
statistics have no gradient. They lie in the network's state vector, and a training step alone moves them.

Source: S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate
shift", 2015.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar

import numpy as np

from model.arrays import Floats, Shape
from model.formula import Formula
from model.hyperparameter import hyperparameter
from model.layers.layer import Block, Layer, LayerSpec
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal, samples_last


class BatchNormLayer(Layer):
    """Normalization by the statistics of the batch, in training. Inside, arrays are (features, M)."""

    __slots__ = (
        "factor",
        "forget",
        "gradient",
        "keep",
        "mean",
        "normalized",
        "numbers",
        "parameters",
        "product",
        "root",
        "running",
        "small",
        "unbiased",
        "variance",
    )

    remembers = True

    def __init__(self, x: Signal, y: Signal, block: Block, epsilon: float, momentum: float) -> None:
        super().__init__(x, y)
        features, dtype = x.values.shape[1], x.values.dtype
        self.parameters, self.gradient = (
            vector.reshape(2, features, 1) for vector in (block.parameters, block.gradient)
        )
        self.running = block.state.reshape(2, features, 1)  # mean and variance
        self.normalized = by_feature(np.zeros_like(x.values))  # xn
        self.product = by_feature(x.gradient) if x.learns else np.zeros_like(self.normalized)  # dL/dy xn, then dL/dx
        count = self.normalized.shape[1]
        self.mean, self.variance, self.root, self.factor = np.zeros((4, features, 1), dtype)
        self.small, self.numbers = np.array(epsilon, dtype), np.array(count, dtype)  # eps, M
        self.keep, self.forget = np.array(momentum, dtype), np.array(1 - momentum, dtype)
        self.unbiased = np.array(count / max(1, count - 1), dtype)

    def forward(self) -> None:
        x, y, (scale, shift) = by_feature(self.x.values), by_feature(self.y.values), self.parameters
        np.mean(x, axis=1, keepdims=True, out=self.mean)
        np.subtract(x, self.mean, out=self.normalized)
        np.multiply(self.normalized, self.normalized, out=y)  # y is free until the last two lines
        np.mean(y, axis=1, keepdims=True, out=self.variance)
        np.add(self.variance, self.small, out=self.root)
        np.sqrt(self.root, out=self.root)
        np.divide(self.normalized, self.root, out=self.normalized)
        np.multiply(self.normalized, scale, out=y)
        np.add(y, shift, out=y)

    def backward(self) -> None:
        dy, (scale, _), (dscale, dshift) = by_feature(self.y.gradient), self.parameters, self.gradient
        np.sum(dy, axis=1, keepdims=True, out=dshift)
        np.multiply(dy, self.normalized, out=self.product)
        np.sum(self.product, axis=1, keepdims=True, out=dscale)
        if not self.x.learns:
            return
        dx = self.product
        np.divide(dscale, self.numbers, out=self.factor)
        np.multiply(self.normalized, self.factor, out=dx)  # xn dL/dscale / M
        np.subtract(dy, dx, out=dx)
        np.divide(dshift, self.numbers, out=self.factor)
        np.subtract(dx, self.factor, out=dx)
        np.divide(scale, self.root, out=self.factor)
        np.multiply(dx, self.factor, out=dx)  # r scale (dL/dy - dL/dshift / M - xn dL/dscale / M)

    def enlarged(self) -> float:
        """After forward: the largest |scale x / sqrt(var + eps)|. It is rounded to that size, though y is smaller."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.abs(by_feature(self.x.values) * self.parameters[0] / self.root).max())

    def remember(self) -> None:
        if self.numbers > 1:
            mean, variance = self.running
            np.multiply(self.running, self.keep, out=self.running)
            np.add(mean, self.mean * self.forget, out=mean)
            np.add(variance, self.variance * self.unbiased * self.forget, out=variance)


class RunningNormLayer(Layer):
    """Normalization by the running statistics, in an evaluation: an affine map of every feature.

    scale (x - mean) / sqrt(variance + eps) + shift = a x + (shift - a mean) with a = scale / sqrt(variance + eps)
    """

    __slots__ = ("parameters", "running", "small")

    def __init__(self, x: Signal, y: Signal, block: Block, epsilon: float) -> None:
        super().__init__(x, y)
        features, dtype = x.values.shape[1], x.values.dtype
        self.parameters, self.running = (v.reshape(2, features, 1) for v in (block.parameters, block.state))
        self.small = np.array(epsilon, dtype)

    def forward(self) -> None:
        x, y = by_feature(self.x.values), by_feature(self.y.values)
        (scale, shift), (mean, variance) = self.parameters, self.running
        a = scale / np.sqrt(variance + self.small)
        np.multiply(x, a, out=y)
        np.add(y, shift - a * mean, out=y)


def by_feature(numbers: Floats) -> Floats:
    """The values or the gradient of a signal as (features, M), without copying: one row a feature or channel."""
    return samples_last(numbers).reshape(numbers.shape[1], -1)


class BatchNorm(LayerSpec, tag="batch_norm", frozen=True):
    """Every feature at mean 0 and variance 1, then scaled and shifted."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Batch norm")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Brings every unit to mean 0 and variance 1 over the batch, then scales and shifts it: larger learning rates, "
        "less trouble with initial weights. An evaluation uses running statistics.",
    )
    forward_formula: ClassVar[Formula] = Formula(
        r"y = ||\gamma||\cdot||\frac{x-\mu}{\sqrt{\sigma^2+\varepsilon}}||+||\beta"
    )
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial \gamma} = ||\sum_{s}||\frac{\partial L}{\partial y^{(s)}}||\cdot||"
        r"\frac{x^{(s)}-\mu}{\sqrt{\sigma^2+\varepsilon}}"
    )
    momentum: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "momentum of the running statistics"),
            QT_TRANSLATE_NOOP("model", "The share of the running statistics that stays at every step."),
            at_least=0,
            below=1,
        ),
    ] = 0.9
    epsilon: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "epsilon"),
            QT_TRANSLATE_NOOP("model", "Added to the variance, so that nothing is divided by 0."),
            above=0,
            at_most=1,
            scale="log",
        ),
    ] = 1e-5

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"scale": input_shape[:1], "shift": input_shape[:1]}

    def initial(self, input_shape: Shape, random: np.random.Generator) -> Iterator[tuple[str, Floats]]:
        yield "scale", np.ones(input_shape[:1])
        yield "shift", np.zeros(input_shape[:1])

    def state_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        return {"running_mean": input_shape[:1], "running_variance": input_shape[:1]}

    def initial_state(self, input_shape: Shape) -> Iterator[tuple[str, Floats]]:
        yield "running_mean", np.zeros(input_shape[:1])
        yield "running_variance", np.ones(input_shape[:1])

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer, Signal]:
        y = Signal.of_size(len(x.values), output_shape, x.values.dtype, learns=block.learns)
        if block.learns:
            return BatchNormLayer(x, y, block, self.epsilon, self.momentum), y
        return RunningNormLayer(x, y, block, self.epsilon), y
