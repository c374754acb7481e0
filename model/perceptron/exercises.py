"""What the perceptron rule can be tried on: the gates, and two clouds of points that a line parts, or does not.

All coordinates are multiples of 1/4, which a computer adds without rounding.
"""

from dataclasses import dataclass

from model.message import QT_TRANSLATE_NOOP
from model.perceptron.gates import CORNERS, GATES
from model.perceptron.neuron import Point
from model.perceptron.perceptron_rule import Sample


@dataclass(frozen=True)
class Exercise:
    """Samples in the order in which they are shown, and the square of the plane that they lie in."""

    label: str
    meaning: str
    samples: tuple[Sample, ...]
    low: float
    high: float


def _gate(name: str) -> Exercise:
    gate = GATES[name]
    samples = tuple(Sample(x, t) for x, t in zip(CORNERS, gate.targets, strict=True))
    return Exercise(gate.label, gate.meaning, samples, -0.5, 1.5)


def _alternating(zeros: tuple[Point, ...], ones: tuple[Point, ...]) -> tuple[Sample, ...]:
    return tuple(Sample(x, t) for pair in zip(zeros, ones, strict=True) for t, x in enumerate(pair))


_LOW = ((-1.0, 0.5), (0.25, -1.0), (1.0, -0.75), (-1.75, 1.5), (0.0, 0.25), (-0.75, -0.5), (1.75, -1.5), (-1.5, 2.0))
_HIGH = ((2.0, 0.5), (0.5, 1.25), (1.25, 2.0), (2.0, -0.5), (1.5, 1.0), (-0.25, 2.0), (1.0, 0.75), (2.25, 1.5))
_STRAYED = (*_HIGH[:-2], (-0.5, -0.25), (0.5, -0.25))

EXERCISES: dict[str, Exercise] = {
    "AND": _gate("AND"),
    "NAND": _gate("NAND"),
    "OR": _gate("OR"),
    "XOR": _gate("XOR"),
    "clouds": Exercise(
        QT_TRANSLATE_NOOP("model", "Clouds apart"),
        QT_TRANSLATE_NOOP("model", "Two clouds of points that a line can part."),
        _alternating(_LOW, _HIGH),
        -2.5,
        2.5,
    ),
    "mixed": Exercise(
        QT_TRANSLATE_NOOP("model", "Clouds mixed"),
        QT_TRANSLATE_NOOP("model", "Two points have strayed into the other cloud: no line parts them."),
        _alternating(_LOW, _STRAYED),
        -2.5,
        2.5,
    ),
}
