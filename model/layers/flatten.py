"""Flatten: an image becomes one row of numbers, (channels, height, width) -> (channels * height * width,).

Nothing is computed and nothing is copied: the same numbers are read with another shape.
"""

import math
from typing import ClassVar

from model.arrays import Shape
from model.formula import Formula
from model.layers.layer import Block, LayerSpec
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class Flatten(LayerSpec, tag="flatten", frozen=True):
    """An image as one row of numbers."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Flatten")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Writes the rows of an image one behind the other, as an affine layer needs them."
    )

    forward_formula: ClassVar[Formula] = Formula(r"y_{(c,\,h,\,w)} = ||x_{c,\,h,\,w}")
    backward_formula: ClassVar[Formula] = Formula(
        r"\frac{\partial L}{\partial x_{c,\,h,\,w}} = ||\frac{\partial L}{\partial y_{(c,\,h,\,w)}}"
    )

    def output_shape(self, input_shape: Shape) -> Shape:
        return (math.prod(input_shape),)

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[None, Signal]:
        return None, x.reshaped(output_shape)
