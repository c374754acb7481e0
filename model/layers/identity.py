"""Identity: f(x) = x, f'(x) = 1. The output of a regression, and the scores that a cross entropy takes.

Nothing is computed: the output *is* the input signal.
"""

from typing import ClassVar

import numpy as np

from model.arrays import Floats, Shape
from model.formula import Formula
from model.layers.activation import Activation
from model.layers.layer import Block
from model.message import QT_TRANSLATE_NOOP
from model.signal import Signal


class Identity(Activation, tag="identity", frozen=True):
    """f(x) = x."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Identity")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Passes its input on unchanged. For outputs; between two affine layers it makes them one."
    )
    formula: ClassVar[str] = "x"
    forward_formula: ClassVar[Formula] = Formula(r"y = ||z", "<z>")
    slope_formula: ClassVar[Formula] = Formula("f'(z) = 1")

    def wire(self, x: Signal, output_shape: Shape, block: Block) -> tuple[None, Signal]:
        return None, x

    def curve(self, x: Floats) -> tuple[Floats, Floats]:
        return x.copy(), np.ones_like(x)
