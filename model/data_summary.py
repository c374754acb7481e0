"""What there is to know of a data set before a network sees it: how much, of which classes, in which ranges."""

from dataclasses import dataclass

import numpy as np

from model.arrays import Floats, Indices
from model.data import Part, Parts
from model.datasets import AnyDataset

AT_ONCE = 4096  # samples: large data is looked at in pieces, without a copy


@dataclass(frozen=True, eq=False)
class DataSummary:
    """All parts together, as the data set gives them."""

    samples: int
    class_counts: Indices | None  # (classes,), None of a regression
    target_range: tuple[float, float] | None  # of a regression
    low: Floats  # (features,), the smallest value of each number of a sample
    high: Floats  # (features,)
    mean: Floats  # (features,)

    @property
    def constant(self) -> Indices:
        """The features that never change: nothing can be learnt from them."""
        return np.flatnonzero(self.low == self.high)


def summarize(dataset: AnyDataset, parts: Parts) -> DataSummary:
    """Counts and ranges of all samples of `dataset`, which `parts` holds."""
    named = [part for part in (parts.train, parts.validation, parts.test) if len(part.points)]
    pieces = [_ranges(part) for part in named]
    samples = sum(len(part.points) for part in named)
    counts, target_range = None, None
    targets = [part.targets for part in named]
    if dataset.task == "classification":
        classes = len(dataset.class_names)
        counts = np.sum([np.bincount(each.astype(np.intp), minlength=classes) for each in targets], axis=0)
    else:
        target_range = min(float(each.min()) for each in targets), max(float(each.max()) for each in targets)
    return DataSummary(
        samples=samples,
        class_counts=counts,
        target_range=target_range,
        low=np.min([low for low, _, _ in pieces], axis=0),
        high=np.max([high for _, high, _ in pieces], axis=0),
        mean=np.sum([total for _, _, total in pieces], axis=0) / samples,
    )


def _ranges(part: Part) -> tuple[Floats, Floats, Floats]:
    """The smallest and the largest of each feature, and the sum."""
    rows = part.points.reshape(len(part.points), -1)
    low, high, total = rows[0].copy(), rows[0].copy(), np.zeros(rows.shape[1])
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        np.minimum(low, some.min(axis=0), out=low)
        np.maximum(high, some.max(axis=0), out=high)
        total += some.sum(axis=0)
    return low, high, total
