"""The line on which a function over the plane is zero: the boundary between two classes.

The pixels' centres form a grid of squares, each cut into two triangles. Taken as linear inside a triangle, a function
that changes its sign over the corners is zero along one straight piece: between the corner that has a sign of its own
and the other two.
"""

import numpy as np
from numpy.typing import NDArray


def zero_segments(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Pieces of the zero line of `values` (rows, columns), (n, 4): x and y of both ends.

    Coordinates are in pixels, from the outer corner of pixel [0, 0]: its centre is (0.5, 0.5). Triangles with a corner
    that is not finite are left out.
    """
    rows, columns = values.shape
    corner = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (corner[:-1, :-1], corner[:-1, 1:], corner[1:, :-1], corner[1:, 1:]))
    triangles = np.concatenate([np.stack([a, b, c], axis=1), np.stack([d, c, b], axis=1)])
    flat = values.ravel()
    above = (flat > 0)[triangles].sum(axis=1)
    crossed = (above == 1) | (above == 2)
    triangles, above = triangles[crossed], above[crossed]
    at_corners = flat[triangles]
    whole = np.isfinite(at_corners).all(axis=1)
    triangles, above, at_corners = triangles[whole], above[whole], at_corners[whole]
    # The corner whose sign is its own comes first: the only one above zero, or the only one not above.
    first = np.where(above == 1, np.argmax(at_corners > 0, axis=1), np.argmin(at_corners > 0, axis=1))
    order = (first[:, None] + np.arange(3)) % 3
    corners = np.take_along_axis(triangles, order, axis=1)
    at_corners = np.take_along_axis(at_corners, order, axis=1).astype(float)
    own, others = at_corners[:, :1], at_corners[:, 1:]
    along = own / (own - others)  # where the straight line from `own` to each of the others is zero, 0..1
    x, y = corners % columns + 0.5, corners // columns + 0.5
    x_zero = x[:, :1] + along * (x[:, 1:] - x[:, :1])
    y_zero = y[:, :1] + along * (y[:, 1:] - y[:, :1])
    return np.stack([x_zero[:, 0], y_zero[:, 0], x_zero[:, 1], y_zero[:, 1]], axis=1)
