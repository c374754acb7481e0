"""What the boundary of two layers is: the places of the plane where y = v1 f(a1) + v2 f(a2) + c begins to be above 0.

a1 = w1 . x + b1 and a2 = w2 . x + b2 are the sums of the hidden neurons, f is what stands between the layers. A neuron
whose output weight v is 0, or whose own weights are all 0, adds nothing but a constant: it does not count.

    none count        y is the same everywhere: no boundary.
    one counts        y follows a1 alone. f never turns back (it is monotone), so that y passes 0 at one a1 at most:
                      one straight line, or none.
    both, w1 || w2    y changes along one direction only: straight lines beside each other, or none.
    both, apart       a1 and a2 take all pairs of values, and everything depends on f:

      identity        one line, see two_layers.
      tanh            y lies between c - |v1| - |v2| and c + |v1| + |v2|. Where 0 lies between them, the boundary is a
                      curve, with one exception: for c = 0 and |v1| = |v2| it is tanh a1 = +-tanh a2, which is
                      a1 = +-a2, a straight line. (Were another one straight, a1 = p a2 + q, then far out on either of
                      its sides v1 and v2 with some signs, and on the other with the opposite ones, would add up to -c:
                      only so is that possible.)
      relu            y is c where both are asleep, and from there rises or falls with a1 and with a2. If both lead
                      away from 0, there is no boundary; else it is put together of pieces with a corner between them.
      step            y has four values, one in each quarter of the plane between both lines. If whether it is above 0
                      depends on one of the lines alone, that line is the boundary; else it has a corner.
"""

from typing import Literal

import numpy as np

from model.perceptron.decimal_sum import decimal_sum
from model.perceptron.line import has_line
from model.perceptron.two_layers import TwoLayers

Boundary = Literal[
    "none",  # y is above 0 everywhere or nowhere
    "composite",  # the layers are linear: the line of the one neuron that they are
    "first",  # one straight line: whether y is above 0 depends on the first hidden neuron alone
    "second",
    "parallel",  # straight lines beside each other, or none
    "mirrored",  # tanh alone: a1 = a2 or a1 = -a2, one straight line
    "bent",
]


def boundary(network: TwoLayers) -> Boundary:
    """What the boundary of `network` is; its hidden neurons have one function, identity, tanh, relu or step."""
    activation = network.hidden[0].activation
    if activation == "identity":
        return "composite" if has_line(network.composite()) else "none"
    v = network.output.weights
    counts = [weight != 0 and has_line(neuron) for weight, neuron in zip(v, network.hidden, strict=True)]
    rest = [network.output.bias]  # c, and what neurons add that do not count
    for neuron, weight, counted in zip(network.hidden, v, counts, strict=True):
        if not counted:
            rest.append(weight * neuron.function.apply(np.array([neuron.bias])).item())
    c = decimal_sum(rest).item()
    moving = tuple(weight for weight, counted in zip(v, counts, strict=True) if counted)
    if not _crosses(activation, moving, c):
        return "none"
    if len(moving) == 1:
        return "first" if counts[0] else "second"
    if _parallel(network):
        return "parallel"
    if activation == "step":
        return _between_quarters(v, c)
    mirrored = activation == "tanh" and c == 0 and abs(v[0]) == abs(v[1])
    return "mirrored" if mirrored else "bent"


def _crosses(activation: str, v: tuple[float, ...], c: float) -> bool:
    """Whether y = sum_i v_i f(a_i) + c can be above 0 and can be not above 0, while all a_i take any value."""
    lowest, highest = {"tanh": (-1.0, 1.0), "relu": (0.0, np.inf), "step": (0.0, 1.0)}[activation]
    ends = [sorted((weight * lowest, weight * highest)) for weight in v]
    least, most = (decimal_sum([c, *(pair[side] for pair in ends)]).item() for side in (0, 1))
    if activation == "tanh":
        return least < 0 < most  # it never reaches its ends
    return least <= 0 < most


def _parallel(network: TwoLayers) -> bool:
    """Whether the weight vectors of both hidden neurons point the same way or opposite ways."""
    (a, b), (d, e) = (neuron.weights for neuron in network.hidden)
    return decimal_sum([a * e, -b * d]).item() == 0


def _between_quarters(v: tuple[float, ...], c: float) -> Boundary:
    """The step's: along one line where what is above 0 depends on that one alone."""
    neither, second, first, both = (
        decimal_sum([c, *terms]).item() > 0 for terms in ((), (v[1],), (v[0],), (v[0], v[1]))
    )
    if neither == second and first == both:
        return "first"
    if neither == first and second == both:
        return "second"
    return "bent"
