"""Contour lines: where a surface has one height, as on a map.

The plane is cut into small triangles, and over each the surface is taken for flat. A flat piece of height h crosses a
triangle or it does not: it does where some corners lie above h and some do not. Then one corner is alone on its side,
and the line cuts the two edges that meet there. Along an edge from height v0 to v1 the height h lies at the share

    s = (h - v0) / (v1 - v0)

of the way. Each crossed triangle gives one straight piece, and the pieces of neighbours meet, since both find the same
point on their common edge. (With squares instead of triangles, a saddle could be crossed in two ways.)
"""

from collections.abc import Iterable

import numpy as np

from model.arrays import Floats, Indices, Vector
from model.landscape.surface import Surface


def contour_lines(surface: Surface, x: Vector, y: Vector, levels: Iterable[float]) -> Floats:
    """Straight pieces of the contour lines of `surface` over the grid of x and y: (pieces, 2 ends, 2 coordinates)."""
    points, heights = triangles(np.asarray(surface.value(x, y[:, None])), x, y)
    return np.concatenate([np.empty((0, 2, 2)), *(crossings(points, heights, level) for level in levels)])


def crossings(points: Floats, heights: Floats, level: float) -> Floats:
    """Where triangles with corners (n, 3, 2) and heights (n, 3) there have the height `level`: (m, 2, 2), m <= n."""
    above = heights > level
    count = above.sum(axis=1)
    crossed = (count == 1) | (count == 2)
    points, heights, above, count = points[crossed], heights[crossed], above[crossed], count[crossed]
    # The corner that is alone: the only one above, or the only one that is not.
    alone: Indices = (above == (count == 1)[:, None]).argmax(axis=1)
    rows = np.arange(len(points))
    ends: list[Floats] = []
    for other in ((alone + 1) % 3, (alone + 2) % 3):
        start, stop = points[rows, alone], points[rows, other]
        share = (level - heights[rows, alone]) / (heights[rows, other] - heights[rows, alone])
        ends.append(start + share[:, None] * (stop - start))
    return np.stack(ends, axis=1)


def triangles(values: Floats, x: Vector, y: Vector) -> tuple[Floats, Floats]:
    """Every square of the grid cut in two: corners (triangles, 3, 2) and heights (triangles, 3), finite ones only."""
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    corners: list[Floats] = []
    heights: list[Floats] = []
    for second in ((0, 1), (1, 0)):  # the corner that the two halves do not share: right below, or left above
        places = ((0, 0), second, (1, 1))
        cut = [(slice(i, len(y) - 1 + i), slice(j, len(x) - 1 + j)) for i, j in places]
        corners.append(np.stack([grid[rows, columns] for rows, columns in cut], axis=-2).reshape(-1, 3, 2))
        heights.append(np.stack([values[rows, columns] for rows, columns in cut], axis=-1).reshape(-1, 3))
    found = np.concatenate(heights)
    finite = np.isfinite(found).all(axis=1)
    return np.concatenate(corners)[finite], found[finite]
