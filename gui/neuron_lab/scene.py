"""What a plane of the lab can show: a coloured region, lines of neurons, points. All by value."""

from collections.abc import Callable
from dataclasses import dataclass, field

from model.arrays import Floats
from model.perceptron import Neuron, Point


@dataclass(frozen=True)
class Region:
    """Every point of the plane in the colour of what is answered there: blue above `middle`, orange below.

    Two regions are the same where the same `source` answers, a neuron or a network by value.
    """

    answers: Callable[[Floats], Floats] = field(compare=False)  # (n, 2) -> (n,)
    source: object
    middle: float
    spread: float  # distance from the middle that takes the full colour
    name: str = "t"  # of what is answered
    boundary: bool = False  # draw the line where the answer is `middle`


@dataclass(frozen=True)
class Line:
    """The line of a neuron, with its name at one end; `arrow` from a point of it along the weights."""

    neuron: Neuron
    name: str = ""
    style: str = "solid"  # "solid", "pale" (as it was before) or "dashed"
    arrow: Point | None = None
    arrow_name: str = ""


@dataclass(frozen=True)
class Spot:
    """A point of the plane: a sample with its target (a round mark for 0, a square one for 1), or an input."""

    point: Point
    target: int | None = None
    wrong: bool = False  # the neuron's answer is not the target
    current: bool = False  # it is this point's turn
    name: str = ""
