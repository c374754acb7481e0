"""Initial weights: why they are random, and how large.

All zero, and every unit of a layer computes the same, receives the same gradient and stays the same for ever: the
layer has one unit, however many are drawn. So weights start random. How large?

A unit adds n_in products: z = sum_i w_i x_i. With independent, zero-mean w and inputs of second moment E[x^2],

    Var(z) = n_in Var(w) E[x^2].

Forward, the signal keeps its size from layer to layer where n_in Var(w) = 1. Backward, a gradient is a sum over n_out
units, and keeps its size where n_out Var(w) = 1.

- Xavier takes the mean of both: Var(w) = 2 / (n_in + n_out). It assumes f(z) ~ z near 0 (tanh, identity).
- He: a ReLU sets half of its inputs to zero, so E[f(z)^2] = Var(z) / 2, and the variance must double: 2 / n_in.

Nothing above asks for the bell curve: only the variance counts. Both rules also come as *uniform* distributions, whose
weights all lie between -a and a. There

    Var(w) = 1/(2a) (integral of w^2 from -a to a) = a^2 / 3,        so a = sqrt(3 Var(w)):

a = sqrt(6 / (n_in + n_out)) for Xavier, sqrt(6 / n_in) for He. How far signals then get through many layers is
measured in `initial_weights`.

Sources: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010;
K. He et al., "Delving deep into rectifiers", 2015.
"""

import math
from typing import Annotated, ClassVar, get_args

import numpy as np

from model.arrays import Floats
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP


class Initializer(Spec, frozen=True):
    """The rule by which the weights of a layer start. Biases start at zero."""

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        """Of the distribution with mean 0 that the weights are drawn from; 0 where none is drawn."""
        raise NotImplementedError

    def draw(self, n_in: int, n_out: int, random: np.random.Generator, units: int | None = None) -> Floats:
        """Initial weights, (n_in, units). Drawn unit by unit, so that one more unit leaves the others alone.

        `units`: how many, where an input does not go into just one sum of each (a convolution); else n_out.
        """
        shape = n_out if units is None else units, n_in
        return random.standard_normal(shape).T * self.standard_deviation(n_in, n_out)


class Zero(Initializer, tag="zero", frozen=True):
    """All weights 0."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "zero")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "All weights start at 0. Units of a layer then stay equal to each other: the classic mistake."
    )

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        return 0.0

    def draw(self, n_in: int, n_out: int, random: np.random.Generator, units: int | None = None) -> Floats:
        return np.zeros(
            (n_in, n_out if units is None else units)
        )  # a random number times 0 would be -0 half of the time


class Constant(Initializer, tag="constant", frozen=True):
    """All weights the same number."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "constant")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "All weights start at the same value. Units of a layer then stay equal to each other."
    )
    value: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "value"),
            QT_TRANSLATE_NOOP("model", "The value that every weight starts from."),
            at_least=-1000,
            at_most=1000,
        ),
    ] = 0.5

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        return 0.0

    def draw(self, n_in: int, n_out: int, random: np.random.Generator, units: int | None = None) -> Floats:
        return np.full((n_in, n_out if units is None else units), self.value)


class Normal(Initializer, tag="normal", frozen=True):
    """Normal with a chosen standard deviation."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "normal")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Weights drawn from a normal distribution with mean 0 and a standard deviation of your choice."
    )
    std: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "standard deviation"),
            QT_TRANSLATE_NOOP("model", "How far the initial weights spread around 0."),
            at_least=0,
            at_most=1000,
            scale="log",
        ),
    ] = 0.01

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        return self.std


class Xavier(Initializer, tag="xavier", frozen=True):
    """Normal with variance 2 / (n_in + n_out)."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Xavier")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Variance 2 / (inputs + outputs): keeps signals and gradients at one size through tanh and sigmoid layers.",
    )

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        return math.sqrt(2 / (n_in + n_out))


class He(Initializer, tag="he", frozen=True):
    """Normal with variance 2 / n_in."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "He")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Variance 2 / inputs: makes up for the half of the signal that a ReLU sets to zero."
    )

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        return math.sqrt(2 / n_in)


class Uniform(Initializer, frozen=True):
    """A rule whose weights lie evenly between -limit and limit."""

    def limit(self, n_in: int, n_out: int) -> float:
        """The largest size of a weight, a."""
        raise NotImplementedError

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        return self.limit(n_in, n_out) / math.sqrt(3)

    def draw(self, n_in: int, n_out: int, random: np.random.Generator, units: int | None = None) -> Floats:
        shape = n_out if units is None else units, n_in
        return (2 * random.random(shape).T - 1) * self.limit(n_in, n_out)  # from [0, 1) to [-a, a)


class XavierUniform(Uniform, tag="xavier_uniform", frozen=True):
    """Uniform with variance 2 / (n_in + n_out)."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Xavier uniform")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Evenly between -a and a with a = sqrt(6 / (inputs + outputs)): the variance of Xavier, without rare large "
        "weights.",
    )

    def limit(self, n_in: int, n_out: int) -> float:
        return math.sqrt(6 / (n_in + n_out))


class HeUniform(Uniform, tag="he_uniform", frozen=True):
    """Uniform with variance 2 / n_in."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "He uniform")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Evenly between -a and a with a = sqrt(6 / inputs): the variance of He, without its rare large weights.",
    )

    def limit(self, n_in: int, n_out: int) -> float:
        return math.sqrt(6 / n_in)


AnyInitializer = Xavier | He | XavierUniform | HeUniform | Normal | Constant | Zero
INITIALIZERS: tuple[type[Initializer], ...] = get_args(AnyInitializer)
