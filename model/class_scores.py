"""Precision, recall and F1: how well each class is told from the others.

The accuracy is one number for all classes. Where one class is rare it hides what matters: whoever never says "rare" is
right 99 times of 100. So each class is looked at on its own, as a question with yes and no. In the confusion matrix,
counts[right, predicted], for class k:

    TP = counts[k, k]                            true positives: rightly taken for k
    FP = (sum of column k) - TP                  false positives: taken for k, and not k
    FN = (sum of row k) - TP                     false negatives: k, and taken for something else

    precision = TP / (TP + FP)                   of what was taken for k: the share that is k
    recall    = TP / (TP + FN)                   of all k: the share that was found
    F1        = 2 TP / (2 TP + FP + FN)          their harmonic mean, 2 / (1/precision + 1/recall)

Each of the first two is easily driven up at the expense of the other: by saying "k" only when sure, or always. The
harmonic mean is near the smaller one, so a good F1 needs both.

**Nothing over nothing.** A class that is never predicted has a precision of 0 / 0. It counts as 0: what is never said
is never right. A class without a single sample in this part of the data has no recall, and then none of the three: it
is left out (nan here, a dash on the screen), and out of the means as well.

**Macro mean**: the plain mean over the classes that have samples. A rare class counts as much as a common one.

Source: C. J. van Rijsbergen, "Information Retrieval", 2nd edition, Butterworths (1979), chapter 7; M. Sokolova and
G. Lapalme, "A systematic analysis of performance measures for classification tasks", Information Processing and
Management 45 (2009) 427-437, table 3, for the macro means.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import Indices

Scores = NDArray[np.float64]  # (classes,), nan for a class without samples


@dataclass(frozen=True, eq=False)
class ClassScores:
    """The three of every class, each from 0 to 1."""

    samples: Indices  # (classes,): how many there are of each
    precision: Scores
    recall: Scores
    f1: Scores

    @property
    def macro(self) -> tuple[float, float, float]:
        """The means of precision, recall and F1 over the classes with samples; nan where no class has any."""
        there = self.samples > 0
        if not there.any():
            return math.nan, math.nan, math.nan
        precision, recall, f1 = (float(each[there].mean()) for each in (self.precision, self.recall, self.f1))
        return precision, recall, f1


def confusion(right: Indices, predicted: Indices, classes: int) -> Indices:
    """The confusion matrix counts[right, predicted], (classes, classes), of two lists of class numbers (n,)."""
    counts = np.zeros((classes, classes), np.intp)
    np.add.at(counts, (right, predicted), 1)
    return counts


def class_scores(counts: Indices) -> ClassScores:
    """The scores of every class from a confusion matrix counts[right, predicted], (classes, classes)."""
    right = np.diag(counts)
    samples, predicted = counts.sum(axis=1), counts.sum(axis=0)
    there = samples > 0

    def share(part: Indices, whole: Indices) -> Scores:
        """part / whole; 0 where nothing was predicted, nan where there are no samples."""
        found = np.divide(part, whole, out=np.zeros(len(counts)), where=whole > 0)
        return np.where(there, found, np.nan)

    # 2 TP + FP + FN is what was predicted and what there is, added up: TP is in both.
    return ClassScores(samples, share(right, predicted), share(right, samples), share(2 * right, predicted + samples))
