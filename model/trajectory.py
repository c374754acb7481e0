"""The path of a network through the space of its parameters, seen from its most telling side.

A network with 200 parameters moves through 200 dimensions. Of all flat pictures of its path, the one on the two
*principal directions* keeps the most of its movement: subtract the mean point, and take the two directions in which
the rest spreads most (the eigenvectors of the covariance with the largest eigenvalues).

With n points of p parameters the covariance is p x p, but only n x n numbers matter: for the centred history H (n, p),
H H^T has the same non-zero eigenvalues, and an eigenvector u of it gives the direction H^T u / |H^T u|.

The history is thinned: when it is full, every second point is dropped and from then on half as many are kept, so it
covers the whole run evenly in bounded memory.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import Floats, Vector

MOST_BYTES = 32 * 2**20
MOST_POINTS = 400
FEWEST_POINTS = 16


class History:
    """Parameters at every `interval`-th step, at most a fixed number of them."""

    def __init__(self, size: int) -> None:
        """`size`: the number of parameters."""
        self.most = int(np.clip(MOST_BYTES // (8 * size), FEWEST_POINTS, MOST_POINTS)) // 2 * 2
        self.interval = 1
        # One list of pairs and not two lists, replaced and never thinned in place: whoever reads while training goes
        # on (`kept = list(history.kept)`) gets steps and points that belong together.
        self.kept: list[tuple[int, Vector]] = []

    @property
    def steps(self) -> list[int]:
        """The steps at which the points were taken, rising."""
        return [step for step, _ in self.kept]

    @property
    def points(self) -> list[Vector]:
        """The parameters at those steps, (size,) each."""
        return [point for _, point in self.kept]

    def offer(self, step: int, parameters: Vector) -> None:
        """Keep a copy if `step` is due. Steps come in rising order."""
        if step % self.interval or (self.kept and step <= self.kept[-1][0]):
            return
        if len(self.kept) == self.most:
            self.interval *= 2
            self.kept = [each for each in self.kept if each[0] % self.interval == 0]
            if step % self.interval:
                return
        self.kept.append((step, parameters.copy()))

    def branched(self, step: int) -> "History":
        """The same up to `step`, for a run that goes another way from there. The points are shared."""
        made = History.__new__(History)
        made.most, made.interval = self.most, self.interval
        made.kept = [each for each in self.kept if each[0] <= step]
        return made

    def cut(self, step: int) -> None:
        """Forget what came after `step`."""
        self.kept = [each for each in self.kept if each[0] <= step]


@dataclass(frozen=True, eq=False)
class Directions:
    """Two orthonormal directions (2, p), the point they start from (p,), and the share of the movement each shows."""

    mean: Vector
    axes: Floats
    shares: tuple[float, float]

    def project(self, points: Floats) -> Floats:
        """Points (n, p) in the plane of the two directions, (n, 2)."""
        return (points - self.mean) @ self.axes.T


def principal_directions(points: Floats, before: Directions | None = None) -> Directions | None:
    """The two principal directions of points (n, p). None where they do not move.

    None as well where a point is not finite or too far away to be squared (a diverged run).
    A direction is as good as its opposite. Without `before` the path ends on the positive side of where it began; with
    it each direction keeps the sign that agrees with the earlier one, so that a picture drawn again and again does not
    flip.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        mean = points.mean(axis=0)
        centred = points - mean
        gram = centred @ centred.T  # H H^T, (n, n)
    if len(points) < 2 or not np.isfinite(gram).all():
        return None
    values, vectors = np.linalg.eigh(gram)  # rising order
    total = float(values.clip(0).sum())
    if total <= 0:
        return None
    axes = np.zeros((2, points.shape[1]))
    for row, column in enumerate((-1, -2)):
        direction = centred.T @ vectors[:, column]
        length = float(np.linalg.norm(direction))
        if values[column] > 1e-12 * total and length > 0:
            axes[row] = direction / length
            agreeing = before.axes[row] if before is not None else points[-1] - points[0]
            if float(axes[row] @ agreeing) < 0:
                axes[row] *= -1
    shares = float(max(0, values[-1]) / total), float(max(0, values[-2]) / total)
    return Directions(mean, axes, shares)
