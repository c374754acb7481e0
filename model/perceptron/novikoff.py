"""How many mistakes the perceptron rule can make: Novikoff's bound.

Write the bias as the weight of an input that is always 1, and turn the samples of class 0 round:

    z = +(x1, x2, 1) for target 1,    z = -(x1, x2, 1) for target 0

Then a neuron v = (w1, w2, b) is right about a sample where v . z > 0, and the rule is v <- v + lr z at each mistake.
Let u be a unit vector with u . z >= gamma > 0 for every sample, and R the length of the longest z. Starting from v = 0
with lr = 1 (from 0 the rate scales v and changes no answer), after k mistakes

    u . v >= k gamma        each mistake adds u . z >= gamma
    |v|^2 <= k R^2          each adds 2 v . z + |z|^2, and v . z <= 0 where it is wrong

so that k gamma <= u . v <= |v| <= sqrt(k) R, and

    k <= (R / gamma)^2

The best u gives the largest gamma, the *margin*. It points to the point of the convex hull of all z that is nearest to
the origin, and gamma is that distance. In three dimensions such a point lies on a corner, an edge or a triangle of the
hull, so that trying all of them finds it.

Source. A. B. J. Novikoff, "On convergence proofs on perceptrons", Symposium on the Mathematical Theory of Automata
(1962).
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from model.arrays import Floats
from model.perceptron.perceptron_rule import Sample

TINY = 1e-9  # rounding, relative to R


def signed_samples(samples: Sequence[Sample]) -> Floats:
    """z of every sample: (n, 3)."""
    points = np.array([(*sample.x, 1.0) for sample in samples])
    signs = np.array([1.0 if sample.target else -1.0 for sample in samples])
    return points * signs[:, None]


def margin(samples: Sequence[Sample]) -> float | None:
    """gamma: how far the best neuron keeps every sample on its right side; None where no line parts the classes."""
    z = signed_samples(samples)
    best = _nearest_of_the_hull(z)
    length = float(np.linalg.norm(best))
    reach = float(np.linalg.norm(z, axis=1).max())
    # The nearest point p of a hull away from the origin has p . z >= |p|^2 for all z of it.
    if length <= TINY * reach or float((z @ best).min()) < length * length - TINY * reach * reach:
        return None
    return length


def most_mistakes(samples: Sequence[Sample]) -> float | None:
    """(R / gamma)^2, which the number of mistakes cannot exceed; None where no line parts the classes."""
    gamma = margin(samples)
    if gamma is None:
        return None
    reach = float(np.linalg.norm(signed_samples(samples), axis=1).max())
    return (reach / gamma) ** 2


def _nearest_of_the_hull(z: Floats) -> Floats:
    """The shortest of all points nearest to the origin on a corner, edge or triangle of the rows of `z` (n, 3)."""
    best = z[np.argmin((z * z).sum(axis=1))]
    for size in (2, 3):
        chosen = np.array(list(combinations(range(len(z)), size)), int).reshape(-1, size)
        first, edges = z[chosen[:, 0]], z[chosen[:, 1:]] - z[chosen[:, :1]]
        # first + sum_i c_i edge_i is nearest to 0 where it stands at right angles to every edge.
        products = edges @ edges.transpose(0, 2, 1)
        flat = np.abs(np.linalg.det(products)) <= TINY
        products[flat] = np.eye(size - 1)  # corners on one line or point: a smaller choice has the same hull
        shares = np.linalg.solve(products, -(edges @ first[:, :, None]))[:, :, 0]
        inside = ~flat & (shares >= 0).all(axis=1) & (shares.sum(axis=1) <= 1)
        points = (first + (shares[:, :, None] * edges).sum(axis=1))[inside]
        if len(points):
            shortest = points[np.argmin((points * points).sum(axis=1))]
            if shortest @ shortest < best @ best:
                best = shortest
    return best
