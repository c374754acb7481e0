"""How much of the y axis a curve deserves: all that tells something, without a spike that would flatten the rest."""

import numpy as np
from numpy.typing import NDArray

from gui.plot_range import Interval

Numbers = NDArray[np.floating]

SPIKES = 0.02  # the share of a noisy curve's points that may lie outside, above and below
WORSE = 100.0  # a curve that grows to more than this many times its first value has left the picture
DECADES = 20  # a logarithmic axis reaches so far up and down at most: beyond lies nothing that can be compared
BESIDES = 3.0  # a compared curve may make the picture so many times as high as the shown ones need, not more
EMPTY: Interval = (0.0, 1.0)


def linear_range(noisy: Numbers, steady: Numbers) -> Interval:
    """From zero to the highest that is worth seeing.

    `noisy` (n,): losses of single batches, of which a few may lie outside. `steady` (m,): means over whole parts, the
    first one first; all of them are shown, unless the run diverges.
    """
    noisy, steady = noisy[np.isfinite(noisy)], steady[np.isfinite(steady)]
    highest = max(quantile(noisy, 1 - SPIKES), float(steady.max()) if len(steady) else 0.0)
    first = float(steady[0]) if len(steady) else 0.0
    if first > 0:
        highest = min(highest, WORSE * first)
    return (0.0, highest) if highest > 0 else EMPTY


def logarithmic_range(noisy: Numbers, steady: Numbers, spikes: float = SPIKES) -> Interval:
    """The lowest and the highest above zero; (1, 1) where nothing is. Arguments as above.

    `spikes`: the share of `noisy` that may lie outside at either end.
    """
    noisy, steady = (values[np.isfinite(values) & (values > 0)] for values in (noisy, steady))
    found = [float(value) for value in steady]
    found += [quantile(noisy, spikes), quantile(noisy, 1 - spikes)] if len(noisy) else []
    if not found:
        return 1.0, 1.0
    usual = float(steady[0]) if len(steady) else quantile(noisy, 0.5)
    return max(min(found), usual / 10**DECADES), min(max(found), usual * 10**DECADES)


def with_others(own: Interval, others: Numbers, log: bool) -> Interval:
    """The range of the shown curves made wider for compared ones, whose values are `others` (n,).

    A branch that was left because it got much worse must not flatten the one that goes on: on a linear axis it may add
    up to BESIDES times the height, on a logarithmic one as many powers of ten as there may be.
    """
    others = others[np.isfinite(others) & (others > 0)]
    if not len(others):
        return own
    low, high = float(others.min()), float(others.max())
    if not log:
        return own[0], max(own[1], min(high, BESIDES * own[1]))
    reach = 10.0**DECADES
    return min(own[0], max(low, own[0] / reach)), max(own[1], min(high, own[1] * reach))


def quantile(values: Numbers, share: float) -> float:
    """The value below which `share` of `values` (n,) lie; 0 of none. One of the values, never one between two."""
    if not len(values):
        return 0.0
    place = round(share * (len(values) - 1))
    return float(np.partition(values, place)[place])
