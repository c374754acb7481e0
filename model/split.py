"""Training, validation and test: three parts of the data, each with its own task.

The network learns from the training part. The validation part is for choosing (the learning rate, the number of
layers, when to stop); whoever chooses by it uses it up a little each time, which is why a third part exists. The test
part is looked at for the one question: how good is it on data that had no influence at all?

A split by chance may give a part too few samples of a class. So the classes are *stratified*: each is split on its own.
Whole samples cannot be shared out exactly, so it is done like the seats of a parliament, by the largest remainder
(Hamilton's method): everyone gets the whole number below his due, what is left over goes to the largest fractions.

    10 samples, shares 0.75, 0.125, 0.125:   due 7.5, 1.25, 1.25   ->   7, 1, 1   ->   one is left   ->   8, 1, 1

The training part may be *limited*: how well would the network do with fewer samples? Then the others are left out, and
validation and test stay as they are. The k-th training sample of a class of n (k = 0, 1, ...) has the place

    (k + 1/2) / n

in the row of all of them, and the first ones of that row are taken. However many that are, each class has its share of
them (it is the method of Sainte-Lague), and whoever takes more takes the same ones and some besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import Indices
from model.message import QT_TRANSLATE_NOOP, Message, literal
from model.random_streams import stream

TRAINING, VALIDATION, TEST = range(3)
PART_NAMES = (
    QT_TRANSLATE_NOOP("model", "training"),
    QT_TRANSLATE_NOOP("model", "validation"),
    QT_TRANSLATE_NOOP("model", "test"),
)


@dataclass(frozen=True, eq=False)
class Split:
    """Which samples belong to which part: every sample to exactly one. The order within a part is by chance."""

    train: Indices
    validation: Indices
    test: Indices
    notes: tuple[Message, ...]  # what could not be shared out as asked


def split(
    labels: NDArray[np.int64] | None,
    n: int,
    validation: float,
    test: float,
    seed: int,
    class_names: Sequence[str] = (),
) -> Split:
    """Share `n` samples out: `validation` and `test` are shares of the whole, training takes the rest.

    `labels` (n,) are class numbers to stratify by, or None for a regression. `class_names` are for the notes, where
    otherwise the class's number stands. Raises ValueError for no samples, or shares that leave nothing to train on.
    """
    if n < 1 or validation < 0 or test < 0 or validation + test >= 1:
        raise ValueError(f"{n} samples cannot be split into {validation} for validation, {test} for test and training")
    shares = (1 - validation - test, validation, test)
    order = stream(seed, "split").permutation(n)
    part = np.empty(n, dtype=np.intp)  # of the samples in the order of `order`
    notes: list[Message] = []

    strata = np.zeros(n, dtype=np.int64) if labels is None else labels[order]
    for stratum in map(int, np.unique(strata)):
        members = np.flatnonzero(strata == stratum)
        counts = _largest_remainder(len(members), shares)
        part[members] = np.repeat((TRAINING, VALIDATION, TEST), counts)
        if labels is not None and _misses_a_part(counts, shares):
            name = literal(class_names[stratum]) if class_names else stratum
            notes.append(
                Message(
                    QT_TRANSLATE_NOOP(
                        "model",
                        "Too few samples of class {name} ({count}) to be in every part: training comes first.",
                    ),
                    {"name": name, "count": len(members)},
                )
            )

    notes.extend(
        Message(
            QT_TRANSLATE_NOOP("model", "The {part} part is empty: its share of the {count} samples is less than one."),
            {"part": Message(PART_NAMES[number]), "count": n},
        )
        for number in (VALIDATION, TEST)
        if shares[number] > 0 and not np.any(part == number)
    )
    return Split(order[part == TRAINING], order[part == VALIDATION], order[part == TEST], tuple(notes))


def limited(train: Indices, labels: NDArray[np.int64] | None, most: int | None) -> Indices:
    """At most `most` of the training samples, in their order; each class has its share. None: all of them.

    `train` (n,) are places of samples, `labels` (all samples,) class numbers, or None for a regression.
    """
    if most is None or most >= len(train):
        return train
    place = np.arange(len(train), dtype=np.float64)
    if labels is not None:
        classes = labels[train]
        for each in np.unique(classes):
            members = np.flatnonzero(classes == each)
            place[members] = (np.arange(len(members)) + 0.5) / len(members)
    # Of equal places the first in the order of chance comes first.
    return train[np.sort(np.argsort(place, kind="stable")[:most])]


def _largest_remainder(n: int, shares: Sequence[float]) -> list[int]:
    due = [n * share for share in shares]
    counts = [int(amount) for amount in due]  # the whole number below
    # Rounded, so that equal fractions stay equal in spite of binary arithmetic; the sort keeps the order of equals, so
    # that training goes before validation, and validation before test.
    fractions = [round(amount - count, 9) for amount, count in zip(due, counts, strict=True)]
    by_fraction = sorted(range(len(shares)), key=lambda number: -fractions[number])
    for number in by_fraction[: n - sum(counts)]:
        counts[number] += 1
    if counts[TRAINING] == 0:  # what is never trained on cannot be learnt: the largest part gives one back
        counts[counts.index(max(counts))] -= 1
        counts[TRAINING] = 1
    return counts


def _misses_a_part(counts: Sequence[int], shares: Sequence[float]) -> bool:
    return any(share > 0 and count == 0 for count, share in zip(counts, shares, strict=True))
