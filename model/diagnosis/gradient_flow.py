"""The gradient on its way back through the layers: it may vanish, and it may explode.

Backpropagation multiplies. From one layer to the one before it the gradient is multiplied by the slope f'(z) of the
activation and by the weights:

    dL/dx_l = W_l (dL/dx_{l+1} f'(z_l))         so over n layers about     (size of W f')^n

Where that size is below 1 the first layers get next to nothing and stay as they were drawn: a sigmoid's slope is at
most 1/4, so ten layers may lose 4^10, a million. Where it is above 1 they get too much, and updates throw the weights
about.

Two measures, of medians over the last steps:

    ratio   the norm of the first layer's gradient over that of the last: below 1/1000 it vanishes, above 1000 it
            explodes. One learning rate serves all layers: weights that get a thousandth of the others' gradient have
            moved a thousandth as far when those are done.
    size    the norm of the whole gradient over that of all parameters: above 10 it explodes. A network of ReLUs scales
            as a whole, its last layer's gradient with the first one's, and no ratio shows it. An update should move
            the parameters by about a thousandth of their size; here a learning rate of 0.0001 does that already.

What is normal. In the starters that learn well the ratio lies between 1/2 and 100 (the 100 in a spiral that is already
learnt, where all gradients are small), and the gradient is at most 2.5 times as long as the parameters.

Sources: S. Hochreiter, "Untersuchungen zu dynamischen neuronalen Netzen", 1991; Y. Bengio, P. Simard, P. Frasconi,
"Learning long-term dependencies with gradient descent is difficult", 1994; X. Glorot, Y. Bengio, "Understanding the
difficulty of training deep feedforward neural networks", 2010. A thousandth: A. Karpathy et al., "CS231n: Neural
Networks Part 3", Stanford (2015), "Ratio of weights:updates".
"""

from collections.abc import Iterator

import numpy as np

from model.diagnosis.evidence import LEAST, Evidence
from model.diagnosis.finding import Finding, three_digits
from model.layers import Sigmoid, Tanh
from model.message import QT_TRANSLATE_NOOP, Message

FAR_APART = 1000.0  # the first layer's gradient and the last's
LONG = 10.0  # times the norm of all parameters, or than 1 where those are smaller
FEW = 3  # steps after which a gradient of that size is beyond all noise


def vanishing(evidence: Evidence) -> Iterator[Finding]:
    """Whether next to no gradient reaches the first layer."""
    ends = _first_and_last(evidence)
    if ends is None or not evidence.much_to_learn:
        return
    first, last = ends
    if first > last / FAR_APART:
        return
    if first > 0:
        source = QT_TRANSLATE_NOOP(
            "model",
            "the first layer's gradient, {first:.2g}, is 1/{times:,.10g} of the last layer's, {last:.2g} (medians of "
            "{steps} steps).",
        )
    else:
        source = QT_TRANSLATE_NOOP("model", "no gradient reaches the first layer; the last layer's is {last:.2g}.")
    times = three_digits(last / first) if first else np.inf
    steps = len(evidence.recent_losses)
    sentence = Message(source, {"first": first, "last": last, "times": times, "steps": steps})
    layers = evidence.experiment.network.layers
    if any(isinstance(layer, Sigmoid) for layer in layers):
        advice = QT_TRANSLATE_NOOP(
            "model",
            "Take ReLU in place of sigmoid with initial weights after He, add batch normalization, or use fewer "
            "layers.",
        )
    elif any(isinstance(layer, Tanh) for layer in layers):
        advice = QT_TRANSLATE_NOOP(
            "model", "Take initial weights after Xavier, add batch normalization, or use fewer layers."
        )
    else:
        advice = QT_TRANSLATE_NOOP(
            "model", "Take initial weights after He and a smaller learning rate, batch normalization, or fewer layers."
        )
    yield Finding("vanishing gradients", first / last, sentence, Message(advice), "gradients", column=0)


def exploding(evidence: Evidence) -> Iterator[Finding]:
    """Whether the gradient has grown on its way to the first layer, or as a whole."""
    if evidence.experiment.clipping.norm is not None:
        return  # that is taken care of
    ends = _first_and_last(evidence)
    if ends is not None and ends[0] > FAR_APART * ends[1]:
        first, last = ends
        number = three_digits(first / last)
        source = QT_TRANSLATE_NOOP(
            "model",
            "the first layer's gradient, {first:.2g}, is {times:,.10g} times the last layer's, {last:.2g} (medians of "
            "{steps} steps).",
        )
        values: dict[str, object] = {"first": first, "last": last, "times": number}
        yield _exploding(number, Message(source, values | {"steps": len(evidence.recent_losses)}))
        return
    if evidence.steps < FEW:
        return
    with np.errstate(over="ignore"):
        norm = float(np.linalg.norm(evidence.recent_norms.astype(np.float64)))
        parameters = max(1.0, float(np.linalg.norm(evidence.snapshot.parameters.astype(np.float64))))
    if np.isfinite(norm) and norm > LONG * parameters:
        source = QT_TRANSLATE_NOOP(
            "model",
            "the gradient's norm, {norm:.2g}, is {times:,.10g} times that of all parameters: a step of learning rate "
            "{rate:.2g} would move them by their own size.",
        )
        times = three_digits(norm / parameters)
        yield _exploding(times, Message(source, {"norm": norm, "times": times, "rate": parameters / norm}))


def _exploding(number: float, sentence: Message) -> Finding:
    advice = QT_TRANSLATE_NOOP(
        "model", "Take smaller initial weights (Xavier or He), add batch normalization, or clip the gradient."
    )
    return Finding("exploding gradients", number, sentence, Message(advice), "gradients", column=0)


def _first_and_last(evidence: Evidence) -> tuple[float, float] | None:
    """Their norms; None where there is too little to compare."""
    if evidence.steps < LEAST or len(evidence.record.layers) < 2:
        return None
    first, last = float(evidence.recent_norms[0]), float(evidence.recent_norms[-1])
    return (first, last) if np.isfinite(first) and np.isfinite(last) and last > 0 else None
