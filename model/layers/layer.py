"""What every layer promises: the contract.

A layer has two sides, both in one file. The *spec* is what the experiment says about it (how many units, how its
weights start): immutable, written to JSON. The *layer* computes: it is wired once between two signals and then only
runs forward() and backward().

    forward:   y = f(x; w)
    backward:  dL/dx = dL/dy . dy/dx    and    dL/dw = dL/dy . dy/dw

Backward is the chain rule, one link at a time: a layer receives the gradient of the loss with respect to its output
and needs to know nothing else of the network.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from model.arrays import Floats, Shape, Vector
from model.formula import Formula
from model.hyperparameter import Spec
from model.message import Message
from model.signal import Signal


class ShapeError(Exception):
    """A layer cannot take samples of this shape; `message` says what it takes instead."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, eq=False)
class Block:
    """What one layer is given of a network: its pieces of the three vectors, and whether it is to learn.

    A layer learns of its *mode* here. With `learns` it is wired for training steps: it throws its dice, looks at the
    batch, has room for gradients. Without, it is wired for an evaluation: no randomness, no gradient (which is empty
    then), one sample does not depend on the others.
    """

    parameters: Vector
    gradient: Vector
    state: Vector  # what it learns without a gradient
    learns: bool


class Layer:
    """A layer at work, wired to one input and one output signal."""

    __slots__ = ("x", "y")

    draws = False  # it throws dice: `draw` is called before every training step, and never in an evaluation
    remembers = False  # it learns without a gradient: `remember` is called at the end of every training step

    def __init__(self, x: Signal, y: Signal) -> None:
        self.x = x
        self.y = y

    def forward(self) -> None:
        """Write y.values from x.values."""
        raise NotImplementedError

    def draw(self, random: np.random.Generator) -> None:
        """Throw the dice of one training step. `random` is at the place of this step in the layer's own stream."""

    def remember(self) -> None:
        """Take what the last forward() met into the state. Nothing else ever changes the state."""

    def backward(self) -> None:
        """Write the gradient of the layer's own parameters, and x.gradient from y.gradient (where x has one)."""
        raise NotImplementedError


class LayerSpec(Spec, frozen=True):
    """What an experiment says about a layer."""

    forward_formula: ClassVar[Formula] = Formula(r"\mathbf{y} = ||f(\mathbf{x})")
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial \mathbf{x}} = ||\frac{\partial L}{\partial \mathbf{y}}||\cdot||"
        r"\frac{\partial \mathbf{y}}{\partial \mathbf{x}}"
    )
    weighted: ClassVar[bool] = False  # its outputs are units, each with weights of its own: a column of the diagram
    output_limit: ClassVar[float | None] = None  # no output is larger than this in absolute value; None: they may be

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape of a sample behind the layer. Raises ShapeError where it cannot take `input_shape`."""
        return input_shape

    def parameter_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """The arrays that this layer learns, by name, in the order in which they lie in the parameter vector."""
        return {}

    def initial(self, input_shape: Shape, random: np.random.Generator) -> Iterator[tuple[str, Floats]]:
        """Initial values of those arrays."""
        return iter(())

    def state_shapes(self, input_shape: Shape) -> dict[str, Shape]:
        """The arrays that it learns without a gradient, in the order in which they lie in the state vector."""
        return {}

    def initial_state(self, input_shape: Shape) -> Iterator[tuple[str, Floats]]:
        """Initial values of those arrays. No random numbers."""
        return iter(())

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer | None, Signal]:
        """The layer at work on signal `x`, and its output signal. `block`: what this layer has of the network.

        The layer is None where nothing is to be computed (Flatten, Identity, Dropout in an evaluation).
        """
        raise NotImplementedError
