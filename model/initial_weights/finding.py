"""What a layer's spread means, in words and with the number that shows it.

    lost        some outputs are no finite numbers
    saturated   a quarter of the outputs lie where f is flat
    dead        half of the units put out 0 for every sample
    grown       f has no end, and the outputs are ten times as large as the inputs were (which have size 1)
    vanished    all outputs lie in a narrow band: nearly the same comes out, whatever comes in
    alike       they are spread, but over the units: one unit says nearly the same for every sample
    spread      none of these

Going back, a gradient has vanished where the first layer gets less than a hundredth of what the last one gets, and
exploded where it gets more than a hundred times as much.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from model.initial_weights.layer_spread import LayerSpread
from model.layers import Activation, Identity
from model.message import QT_TRANSLATE_NOOP, Message

FLAT = 0.25  # share of the outputs
DEAD = 0.5  # share of the units
LARGE = 10.0
NARROW = 0.05  # standard deviation
ALIKE = 0.1  # of the standard deviation comes from the samples
CHANCE = 0.02  # of the standard deviation: a mean below it is said to be 0
FAR = 100.0  # times, between the first layer's gradient and the last's


class Kind(Enum):
    """What is seen in a histogram, the most alarming first."""

    LOST = auto()
    SATURATED = auto()
    DEAD = auto()
    GROWN = auto()
    VANISHED = auto()
    ALIKE = auto()
    SPREAD = auto()


@dataclass(frozen=True)
class Finding:
    """A judgement, one word for it, and a sentence with numbers."""

    kind: Kind
    word: Message
    sentence: Message

    @property
    def alarming(self) -> bool:
        return self.kind is not Kind.SPREAD


WORDS = {
    Kind.LOST: Message(QT_TRANSLATE_NOOP("model", "not finite")),
    Kind.SATURATED: Message(QT_TRANSLATE_NOOP("model", "saturated")),
    Kind.DEAD: Message(QT_TRANSLATE_NOOP("model", "dead")),
    Kind.GROWN: Message(QT_TRANSLATE_NOOP("model", "grown")),
    Kind.VANISHED: Message(QT_TRANSLATE_NOOP("model", "vanished")),
    Kind.ALIKE: Message(QT_TRANSLATE_NOOP("model", "all alike")),
    Kind.SPREAD: Message(QT_TRANSLATE_NOOP("model", "well spread")),
}

SENTENCES = {
    Kind.LOST: QT_TRANSLATE_NOOP("model", "{percent:.3g} % of the outputs are no finite numbers any more."),
    Kind.SATURATED: QT_TRANSLATE_NOOP(
        "model",
        "Saturated: {ends:.0f} % of the outputs lie at the ends, where the slope is next to 0 and hardly any gradient "
        "gets through. The weights are too large.",
    ),
    Kind.DEAD: QT_TRANSLATE_NOOP(
        "model", "Dead: {dead} of {units} units put out 0 for every sample, and no gradient reaches them any more."
    ),
    Kind.GROWN: QT_TRANSLATE_NOOP(
        "model",
        "Grown: the outputs spread by {std:.3g}, where the inputs spread by about 1. Every layer multiplies them, and "
        "the gradients with them: the weights are too large.",
    ),
    Kind.VANISHED: QT_TRANSLATE_NOOP(
        "model",
        "Vanished: the outputs spread by {std:.2g} around {mean:.2g}. Whatever comes in, nearly the same comes out. "
        "The weights are too small.",
    ),
    Kind.ALIKE: QT_TRANSLATE_NOOP(
        "model",
        "All alike: the outputs spread by {std:.2g}, but over the units. From sample to sample a unit moves by "
        "{between:.2g} only: it looks healthy, and says next to nothing about the data.",
    ),
    Kind.SPREAD: QT_TRANSLATE_NOOP(
        "model",
        "Well spread: mean {mean:.2g}, standard deviation {std:.2g}, {ends:.0f} % where the slope is next to 0. From "
        "sample to sample a unit moves by {between:.2g}: the signal gets through.",
    ),
}


def finding(spread: LayerSpread) -> Finding:
    """What is seen in a layer's outputs."""
    kind = _kind(spread)
    values: dict[str, object] = {
        "percent": 100 * spread.lost,
        "ends": 100 * spread.at_ends,
        "dead": spread.dead,
        "units": spread.units,
        "mean": spread.mean if abs(spread.mean) > spread.std * CHANCE else 0.0,
        "std": spread.std,
        "between": spread.between_samples,
    }
    return Finding(kind, WORDS[kind], Message(SENTENCES[kind], values))


def gradient_finding(spreads: Sequence[LayerSpread]) -> Message:
    """How the gradient changes on its way from the last layer back to the first, in one sentence."""
    first, last = spreads[0].gradient, spreads[-1].gradient
    values: dict[str, object] = {"first": first, "last": last}
    if not (math.isfinite(first) and math.isfinite(last)):
        return Message(QT_TRANSLATE_NOOP("model", "The gradient is no finite number any more."))
    if len(spreads) == 1:
        return Message(QT_TRANSLATE_NOOP("model", "The gradient at the only layer is {last:.2g}."), values)
    if not first or not last:
        return Message(
            QT_TRANSLATE_NOOP("model", "Vanished: nothing at all of the gradient gets back to the first layer."), values
        )
    values["times"] = max(first / last, last / first)
    if first * FAR < last:
        source = QT_TRANSLATE_NOOP(
            "model",
            "Vanishing: the gradient is {last:.2g} at the last layer and {first:.2g} at the first, {times:,.0f} times "
            "smaller. The first layers hardly learn.",
        )
    elif first > FAR * last:
        source = QT_TRANSLATE_NOOP(
            "model",
            "Exploding: the gradient is {last:.2g} at the last layer and {first:.2g} at the first, {times:,.0f} times "
            "larger. A step that suits one layer is wrong for the others.",
        )
    else:
        source = QT_TRANSLATE_NOOP(
            "model",
            "The gradient gets through: it is {last:.2g} at the last layer and {first:.2g} at the first, a factor of "
            "{times:.2g}.",
        )
    return Message(source, values)


def _kind(spread: LayerSpread) -> Kind:
    has_ends = isinstance(spread.activation, Activation) and spread.activation.saturates
    bends = isinstance(spread.activation, Activation) and not isinstance(spread.activation, Identity)
    if spread.lost:
        return Kind.LOST
    if has_ends and spread.at_ends >= FLAT:
        return Kind.SATURATED
    if bends and spread.dead >= DEAD * spread.units:
        return Kind.DEAD
    if math.hypot(spread.mean, spread.std) >= LARGE:
        return Kind.GROWN
    if spread.std < NARROW:
        return Kind.VANISHED
    if spread.between_samples < ALIKE * spread.std:
        return Kind.ALIKE
    return Kind.SPREAD
