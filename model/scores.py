"""R squared: how much of the spread of a regression's targets the network explains.

Whoever always answers with the mean m of the targets leaves the squares sum (t - m)^2. The network leaves
sum (t - y)^2. What it saves of them is

    R^2 = 1 - sum (t - y)^2 / sum (t - m)^2

1 is perfect, 0 is no better than the mean, and below 0 is worse than that.
"""

import numpy as np

from model.arrays import Floats


def r_squared_from_loss(loss: float, targets: Floats) -> float:
    """R^2 from the mean squared error of a network with one output; nan where all targets are the same (no scale).

    loss = 1/2 mean (y - t)^2. Divided by their number, the squares left by the mean are the targets' variance. So
    R^2 = 1 - 2 loss / variance.
    """
    variance = float(targets.var()) if targets.size else 0.0
    return 1 - 2 * loss / variance if variance > 0 else float("nan")


def r_squared(values: Floats, targets: Floats) -> float:
    """R^2 of values (n, 1) beside targets (n, 1); nan where all targets are the same (no scale)."""
    spread = float(np.square(targets - targets.mean()).sum()) if targets.size else 0.0
    return 1 - float(np.square(targets - values).sum()) / spread if spread > 0 else float("nan")
