"""A draft of own points: what has been set so far, and how a touch of the plane changes it.

It may be what no experiment can be: empty, or full.
"""

import math
import random
from collections.abc import Iterable

import numpy as np

from model.arrays import Floats
from model.datasets import AnyDataset
from model.datasets.points import FURTHEST, MOST_CLASSES, MOST_POINTS, Point, Points

LEAST_CLASSES = 2
DIGITS = 3  # behind the point of a coordinate: finer than any pixel, and short in a file


class Draft:
    """Points in the order in which they were set, and how many classes there are to choose from."""

    def __init__(self, points: Iterable[Point] = (), classes: int = LEAST_CLASSES) -> None:
        self.points = list(points)
        self.classes = classes
        self._agreed = classes  # of the data set: a class that was added counts when it has its first point

    @staticmethod
    def of(points: Points) -> "Draft":
        return Draft(points.points, points.classes)

    @property
    def full(self) -> bool:
        return len(self.points) >= MOST_POINTS

    @property
    def used(self) -> list[int]:
        """The classes that have a point."""
        return sorted({label for _, _, label in self.points})

    def made(self) -> Points:
        """As a data set, with the classes that it had and those that have come into use."""
        self._agreed = max([self._agreed, *(label + 1 for label in self.used)])
        return Points(points=tuple(self.points), classes=self._agreed)

    def add_class(self) -> bool:
        """One more class to choose from. False: there are as many as there may be."""
        if self.classes >= MOST_CLASSES:
            return False
        self.classes += 1
        return True

    def add(self, x1: float, x2: float, label: int, reach: float) -> Point | None:
        """Set a point; None where it lies further out than `reach`, or the draft is full."""
        point = rounded(x1, x2, label)
        if self.full or max(abs(point[0]), abs(point[1])) > min(reach, FURTHEST):
            return None
        self.points.append(point)
        return point

    def spray(
        self, chance: random.Random, middle: tuple[float, float], radius: float, count: int, label: int, reach: float
    ) -> list[Point]:
        """Set up to `count` points by chance, evenly over the disc; those that were set.

        The area within r grows with r^2, so the square root of an even number is what makes them even over the area.
        """
        found: list[Point] = []
        for _ in range(count):
            angle, distance = chance.uniform(0, 2 * math.pi), radius * math.sqrt(chance.random())
            x1, x2 = middle[0] + distance * math.cos(angle), middle[1] + distance * math.sin(angle)
            point = self.add(x1, x2, label, reach)
            if point is not None:
                found.append(point)
        return found

    def erase(self, middle: tuple[float, float], radius: float) -> int:
        """Take away whatever lies in the disc; how many that was."""
        far = self._distances(middle) > radius
        before = len(self.points)
        if not far.all():
            self.points = [point for point, stays in zip(self.points, far.tolist(), strict=True) if stays]
        return before - len(self.points)

    def nearest(self, place: tuple[float, float], within: float) -> int | None:
        """Which point lies nearest to `place`; None where none lies `within` this distance."""
        distances = self._distances(place)
        if not len(distances):
            return None
        found = int(distances.argmin())
        return found if distances[found] <= within else None

    def move(self, number: int, x1: float, x2: float, reach: float) -> None:
        """Put a point elsewhere, at the edge where that lies beyond `reach`."""
        edge = math.floor(min(reach, FURTHEST) * 10**DIGITS) / 10**DIGITS
        x1, x2 = (min(max(x, -edge), edge) for x in (x1, x2))
        self.points[number] = rounded(x1, x2, self.points[number][2])

    def _distances(self, place: tuple[float, float]) -> Floats:
        at = np.array([point[:2] for point in self.points], float).reshape(-1, 2)
        return np.hypot(at[:, 0] - place[0], at[:, 1] - place[1])


def rounded(x1: float, x2: float, label: int) -> Point:
    """A point as it is kept."""
    return round(float(x1), DIGITS) + 0.0, round(float(x2), DIGITS) + 0.0, int(label)  # 0 and not -0


def copied(dataset: AnyDataset, seed: int) -> Points:
    """Own points where those of a data set of classes in the plane lie: the first MOST_POINTS of them."""
    samples = dataset.draw(seed)
    rows = zip(samples.inputs[:MOST_POINTS].tolist(), samples.targets[:MOST_POINTS].tolist(), strict=True)
    points = tuple(rounded(x1, x2, label) for (x1, x2), label in rows)
    return Points(points=points, classes=len(dataset.class_names))
