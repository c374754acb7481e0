"""What an optimizer is: a rule that turns a gradient into a step through the space of the parameters.

The loss L of a network is a height over that space, one axis per parameter. Training stands at a point W and asks for
the gradient

    g = dL/dW,

which points uphill and is as long as the slope is steep. Every optimizer here goes downhill, W <- W - (something made
of g), and they differ only in what they remember of the gradients before this one.

Two classes share the work:

* an `Optimizer` is the description: its name and its hyperparameters, immutable, as written in an experiment's file;
* a `Rule` is the optimizer at work on one network: bound to the vector of its parameters and to that of its gradient,
  with all that it remembers in `state`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP

Constant = NDArray[np.floating[Any]]  # shape (): one number, in the precision of the vectors
Mask = NDArray[np.bool_]

# Hyperparameters that several optimizers have, with one meaning in all of them.
LearningRate = Annotated[
    float,
    hyperparameter(
        QT_TRANSLATE_NOOP("model", "learning rate"),
        QT_TRANSLATE_NOOP(
            "model",
            "How far one update goes. Too small: training crawls. Too large: it jumps over the valley and may diverge.",
        ),
        above=0,
        at_most=1000,
        scale="log",
    ),
]
Epsilon = Annotated[
    float,
    hyperparameter(
        QT_TRANSLATE_NOOP("model", "epsilon"),
        QT_TRANSLATE_NOOP(
            "model",
            "A tiny number added to the divisor, so that a parameter without any gradient is not divided by zero.",
        ),
        above=0,
        at_most=1,
        scale="log",
    ),
]

AnOptimizer = TypeVar("AnOptimizer", bound="Optimizer")


class Optimizer(Spec, frozen=True):
    """Name and hyperparameters of an update rule. Concrete optimizers give `learning_rate` its default."""

    # One line of the rule each, for one parameter. Their numbers: the hyperparameters by name, the parameter <w>, its
    # gradient <g> as the update goes by it, the number <t> of the update, <decays> (1 for a weight, 0 for a bias), and
    # what the rule remembers; with a dash what became of it: <w'>.
    formulas: ClassVar[tuple[Formula, ...]] = ()
    remembers: ClassVar[tuple[str, ...]] = ()  # names of what `Rule.state` holds for each parameter, in its order

    learning_rate: LearningRate

    def derived(self, numbers: Mapping[str, float]) -> dict[str, float]:
        """What the formulas name besides, made of the other numbers of an update."""
        return {}

    def rule(self, parameters: Vector, gradient: Vector) -> "Rule":
        """This optimizer at work on `parameters` (n,), which it changes in place as `gradient` (n,) tells it.

        Both vectors are kept, never replaced: fill `gradient` anew, then call `update()`.
        Raises ValueError where the two differ in shape or precision.
        """
        raise NotImplementedError


class Rule(ABC):
    """An optimizer bound to one vector of parameters and one of gradients.

    A rule at step t is fully described by `state` and `count`: whoever copies both into a new rule continues with the
    same bits.

    `update` runs once per training step and the networks are small, so what costs is the number of NumPy calls and not
    the arithmetic. Hence three habits in all rules: results go to buffers that are made once (`out=`), constants are
    arrays of shape () (a Python number would be converted at every call), and what can be scaled as a number is not
    scaled as a vector. NumPy's warnings about overflow are left to the caller, who knows what a diverged run means.
    """

    parameters: Vector  # (n,)
    gradient: Vector  # (n,); read at every update, so another vector may be put in its place
    state: Vector  # all that is remembered of the gradients so far; zero before the first update
    count: int  # updates done
    learning_rate: float  # in force; change it with `set_learning_rate`

    def __init__(self, parameters: Vector, gradient: Vector, remembered: int) -> None:
        """`remembered`: how many numbers per parameter the rule keeps from step to step."""
        if parameters.ndim != 1 or parameters.shape != gradient.shape:
            raise ValueError(
                "an optimizer needs one vector of parameters and a gradient as long, "
                f"not shapes {parameters.shape} and {gradient.shape}"
            )
        if parameters.dtype != gradient.dtype:
            raise ValueError(f"parameters are {parameters.dtype}, but their gradient is {gradient.dtype}")
        self.parameters = parameters
        self.gradient = gradient
        self.state = np.zeros(remembered * parameters.size, parameters.dtype)
        self.count = 0
        self.learning_rate = 0.0
        self._rate = self.constant()
        self.decays: Mask | None = None  # all

    @abstractmethod
    def update(self) -> None:
        """One step: changes `parameters` in place, adds `gradient` to what is remembered, and one to `count`."""

    @abstractmethod
    def configure(self, optimizer: Optimizer) -> None:
        """Take new hyperparameters from the next update on; `state` and `count` stay.

        Raises TypeError where `optimizer` is of another kind: its state would mean something else.
        """

    def set_learning_rate(self, learning_rate: float) -> None:
        """Take another learning rate from the next update on; a schedule does so at every step."""
        self.learning_rate = learning_rate
        self._rate[()] = learning_rate

    def decay_only(self, weights: Mask) -> None:
        """`weights` (n,): where the rule by itself pulls parameters towards zero, as few do, it spares all others."""
        self.decays = weights

    def constant(self) -> Constant:
        """Room for one number (shape ()), to be filled by `configure`."""
        return np.zeros((), self.parameters.dtype)


def expect(kind: type[AnOptimizer], optimizer: Optimizer) -> AnOptimizer:
    """`optimizer`, known to be a `kind`. Raises TypeError where it is not."""
    if not isinstance(optimizer, kind):
        raise TypeError(f"a rule of {kind.__name__} cannot take the hyperparameters of {type(optimizer).__name__}")
    return optimizer
