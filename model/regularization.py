"""Regularization: large weights have a price, so that the network prefers a simple answer where the data allow one.

Training then goes downhill on L + R instead of the data loss L alone:

    R(W) = l1 sum |w| + (l2 / 2) sum w^2           over all weights, never over the biases
    dR/dw = l1 sign(w) + l2 w                      sign(0) = 0: a weight at zero is not pushed anywhere

**L2** pulls in proportion to the weight. With SGD, w <- w - lr (dL/dw + l2 w) = (1 - lr l2) w - lr dL/dw: without any
data every update multiplies the weight by 1 - lr l2, hence its other name, *weight decay*. Large weights suffer most,
small ones hardly; all become smaller and none becomes zero. In a valley L = k (w - c)^2 / 2 the bottom moves from c to
c k / (k + l2): what the data hold firmly (k large) stays, what they leave open goes to zero.

**L1** pulls with the same force whatever the weight. In the same valley the bottom is at c - l1 / k, and at 0 for all
|c| < l1 / k: whole weights are switched off, and what is left can be read. (With steps of a fixed length they do not
reach zero exactly but dance about it, at a distance of up to lr l1.)

**Never the biases.** A large weight makes the output bend sharply with its input; a large bias only moves the bend
elsewhere. There are few of them, and data enough for each. The scale and shift of a normalization are spared as well.

**Reported beside the loss.** L stays what it says: how well the data are fitted. So losses with and without a penalty
can be compared, a gradient is still that of the data loss, and the penalty is added in the update (see `update`).

With Adam and its like the penalty's gradient is divided by the step lengths as all of the gradient is; AdamW has a
decay that is not (see `optimizers.adamw`).

Sources: A. Krogh and J. A. Hertz, "A Simple Weight Decay Can Improve Generalization", NIPS 4 (1991) 950-957; for L1
R. Tibshirani, "Regression Shrinkage and Selection via the Lasso", Journal of the Royal Statistical Society B 58 (1996)
267-288.
"""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from model.arrays import Vector
from model.formula import Formula
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP
from model.parameters import Layout

WEIGHTS = "weights"  # what layers call the arrays that have a price


class Regularization(Spec, tag=False, frozen=True):
    """The price of the weights."""

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "Regularization")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "A penalty on the weights, never on the biases: the network has to pay for large ones, and fits the samples "
        "less by heart. It is reported beside the loss.",
    )

    l1: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "L1"),
            QT_TRANSLATE_NOOP(
                "model",
                "Price of the absolute weights. Pulls every weight towards zero with the same force, so that some are "
                "switched off.",
            ),
            at_least=0,
            at_most=10,
            scale="log",
        ),
    ] = 0.0
    l2: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "L2 (weight decay)"),
            QT_TRANSLATE_NOOP(
                "model",
                "Price of the squared weights, halved. Pulls every weight towards zero, the more the larger it is.",
            ),
            at_least=0,
            at_most=10,
            scale="log",
        ),
    ] = 0.0

    @property
    def formula(self) -> Formula:
        """What is added to the gradient <data> of a weight <w>, whose <sign> is 1, 0 or -1; only what has a price."""
        added = [
            (each, numbers)
            for price, each, numbers in (
                (self.l1, r"\lambda_1\,\mathrm{sign}(w)", "<l1> · <sign>"),
                (self.l2, r"\lambda_2\,w", "<l2> · <w>"),
            )
            if price
        ]
        symbols = [r"g \leftarrow ||\frac{\partial L}{\partial w}", *(each for each, _ in added)]
        return Formula("||+||".join(symbols), " + ".join(["<data>", *(each for _, each in added)]) + " = <priced>")

    @property
    def is_free(self) -> bool:
        """Whether nothing has a price."""
        return not (self.l1 or self.l2)


def weights_of(layout: Layout) -> NDArray[np.bool_]:
    """Which parameters are weights, (n,); the others (biases, the scale and shift of a normalization) are spared."""
    found = np.zeros(layout.size, np.bool_)
    for entry in layout.entries:
        found[entry.start : entry.stop] = entry.name == WEIGHTS
    return found


def penalty(regularization: Regularization, layout: Layout, parameters: Vector) -> float:
    """R, which is reported beside the loss."""
    if regularization.is_free:
        return 0.0
    weights = parameters[weights_of(layout)].astype(np.float64)
    with np.errstate(over="ignore"):  # a diverged network may be looked at
        squares, sizes = float(weights @ weights), float(np.abs(weights).sum())
    return regularization.l1 * sizes + regularization.l2 / 2 * squares


class PenaltyGradient:
    """dR/dW, added to a gradient at every step."""

    def __init__(self, regularization: Regularization, weights: NDArray[np.bool_], parameters: Vector) -> None:
        """`weights` (n,): which of the `parameters` (n,) have a price."""
        self._parameters = parameters
        self._l1, self._l2 = (
            (weights * price).astype(parameters.dtype) if price else None
            for price in (regularization.l1, regularization.l2)
        )
        self._pull = np.empty_like(parameters)

    def add_to(self, gradient: Vector) -> None:
        """gradient <- gradient + l1 sign(W) + l2 W, at the parameters as they are."""
        if self._l1 is not None:
            np.sign(self._parameters, out=self._pull)
            np.multiply(self._pull, self._l1, out=self._pull)  # l1 sign(w); 0 for a bias
            np.add(gradient, self._pull, out=gradient)
        if self._l2 is not None:
            np.multiply(self._parameters, self._l2, out=self._pull)  # l2 w; 0 for a bias
            np.add(gradient, self._pull, out=gradient)
