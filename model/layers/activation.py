"""What the activation functions share: one output for one input.

Without a non-linear function between them, affine layers collapse: (x W1) W2 = x (W1 W2) is one affine layer again.
An activation function f is applied to every number on its own, so backward needs only its slope:

    dL/dx = dL/dy * f'(x)

In formulas on the screen what goes in is called z: it is the weighted sum of the affine layer before, and x is what
that layer is given.
"""

from typing import ClassVar

import numpy as np

from model.arrays import Floats, Shape
from model.formula import Formula
from model.layers.layer import Block, Layer, LayerSpec
from model.signal import Signal


class Activation(LayerSpec, frozen=True):
    """A function applied to every number on its own. Its layer: `layer`."""

    layer: ClassVar[type[Layer]]
    formula: ClassVar[str] = ""  # f(x) in plain characters, for labels
    forward_formula: ClassVar[Formula] = Formula(r"y = ||f(z)", "f(<z>)")
    slope_formula: ClassVar[Formula] = Formula("f'(z)")  # the local gradient dy/dz; its numbers may use <z> and <y>
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial z} = ||\frac{\partial L}{\partial y}||\cdot||f'(z)"
    )
    saturates: ClassVar[bool] = False  # is flat at both ends (sigmoid, tanh)
    can_die: ClassVar[bool] = False  # is exactly flat on one side: a unit there learns nothing (ReLU)

    def make(self, x: Signal, y: Signal) -> Layer:
        """The layer at work between `x` and `y`."""
        return self.layer(x, y)

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[Layer | None, Signal]:
        y = Signal.of_size(len(x.values), output_shape, x.values.dtype, learns=x.learns)
        return self.make(x, y), y

    def curve(self, x: Floats) -> tuple[Floats, Floats]:
        """f(x) and f'(x) for a row of numbers (n,), computed by the very layer that the network uses.

        The slope is what backward passes on when the gradient 1 comes in.
        """
        inputs = Signal.of_size(len(x), (1,), x.dtype, learns=True)
        outputs = Signal.of_size(len(x), (1,), x.dtype, learns=True)
        inputs.values[:, 0] = x
        outputs.gradient[:] = 1
        layer = self.make(inputs, outputs)
        with np.errstate(over="ignore"):
            layer.forward()
            layer.backward()
        return outputs.values[:, 0].copy(), inputs.gradient[:, 0].copy()
