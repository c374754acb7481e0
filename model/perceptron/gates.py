"""Gates: what one neuron can say about two truths, and what it cannot.

Two inputs that are 0 or 1 have four rows. A gate says for each row whether the answer is 1. With the step function a
neuron answers 1 where w1 x1 + w2 x2 + b > 0, so that each row demands something of the three numbers:

    x1 x2 = 0 0    b            x1 x2 = 0 1         w2 + b
    x1 x2 = 1 0    w1 + b       x1 x2 = 1 1    w1 + w2 + b       above 0 where the answer is 1, else at most 0

AND, OR and NAND leave many choices. Exclusive or (XOR: one of the two, but not both) leaves none:

    b <= 0,    w2 + b > 0,    w1 + b > 0,    w1 + w2 + b <= 0

Add the two in the middle, and the two outside:

    w1 + w2 + 2b > 0    and    w1 + w2 + 2b <= 0

The same number cannot be both. Whatever the weights, at least one row stays wrong: M. Minsky, S. Papert, "Perceptrons"
(1969). In the plane: no straight line has (0, 1) and (1, 0) on one side, (0, 0) and (1, 1) on the other.
"""

from dataclasses import dataclass

import numpy as np

from model.message import QT_TRANSLATE_NOOP
from model.perceptron.neuron import Neuron, Point

CORNERS: tuple[Point, ...] = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True)
class Gate:
    """The answers of a gate to the four corners, and a neuron that gives them (for XOR: the best that it can)."""

    label: str
    meaning: str
    targets: tuple[int, int, int, int]  # of CORNERS
    neuron: Neuron


GATES: dict[str, Gate] = {
    "AND": Gate(
        "AND", QT_TRANSLATE_NOOP("model", "1 where both inputs are 1."), (0, 0, 0, 1), Neuron((0.5, 0.5), -0.7)
    ),
    "NAND": Gate(
        "NAND",
        QT_TRANSLATE_NOOP("model", "0 where both inputs are 1: not AND."),
        (1, 1, 1, 0),
        Neuron((-0.5, -0.5), 0.7),
    ),
    "OR": Gate(
        "OR", QT_TRANSLATE_NOOP("model", "1 where one input or both are 1."), (0, 1, 1, 1), Neuron((0.5, 0.5), -0.2)
    ),
    "XOR": Gate(
        "XOR",
        QT_TRANSLATE_NOOP("model", "1 where exactly one input is 1: exclusive or."),
        (0, 1, 1, 0),
        Neuron((0.5, 0.5), -0.2),
    ),
}


@dataclass(frozen=True)
class Row:
    """One row of a truth table, as a neuron answers it."""

    x: Point
    target: int
    sum: float  # w . x + b, which the row demands to be above 0 (target 1) or at most 0 (target 0)
    output: int

    @property
    def right(self) -> bool:
        return self.output == self.target


def truth_table(neuron: Neuron, targets: tuple[int, ...]) -> tuple[Row, ...]:
    """The four rows of `targets` with what `neuron`, taken with the step function, says to each."""
    sums = neuron.sums(np.array(CORNERS)).tolist()
    return tuple(Row(x, t, u, int(u > 0)) for x, t, u in zip(CORNERS, targets, sums, strict=True))


def gate_of(neuron: Neuron) -> str | None:
    """The key in GATES of the gate that `neuron`, taken with the step function, is; None where it is another one."""
    outputs = tuple(int(u > 0) for u in neuron.sums(np.array(CORNERS)).tolist())
    return next((key for key, gate in GATES.items() if gate.targets == outputs), None)


def pair_sums(neuron: Neuron) -> tuple[float, float]:
    """The sums of the corners (0, 1) and (1, 0) added, and those of (0, 0) and (1, 1) added.

    Both are w1 + w2 + 2b, which XOR demands to be above 0 and at most 0.
    """
    outer_first, middle_first, middle_last, outer_last = neuron.sums(np.array(CORNERS)).tolist()
    return middle_first + middle_last, outer_first + outer_last
