"""Targets: what the right answer looks like to the loss.

Classes are numbers 0, 1, 2, ... in the data; the network's outputs are real numbers. Between them stands an encoding:

    one-hot   a 1 at the place of the class, else 0      several outputs
    0 / 1     the probability of class 1                 one output: sigmoid, or sigmoid cross entropy
    -1 / +1   two sides of zero                          one output: tanh or identity with mean squared error

A prediction is read back the same way: the largest output, or the side of the threshold.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.arrays import Floats, Indices
from model.layers import Identity, LayerSpec, Sigmoid, Tanh
from model.losses import LossSpec

Kind = Literal["values", "one_hot", "zero_one", "minus_plus"]


@dataclass(frozen=True)
class Encoding:
    """How targets are written for one loss and one output layer."""

    kind: Kind
    outputs: int  # how many numbers a sample has
    threshold: float = 0.0  # one output: above it the answer is class 1

    def encode(self, targets: Floats | Indices) -> Floats:
        """(n,) classes or (n, outputs) values -> (n, outputs) as the loss takes them, float64."""
        if self.kind == "values":
            return np.asarray(targets, np.float64).reshape(len(targets), self.outputs)
        classes = targets.astype(np.intp)
        if self.kind == "one_hot":
            return np.eye(self.outputs)[classes]
        low = 0.0 if self.kind == "zero_one" else -1.0
        return np.where(classes == 1, 1.0, low).reshape(-1, 1)

    def classes(self, y: Floats) -> Indices:
        """The class that the outputs (n, outputs) of the network choose, (n,)."""
        if self.kind == "one_hot":
            return np.argmax(y, axis=1)
        return (y[:, 0] > self.threshold).astype(np.intp)


def encoding(loss: LossSpec, last: LayerSpec | None, outputs: int, *, regression: bool) -> Encoding | None:
    """The encoding that fits `loss` behind the activation `last`; None where the two leave no sensible one."""
    if regression:
        return Encoding("values", outputs)
    if outputs > 1:
        return Encoding("one_hot", outputs)
    if loss.takes_scores:
        return Encoding("zero_one", 1, threshold=0.0)  # a score of 0 is a probability of 1/2
    if isinstance(last, Sigmoid):
        return Encoding("zero_one", 1, threshold=0.5)
    if last is None or isinstance(last, Tanh | Identity):
        return Encoding("minus_plus", 1, threshold=0.0)
    return None
