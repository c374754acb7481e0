"""Hopeless trials: when to stop training a network that will not win.

**The median rule.** At every evaluation the lowest validation loss of a trial so far is compared with what the others
had at the same step. Where it lies above their median, half of them did better with the same work, and the trial ends.

It errs now and then: a small learning rate starts slowly and may win late. So no trial is judged in the first fifth of
its steps, nor by fewer than five others. What it saves is much of the work.

Successive halving (ASHA) is the same thought with a budget: only the best share of the trials may go on from each of a
few fixed steps. (L. Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys (2020).)

Source of the median rule: D. Golovin et al., "Google Vizier: A Service for Black-Box Optimization", KDD (2017).
"""

import math
from collections.abc import Mapping, Sequence
from statistics import median

FEWEST = 5  # others that have come as far
SPARED = 0.2  # of all steps

Curve = Mapping[int, float]  # validation loss after that many steps


def is_hopeless(curve: Curve, others: Sequence[Curve], steps: int) -> bool:
    """Whether the trial with this `curve` ends at its last step. `others`: the curves of the other trials, however far
    they have come; `steps`: of a whole trial."""
    if not curve:
        return False
    at, best = max(curve), min(curve.values())
    if not math.isfinite(curve[at]):
        return True
    there = [each[at] for each in others if at in each]
    return at > SPARED * steps and at < steps and len(there) >= FEWEST and best > median(there)
