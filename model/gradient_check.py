"""Gradient check: is backpropagation right? Asked of a method that cannot be wrong, only slow.

A derivative is a limit, so it can be had from the loss alone: move one parameter a little up, a little down, and see
how the loss changed. This is the *central difference*:

    n = (L(w + h) - L(w - h)) / 2h

It takes two forward passes for each parameter, where backpropagation takes one backward pass for all of them. So one
learns by backpropagation, and checks it by differences.

**The error of the method.** Taylor's series around w, on both sides:

    L(w + h) = L + h L' + h^2/2 L'' + h^3/6 L''' + ...
    L(w - h) = L - h L' + h^2/2 L'' - h^3/6 L''' + ...

Subtract: all even terms cancel, and dividing by 2h leaves

    n = L' + h^2/6 L''' + ...           truncation error O(h^2)

(The one-sided (L(w + h) - L(w)) / h keeps h/2 L'' and is only O(h).) So a smaller h is better, until rounding speaks:
L is known to eps = 2.2e-16 of its size only, a difference of two such numbers is off by about eps |L|, and that is
divided by h:

    rounding error about eps |L| / h

The sum of the two is smallest where both are alike, h^3 about eps: h about 1e-5. See `difference_steps` for the curve.

**Kinks.** At 0 a ReLU has no derivative. Where w - h and w + h lie on different sides of such a kink, the difference
mixes two slopes and says nothing about either. These parameters are found by the sides that all pre-activations are on,
and are skipped and counted.

Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 11.5.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from model.arrays import Floats, Vector
from model.batch_loss import BatchLoss, Sides
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.parameters import Entry

EPS = float(np.finfo(np.float64).eps)
ROUNDINGS = 10  # a loss is off by about so many eps: it is the sum of many rounded numbers


class GradientCheck(Spec, tag=False, frozen=True):
    """How a gradient is checked."""

    step: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "difference step"),
            QT_TRANSLATE_NOOP(
                "model",
                "How far a parameter is moved to either side. Large: the loss bends in between; small: rounding drowns "
                "the difference.",
            ),
            above=0,
            at_most=1,
            scale="log",
        ),
    ] = 1e-5
    tolerance: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "tolerance"),
            QT_TRANSLATE_NOOP("model", "The relative error up to which two gradients count as the same."),
            above=0,
            below=1,
            scale="log",
        ),
    ] = 1e-4


@dataclass(frozen=True, eq=False)
class ArrayCheck:
    """Both gradients of one named array. All arrays have the shape of the parameters."""

    entry: Entry
    analytic: Floats  # by backpropagation
    numerical: Floats  # by central differences
    errors: Floats  # relative; nan where a kink was crossed
    kinks: NDArray[np.bool_]  # skipped

    @property
    def skipped(self) -> int:
        return int(self.kinks.sum())

    def place_of(self, index: int) -> tuple[int, ...]:
        """Where in this array the parameter at `index` of the vector is."""
        return tuple(int(i) for i in np.unravel_index(index - self.entry.start, self.entry.shape))

    @property
    def worst(self) -> "Disagreement | None":
        """The parameter with the largest error; None where all were skipped."""
        if self.kinks.all():
            return None
        index = self.entry.start + int(np.nanargmax(self.errors))
        place = self.place_of(index)
        name = f"{self.entry.full_name}[{', '.join(str(i) for i in place)}]"
        numbers = (float(each[place]) for each in (self.analytic, self.numerical, self.errors))
        return Disagreement(name, index, *numbers)


@dataclass(frozen=True)
class Disagreement:
    """One parameter and what the two methods say about it."""

    name: str  # `layers[0].weights[1, 2]`
    index: int  # in the parameter vector
    analytic: float
    numerical: float
    error: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """Both gradients of a whole network at one point. What it means is said by `gradient_verdict`."""

    arrays: tuple[ArrayCheck, ...]  # in the order of the layout
    loss: float
    least: float  # see `tiny`
    settings: GradientCheck

    @property
    def parameters(self) -> int:
        return sum(each.errors.size for each in self.arrays)

    @property
    def skipped(self) -> int:
        return sum(each.skipped for each in self.arrays)

    @property
    def worst(self) -> Disagreement | None:
        """The parameter with the largest error of all; None where every one was skipped."""
        found = [each.worst for each in self.arrays]
        return max((each for each in found if each), key=lambda each: each.error, default=None)

    def array_of(self, index: int) -> ArrayCheck:
        """The array in which the parameter at `index` of the vector is. Raises StopIteration outside."""
        return next(each for each in self.arrays if each.entry.start <= index < each.entry.stop)

    @property
    def wrong(self) -> tuple[ArrayCheck, ...]:
        """The arrays with a parameter that is off by more than the tolerance, in the order of the layout."""
        found = ((each, each.worst) for each in self.arrays)
        return tuple(each for each, worst in found if worst and worst.error > self.settings.tolerance)

    @property
    def largest(self) -> float:
        """The largest gradient in absolute value, as backpropagation has it."""
        return max(float(np.abs(each.analytic).max()) for each in self.arrays)

    @property
    def drowned(self) -> bool:
        """All gradients are so small that rounding leaves too few of their digits to be compared; not simply 0."""
        return 0 < self.largest <= self.least

    @property
    def agrees(self) -> bool:
        """No parameter that was compared is off by more than the tolerance, and there was something to compare."""
        return self.worst is not None and self.worst.error <= self.settings.tolerance and not self.drowned


Tamper = Callable[[BatchLoss], None]


def compare(
    loss: BatchLoss,
    settings: GradientCheck | None = None,
    tamper: Tamper | None = None,
    interrupted: Callable[[], bool] = bool,
    progress: Callable[[int], object] = lambda done: None,
) -> Comparison | None:
    """Backpropagation beside differences, for every parameter of `loss`. None where `interrupted` said so.

    `tamper` may spoil the gradient after backward (see `faults`). `interrupted` is asked before every parameter, and
    `progress` is told how many are done.
    """
    settings = settings or GradientCheck()
    numerical = np.full(loss.layout.size, np.nan)
    kinks = np.zeros(loss.layout.size, np.bool_)
    value = loss.value()
    sides = loss.sides()
    for index in range(loss.layout.size):
        if interrupted():
            return None
        numerical[index], kinks[index] = central_difference(loss, index, settings.step, sides)
        progress(index + 1)
    analytic = loss.gradient()
    if tamper:
        tamper(loss)
    least = tiny(loss, value, settings)
    errors = relative_errors(analytic, numerical, least)
    errors[kinks] = np.nan
    arrays: list[ArrayCheck] = []
    for entry in loss.layout.entries:
        block = slice(entry.start, entry.stop)
        both = analytic[block].reshape(entry.shape).copy(), numerical[block].reshape(entry.shape)
        arrays.append(ArrayCheck(entry, *both, errors[block].reshape(entry.shape), kinks[block].reshape(entry.shape)))
    return Comparison(tuple(arrays), value, least, settings)


def central_difference(loss: BatchLoss, index: int, step: float, sides: Sides) -> tuple[float, bool]:
    """(L(w + h) - L(w - h)) / 2h in the parameter at `index`, and whether a kink lies between: then it means nothing.

    `sides`: those at w itself. The parameter is back where it was afterwards.
    """
    w = loss.parameters[index]
    loss.parameters[index] = w + step
    above, sides_above = loss.value(), loss.sides()
    loss.parameters[index] = w - step
    below, sides_below = loss.value(), loss.sides()
    loss.parameters[index] = w
    kink = not (np.array_equal(sides_above, sides) and np.array_equal(sides_below, sides))
    return (above - below) / (2 * step), kink


def relative_errors(analytic: Vector, numerical: Vector, least: float) -> Vector:
    """|a - n| / max(|a|, |n|, least), element by element; infinite where a or n is not a finite number."""
    with np.errstate(invalid="ignore"):
        size = np.maximum(np.maximum(np.abs(analytic), np.abs(numerical)), least)
        errors = np.abs(analytic - numerical) / size
    return np.where(np.isfinite(analytic) & np.isfinite(numerical), errors, np.inf)


def tiny(loss: BatchLoss, value: float, settings: GradientCheck) -> float:
    """The size below which a gradient is compared with this size instead of with itself.

    The difference is off by ROUNDINGS eps |L| / h from rounding alone. A gradient that is not larger than that by
    1 / tolerance cannot be told from a wrong one by its relative error. Scores as large as S inside a cross entropy
    are rounded to eps S, whatever is left of them in the loss; and batch normalization enlarges what is left of large
    numbers when their mean is taken away, with its rounding.
    """
    loss.value()
    size = max(1.0, abs(value), float(np.abs(loss.wiring.output.values).max()), loss.enlarged())
    return ROUNDINGS * EPS * size / settings.step / settings.tolerance if np.isfinite(size) else 1.0
