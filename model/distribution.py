"""How numbers are distributed: a histogram over [-limit, limit]."""

import numpy as np

from model.arrays import Floats, Vector

NEARLY_ALL = 99.5  # percent


def shares(numbers: Floats, limit: float, bins: int) -> Vector:
    """The share of the finite `numbers` (any shape) in each of `bins` equal bins over [-limit, limit], (bins,).

    What lies beyond is counted in the outermost bins, so the shares add up to 1 (to 0 where no number is finite).
    """
    finite = numbers[np.isfinite(numbers)]
    counts, _ = np.histogram(np.clip(finite, -limit, limit), bins=bins, range=(-limit, limit))
    return counts / max(1, finite.size)


def reach(numbers: Floats) -> float:
    """How far from zero nearly all finite `numbers` lie; a few far outliers do not count. 0 where there are none."""
    finite = np.abs(numbers[np.isfinite(numbers)])
    return float(np.percentile(finite, NEARLY_ALL)) if finite.size else 0.0
