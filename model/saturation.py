"""Saturated outputs and dead units: where an activation is flat, nothing is learnt.

On the way back the gradient is multiplied by the slope f'(z) of every activation that it passes:

    dL/dz = dL/dy f'(z)

So where f is flat, the weights in front of it hardly hear of their mistake. Two cases have names:

    saturated   |f'(z)| is below 1 % of the steepest slope that f has. For a sigmoid (steepest: 1/4, at 0) that is
                |z| > 5.99, for a tanh (steepest: 1) |z| > 2.99, for an ELU with alpha 1 z < -4.61.
    dead        f'(z) is exactly 0 for every training sample. A ReLU whose input is never positive puts out 0 whatever
                comes, its gradient is 0, and nothing can bring it back.

Saturation is a matter of single outputs (one unit, one sample), death of whole units.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from model.arrays import Floats
from model.layers import Activation, Identity, LayerSpec, Softmax
from model.message import QT_TRANSLATE_NOOP, Message

FLAT = 0.01  # of the steepest slope
SEARCHED = np.linspace(-20, 20, 4001)  # where the steepest slope is looked for; 0 is one of the points


@dataclass(frozen=True)
class Saturation:
    """What was counted in one column of neurons over some training samples."""

    samples: int
    units: int
    share: float  # of the outputs (samples x units) that are finite numbers: saturated
    dead: int  # units
    lost: float  # share of the pre-activations that are not finite numbers any more


def saturation(activation: LayerSpec, z: Floats) -> Saturation:
    """Count the saturated outputs and the dead units. z: pre-activations (samples, units), may hold inf and nan.

    Of a softmax or a maximum, which are no functions of one number, only what is not finite is counted.
    """
    samples, units = z.shape
    if not z.size:
        return Saturation(samples, units, 0.0, 0, 0.0)
    finite = np.isfinite(z)
    lost = float(1 - finite.mean())
    if not isinstance(activation, Activation):
        return Saturation(samples, units, 0.0, 0, lost)
    slopes = np.abs(activation.curve(np.where(finite, z, 0.0).ravel())[1]).reshape(z.shape)
    flat = finite & (slopes < FLAT * steepest(activation))
    dead = np.all(finite & (slopes == 0), axis=0)
    share = flat.sum() / max(1, finite.sum())
    return Saturation(samples, units, float(share), int(dead.sum()), lost)


@cache
def steepest(activation: Activation) -> float:
    """The largest slope |f'(z)| of the activation."""
    return float(np.abs(activation.curve(SEARCHED)[1]).max())


def in_words(found: Saturation, activation: LayerSpec, column: Message) -> Message:
    """One sentence with the number that matters for this activation. `column` names the neurons ("Hidden 2")."""
    if found.lost:
        source = QT_TRANSLATE_NOOP("model", "{column}: {percent:.3g} % of the pre-activations are not finite any more.")
        return Message(source, {"column": column, "percent": 100 * found.lost})
    if isinstance(activation, Softmax):
        source = QT_TRANSLATE_NOOP(
            "model", "{column}: softmax looks at all scores of a sample at once, so it has no curve of one variable."
        )
        return Message(source, {"column": column})
    if isinstance(activation, Identity):
        source = QT_TRANSLATE_NOOP("model", "{column}: the identity has slope 1 everywhere. It cannot saturate.")
        return Message(source, {"column": column})
    if not isinstance(activation, Activation):
        source = QT_TRANSLATE_NOOP("model", "{column}: {layer} is no function of one number, so it has no curve.")
        return Message(source, {"column": column, "layer": Message(activation.label)})
    if activation.can_die:
        return _dead_in_words(found, column)
    source = QT_TRANSLATE_NOOP("model", "{column}: {percent:.0f} % of the outputs are saturated.")
    return Message(source, {"column": column, "percent": 100 * found.share})


def _dead_in_words(found: Saturation, column: Message) -> Message:
    values: dict[str, object] = {"column": column, "dead": found.dead, "units": found.units, "samples": found.samples}
    if found.units == 1 and found.dead:
        source = QT_TRANSLATE_NOOP("model", "{column}: the only unit is dead (0 for all {samples:,} samples).")
    elif found.dead == 1:
        source = QT_TRANSLATE_NOOP("model", "{column}: 1 of {units} units is dead (0 for all {samples:,} samples).")
    elif found.dead:
        source = QT_TRANSLATE_NOOP(
            "model", "{column}: {dead} of {units} units are dead (0 for all {samples:,} samples)."
        )
    else:
        source = QT_TRANSLATE_NOOP("model", "{column}: no unit is dead. {percent:.0f} % of the outputs are 0.")
        values["percent"] = 100 * found.share
    return Message(source, values)
