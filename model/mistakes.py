"""The misclassified samples of a part, the most confident mistake first.

A network that is wrong and sure of it has learnt something wrong, or has met a sample that is labelled wrongly or
written badly: these are worth looking at first. How sure it is: the probability that it gives the predicted class.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import Indices
from model.pictures import Predictions

MOST_MISTAKES = 500  # kept of a part


@dataclass(frozen=True, eq=False)
class Mistakes:
    """What was looked at, and what was wrong."""

    found: Predictions  # of all samples that were looked at
    samples: Indices  # the wrong ones, by their place in the part, the most confident first; at most MOST_MISTAKES
    wrong: int  # how many there are

    @property
    def looked_at(self) -> int:
        return len(self.found.points)


def mistakes(found: Predictions, right: int | None = None, predicted: int | None = None) -> Mistakes:
    """The wrong ones among `found`; those of one `right` class, or of one `predicted` class, where that is given.

    Raises ValueError for a regression, which has no classes.
    """
    if found.probabilities is None:
        raise ValueError("a regression has no misclassified samples")
    classes, said = np.asarray(found.targets, np.intp), np.asarray(found.predicted, np.intp)
    chosen = classes != said
    if right is not None:
        chosen &= classes == right
    if predicted is not None:
        chosen &= said == predicted
    samples = np.flatnonzero(chosen)
    sureness = np.nan_to_num(found.probabilities[samples, said[samples]])
    samples = samples[np.argsort(-sureness, kind="stable")]
    return Mistakes(found, samples[:MOST_MISTAKES], len(samples))
