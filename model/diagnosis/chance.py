"""Chance level: the loss of the best answer that does not look at the input.

Whoever knows only how often each answer occurs can do no better than to give the same answer to every sample. What a
network is below that, it has learnt from the inputs. So "the loss is 0.6" says nothing, and "0.6, where guessing gives
0.69" says nearly all.

    mean squared error      the mean of the targets:   L = 1/2 sum_k Var(t_k)
    softmax cross entropy   the shares p of classes:   L = - sum_k p_k log p_k              (the entropy of the classes)
    sigmoid cross entropy   the share p_k of "yes":    L = - sum_k p_k log p_k + (1 - p_k) log(1 - p_k)

Each is the minimum over a constant answer y: setting the derivative of the mean loss to zero gives the mean of t for
the first, and p for the other two. For two equally frequent classes the cross entropies give log 2 = 0.693.

Source: T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd ed., Wiley (2006), chapter 2 (entropy).
"""

import numpy as np

from model.arrays import Floats
from model.losses import LossSpec, MeanSquaredError, SoftmaxCrossEntropy


def chance_level(loss: LossSpec, targets: Floats) -> float:
    """The lowest mean `loss` of a constant answer to `targets` (n, outputs), encoded as the loss takes them."""
    if isinstance(loss, MeanSquaredError):
        return float(targets.var(axis=0).sum()) / 2
    shares = targets.mean(axis=0)
    entropy = _surprise(shares).sum()
    if isinstance(loss, SoftmaxCrossEntropy):
        return float(entropy)
    return float(entropy + _surprise(1 - shares).sum())


def _surprise(shares: Floats) -> Floats:
    """- p log p of each share, which is 0 at p = 0: what never occurs surprises nobody."""
    return -shares * np.log(np.where(shares > 0, shares, 1.0))
