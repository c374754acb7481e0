"""Adding up so that 0 is 0, for numbers that a person writes as decimals.

A computer keeps numbers in the binary system, where 0.1, 0.2 and 0.3 have no end and are cut off:

    0.1 + 0.2 - 0.3 = 0.00000000000000006        by binary numbers of 53 digits
    1/10 + 2/10 - 3/10 = 0                       in truth

For most sums that matters to nobody. A neuron with the step function, however, asks whether its sum is *above 0*, and
on the line itself, where the truth is 0, the cut would answer for it: 1 instead of 0.

Each term is off by at most about 1e-16 of its size, and so is each addition. A sum of k terms that should be 0 comes
out smaller than about k 1e-16 (|a1| + ... + |ak|). What is smaller than `ROUNDING` of that size is therefore what the
cut has left of 0, and taken for 0. No sum of decimals with a few places comes near it: with weights and inputs in
hundredths, no larger than 5, a sum that is not 0 is at least 0.0001. The bound grows and shrinks with the terms, so
that neurons whose numbers are all ten times smaller answer the same.

Source: D. Goldberg, "What every computer scientist should know about floating-point arithmetic", ACM Computing Surveys
23 (1991).
"""

from collections.abc import Sequence

import numpy as np

from model.arrays import Floats

ROUNDING = 1e-13  # of the sizes of all terms together


def decimal_sum(terms: Sequence[Floats | float]) -> Floats:
    """The sum of `terms`, arrays of one shape or numbers: added from the left; 0 where only rounding is left of 0."""
    total, size = np.zeros(()), np.zeros(())
    for term in terms:
        total, size = total + term, size + np.abs(term)
    return np.where(np.abs(total) < ROUNDING * size, 0.0, total)
