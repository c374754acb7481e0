"""Faults in backpropagation, to be switched on for teaching: the mistakes that everybody makes once.

A fault never lives inside a layer. It tampers from outside with the named gradient views, after an honest backward
pass: the layers stay right, and switching the fault off leaves nothing behind. The gradient check does not know of it
and must find it (see `gradient_check`).

A network with one of these faults often learns all the same, only worse. That is why they are so hard to see in a loss
curve, and why a check is worth its time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.batch_loss import BatchLoss
from model.layers import Activation, Identity, LayerSpec, Softmax
from model.message import QT_TRANSLATE_NOOP, Message


@dataclass(frozen=True)
class Fault:
    """One kind of mistake. `layer` below is a place in network.layers."""

    label: str
    meaning: str  # what was written instead of the right line
    hides: str  # where the numbers come out right all the same
    tamper: Callable[[BatchLoss, int], None]  # spoils the gradient of a layer, after backward
    needs_activation: bool = False
    in_all_layers: bool = False  # it lies in the loss, before the first layer hears of it


def flip_sign(loss: BatchLoss, layer: int) -> None:
    """-dL/dW in place of dL/dW: y - t and t - y confused. The layer climbs the hill."""
    view = loss.layout.view(loss.network.gradient, layer, "weights")
    np.negative(view, out=view)


def transpose(loss: BatchLoss, layer: int) -> None:
    """dL/dy^T x in place of x^T dL/dy. Where W is not square a reshape makes the shapes fit, and the numbers go to the
    wrong places; where it is square not even the shape gives it away."""
    view = loss.layout.view(loss.network.gradient, layer, "weights")
    view[...] = view.T.reshape(view.shape).copy()


def forget_bias(loss: BatchLoss, layer: int) -> None:
    """dL/db is never computed and stays 0: the bias keeps its initial value for ever."""
    loss.layout.view(loss.network.gradient, layer, "bias")[...] = 0


def omit_derivative(loss: BatchLoss, layer: int) -> None:
    """dL/dx = dL/dy in place of dL/dy f'(x), in the activation behind `layer`.

    What arrives at the activation is handed on to `layer` as it is, and from there backward runs on: this layer and
    all before it are wrong, those behind it are right. The first wrong layer from the output names the culprit.
    """
    signals, layers = loss.wiring.signals, loss.wiring.layers
    np.copyto(signals[layer + 1].gradient, signals[layer + 2].gradient)
    first = min(loss.layout.learning_layers)
    for each in reversed(layers[first : layer + 1]):
        if each:
            each.backward()


def forget_batch(loss: BatchLoss, layer: int) -> None:
    """The sum over the batch in place of its mean: every gradient is too large by the batch size."""
    loss.network.gradient *= loss.samples


FAULTS: dict[str, Fault] = {
    "sign flipped": Fault(
        QT_TRANSLATE_NOOP("model", "Sign flipped"),
        QT_TRANSLATE_NOOP("model", "The gradient of the weights has the wrong sign: this layer walks uphill."),
        QT_TRANSLATE_NOOP("model", "It cannot show here: the gradient of these weights is 0, and so is minus 0."),
        flip_sign,
    ),
    "weights transposed": Fault(
        QT_TRANSLATE_NOOP("model", "Weight gradient transposed"),
        QT_TRANSLATE_NOOP("model", "Rows and columns of the gradient of the weights are mixed up."),
        QT_TRANSLATE_NOOP(
            "model",
            "It cannot show here: this gradient is the same when it is transposed, as a single row or column is, or a "
            "symmetric square.",
        ),
        transpose,
    ),
    "bias forgotten": Fault(
        QT_TRANSLATE_NOOP("model", "Bias gradient forgotten"),
        QT_TRANSLATE_NOOP("model", "The gradient of the biases is never computed and stays 0."),
        QT_TRANSLATE_NOOP("model", "It cannot show here: the gradient of these biases is 0 anyway."),
        forget_bias,
    ),
    "derivative omitted": Fault(
        QT_TRANSLATE_NOOP("model", "Activation's derivative missing"),
        QT_TRANSLATE_NOOP("model", "The gradient passes the activation without being multiplied by its slope f'(x)."),
        QT_TRANSLATE_NOOP(
            "model", "It cannot show here: the slope is 1 for every sample of this batch, or no gradient arrives."
        ),
        omit_derivative,
        needs_activation=True,
    ),
    "batch not divided": Fault(
        QT_TRANSLATE_NOOP("model", "Not divided by the batch"),
        QT_TRANSLATE_NOOP("model", "The gradients of the samples are added up, but not divided by their number."),
        QT_TRANSLATE_NOOP("model", "It cannot show here: the batch has one sample, or the gradient is 0."),
        forget_batch,
        in_all_layers=True,
    ),
}


def places(fault: Fault, layers: Sequence[LayerSpec]) -> tuple[int, ...]:
    """The layers in which the fault can be switched on: those with weights, and with an activation where it needs one.

    An identity has no derivative to be forgotten, and neither has the end of a network whose loss takes scores. For a
    fault in all layers at once, one place: the last.
    """
    found: list[int] = []
    for i, layer in enumerate(layers):
        behind = layers[i + 1] if i + 1 < len(layers) else None
        bends = isinstance(behind, Activation | Softmax) and not isinstance(behind, Identity)
        if hasattr(layer, "weights") and (bends or not fault.needs_activation):
            found.append(i)
    return tuple(found[-1:] if fault.in_all_layers else found)


def tampering(fault: Fault, layer: int) -> Callable[[BatchLoss], None]:
    """What `gradient_check.compare` takes: the fault switched on in one layer."""
    return lambda loss: fault.tamper(loss, layer)


def hidden(fault: Fault, layer: int, loss: BatchLoss) -> Message | None:
    """Why the fault cannot show in this layer with these weights and this batch; None where it can.

    Tried out: it cannot show where the tampered gradient is the right one up to rounding. In front of a batch
    normalization the gradient of a bias is 0 and consists of nothing but rounding.
    """
    right = loss.gradient().copy()
    rounding = 1e-14 * max(1.0, loss.enlarged()) * float(np.abs(right).max()) if np.isfinite(right).all() else 0.0
    fault.tamper(loss, layer)
    return Message(fault.hides) if np.allclose(loss.network.gradient, right, rtol=1e-9, atol=rounding) else None
