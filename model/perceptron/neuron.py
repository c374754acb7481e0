"""One neuron: inputs x, weights w, a bias b, an activation function f and its output

    t = f(u),    u = w . x + b = w1 x1 + w2 x2 + ... + b

Each input is weighed, the bias is added, and f answers to the sum. With the step for f the neuron says 1 where

    w . x + b > 0,    which is    w . x > theta    with the threshold    theta = -b

The bias is the threshold with its sign changed: a neuron with a large threshold is hard to convince.

Sources. Weights of equal size and a threshold: W. S. McCulloch, W. Pitts, "A logical calculus of the ideas immanent in
nervous activity", Bulletin of Mathematical Biophysics 5 (1943). Weights that are learnt: F. Rosenblatt, "The
perceptron: a probabilistic model for information storage and organization in the brain", Psychological Review 65
(1958).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.arrays import Floats
from model.perceptron.activations import ACTIVATIONS, AnswerFunction

Point = tuple[float, float]


@dataclass(frozen=True)
class Neuron:
    """A neuron by value: its weights, one an input, its bias, and the name of its activation function."""

    weights: tuple[float, ...]
    bias: float
    activation: str = "step"  # a key of ACTIVATIONS

    @property
    def threshold(self) -> float:
        """theta = -b."""
        return 0.0 - self.bias  # never -0

    @property
    def function(self) -> AnswerFunction:
        return ACTIVATIONS[self.activation]

    def with_threshold(self, threshold: float) -> "Neuron":
        """The neuron with the bias b = -theta."""
        return replace(self, bias=0.0 - threshold)

    def sums(self, points: Floats) -> Floats:
        """u = w . x + b of every row of `points` (n, inputs): (n,).

        Added up from the left, input by input, so that a row's sum is the same alone as among others.
        """
        return self.weighted(points) + self.bias

    def weighted(self, points: Floats) -> Floats:
        """w . x of every row of `points` (n, inputs), which the threshold is compared with: (n,)."""
        total = np.zeros(len(points))
        for weight, column in zip(self.weights, points.T, strict=True):
            total += weight * column
        return total

    def outputs(self, points: Floats) -> Floats:
        """t = f(u) of every row of `points` (n, inputs): (n,)."""
        return self.function.apply(self.sums(points))

    def sum(self, x: Sequence[float]) -> float:
        """u of one point (inputs,)."""
        return float(self.sums(np.array([x], float))[0])

    def output(self, x: Sequence[float]) -> float:
        """t of one point (inputs,)."""
        return float(self.outputs(np.array([x], float))[0])
