"""Two layers of neurons: two hidden neurons look at the same inputs, and a third looks at what they say.

    h = f(W1 x + b1)        hidden, (2,)
    y = g(w2 . h + b2)      output

XOR. One line cannot part its four corners, two can: x1 XOR x2 is 1 where x1 OR x2 is 1 and x1 NAND x2 is 1 as well,

    s1 = NAND(x1, x2),    s2 = OR(x1, x2),    y = AND(s1, s2)

The hidden layer moves the corners: (0, 1) and (1, 0) both go to (1, 1), the others to (1, 0) and (0, 1). There one line
does it. Depth helps not because the last neuron is cleverer, but because it is asked an easier question.

Two linear layers. With f(u) = u nothing is won:

    y = w2 . (W1 x + b1) + b2 = (w2 W1) . x + (w2 . b1 + b2) = w' . x + b'

That is one neuron again, with the weights w' = w2 W1 and the bias b' = w2 . b1 + b2: one straight line, however many
linear layers. What bends it is the function between them.
"""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import Floats
from model.perceptron.gates import GATES
from model.perceptron.neuron import Neuron


@dataclass(frozen=True)
class TwoLayers:
    """Two hidden neurons with two inputs each, and an output neuron whose inputs they are."""

    hidden: tuple[Neuron, Neuron]
    output: Neuron

    def hidden_outputs(self, points: Floats) -> Floats:
        """h of every row of `points` (n, 2): (n, 2)."""
        return np.stack([neuron.outputs(points) for neuron in self.hidden], axis=1)

    def sums(self, points: Floats) -> Floats:
        """u = w2 . h + b2 of the output neuron for every row of `points` (n, 2): (n,)."""
        return self.output.sums(self.hidden_outputs(points))

    def outputs(self, points: Floats) -> Floats:
        """y of every row of `points` (n, 2): (n,)."""
        return self.output.function.apply(self.sums(points))

    def with_neuron(self, which: int, neuron: Neuron) -> "TwoLayers":
        """Another neuron in one place: 0 and 1 are the hidden ones, 2 is the output."""
        first, second = self.hidden
        if which == 2:
            return replace(self, output=neuron)
        return replace(self, hidden=(neuron, second) if which == 0 else (first, neuron))

    def with_activation(self, activation: str) -> "TwoLayers":
        """The same weights with another function in the hidden neurons."""
        first, second = (replace(neuron, activation=activation) for neuron in self.hidden)
        return replace(self, hidden=(first, second))

    def composite(self) -> Neuron:
        """The one neuron that does the same where the hidden neurons are linear: w' = w2 W1, b' = w2 . b1 + b2."""
        first, second = self.hidden
        v1, v2 = self.output.weights
        weights = tuple(v1 * a + v2 * b for a, b in zip(first.weights, second.weights, strict=True))
        bias = v1 * first.bias + v2 * second.bias + self.output.bias
        return Neuron(weights, bias, self.output.activation)


XOR_NETWORK = TwoLayers((GATES["NAND"].neuron, GATES["OR"].neuron), GATES["AND"].neuron)

TWO_LINEAR_LAYERS = TwoLayers(
    (Neuron((1.0, -0.5), 0.5, "identity"), Neuron((0.5, 1.0), -0.5, "identity")), Neuron((1.0, -1.5), 0.5, "identity")
)
