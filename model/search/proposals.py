"""Random search and grid search: which values a trial gets, from nothing but the search's seed and the trial's place.

Nobody has to be asked, and nothing has to be remembered: however many processes share a search, and whichever comes
first, trial 17 is the same trial.
"""

import itertools
import math
from collections.abc import Sequence

from model.random_streams import stream
from model.search.space import AnyAxis, Choice, Range, Value

Values = dict[str, Value]


def random_values(axes: Sequence[AnyAxis], seed: int, place: int) -> Values:
    """The values of trial `place` (from 0) of a random search: every axis drawn on its own."""
    shares = stream(seed, "search", place).random(len(axes))
    return {axis.path: axis.at(float(u)) for axis, u in zip(axes, shares, strict=True)}


def grid_sizes(axes: Sequence[AnyAxis], trials: int) -> tuple[int, ...]:
    """How many values of each axis: the coarsest grid with at least `trials` points, refined axis by axis.

    A choice has all its options from the start, and no axis more values than there are. Raises ValueError where all
    different points together are fewer than `trials`.
    """
    most = [axis.distinct for axis in axes]
    sizes = [int(m) if isinstance(a, Choice) else 1 for a, m in zip(axes, most, strict=True)]
    while math.prod(sizes) < trials:
        growing = [i for i, size in enumerate(sizes) if size < most[i] and isinstance(axes[i], Range)]
        if not growing:
            raise ValueError(math.prod(sizes))
        sizes[min(growing, key=lambda i: sizes[i])] += 1
    return tuple(sizes)


def grid_values(axes: Sequence[AnyAxis], trials: int, seed: int, place: int) -> Values:
    """The values of trial `place` of a grid search of `trials`.

    The points are taken in an order by chance, so that those done at any time lie all over the grid. Of a range with n
    values these are its ends and n - 2 between them at equal distances; a range with one value has its middle.
    """
    sizes = grid_sizes(axes, trials)
    order = stream(seed, "grid").permutation(math.prod(sizes))
    index = int(order[place])
    values: Values = {}
    for axis, size in zip(axes, sizes, strict=True):
        index, at = divmod(index, size)
        values[axis.path] = _grid_value(axis, size, at)
    return values


def _grid_value(axis: AnyAxis, size: int, at: int) -> Value:
    if isinstance(axis, Choice):
        return axis.at((at + 0.5) / size)
    return axis.at(0.5 if size == 1 else at / (size - 1))


def grid_points(axes: Sequence[AnyAxis], trials: int) -> list[Values]:
    """All points of the grid, in the order of the axes."""
    sizes = grid_sizes(axes, trials)
    along = [[_grid_value(axis, n, at) for at in range(n)] for axis, n in zip(axes, sizes, strict=True)]
    return [{axis.path: v for axis, v in zip(axes, point, strict=True)} for point in itertools.product(*along)]
