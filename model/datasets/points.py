"""Points of the plane, set by hand."""

import math
from collections.abc import Iterator
from typing import Annotated, ClassVar
from zlib import crc32

import msgspec
import numpy as np

from model.arrays import Shape
from model.datasets.dataset import Own, Samples, Task
from model.hyperparameter import hyperparameter
from model.message import QT_TRANSLATE_NOOP, Message

MOST_POINTS = 5_000
MOST_CLASSES = 8  # as many as there are colours that can be told apart
FURTHEST = 1_000.0  # from the origin, along each axis
NAMES = tuple("ABCDEFGH")  # short, and the same in every language

Coordinate = Annotated[float, msgspec.Meta(ge=-FURTHEST, le=FURTHEST)]
ClassNumber = Annotated[int, msgspec.Meta(ge=0, lt=MOST_CLASSES)]
Point = tuple[Coordinate, Coordinate, ClassNumber]  # x1, x2, class

# What one begins with: two waves, one above the other.
FIRST: tuple[Point, ...] = tuple(
    (x / 2, round(2 * math.sin(x / 2) + height, 2), label)
    for label, height in ((0, 1.2), (1, -1.2))
    for x in range(-10, 11)
)


class Points(Own, tag="points", frozen=True):
    """Samples that a person has set: where each lies, and its class.

    They are the experiment's own, written into its file as [x1, x2, class]. A class may be without a point for a while:
    `classes` says how many there are, whatever was set so far.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "own points")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Points that you set yourself, of two to eight classes: invent the problem, and see what the network makes "
        "of it.",
    )

    points: Annotated[tuple[Point, ...], msgspec.Meta(max_length=MOST_POINTS)] = FIRST
    classes: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "classes"),
            QT_TRANSLATE_NOOP("model", "How many classes there are to choose from; each is one colour."),
            at_least=2,
            at_most=MOST_CLASSES,
        ),
    ] = 2

    @property
    def task(self) -> Task:
        return "classification"

    @property
    def shape(self) -> Shape:
        return (2,)

    @property
    def axis_names(self) -> tuple[str, ...]:
        return "x1", "x2"

    @property
    def class_names(self) -> tuple[str, ...]:
        return NAMES[: self.classes]

    def draw(self, seed: int) -> Samples:
        """The points in their order, whatever the seed; there must be at least one."""
        rows = np.array(self.points, dtype=np.float64).reshape(-1, 3)
        return Samples(rows[:, :2].copy(), rows[:, 2].astype(np.int64))

    def problems(self) -> Iterator[tuple[str, Message]]:
        """No point at all; a point of a class that there is not; a coordinate that is no number."""
        if not self.points:
            yield ".points", Message(QT_TRANSLATE_NOOP("model", "there is no point yet: set at least one"))
        for place, (x1, x2, label) in enumerate(() if self._are_sound() else self.points):
            if not (math.isfinite(x1) and math.isfinite(x2)):
                message = QT_TRANSLATE_NOOP("model", "both coordinates must be finite numbers")
                yield f".points[{place}]", Message(message)
            if label >= self.classes:
                message = QT_TRANSLATE_NOOP("model", "class {label} is not one of the {classes} classes, 0 to {last}")
                values: dict[str, object] = {"label": label, "classes": self.classes, "last": self.classes - 1}
                yield f".points[{place}][2]", Message(message, values)

    def _are_sound(self) -> bool:
        """Whether nothing is wrong with any point, told of all of them at once: it is asked with every stroke."""
        if not self.points:
            return True
        x1, x2, labels = zip(*self.points, strict=True)
        return math.isfinite(sum(x1) + sum(x2)) and max(labels) < self.classes

    def title(self) -> Message:
        """How many there are, and a checksum: two sets may have as many."""
        source = QT_TRANSLATE_NOOP("model", "{count:,} own points (checksum {checksum})")
        checksum = f"{crc32(msgspec.json.encode(self.points)):08x}"
        return Message(source, {"count": len(self.points), "checksum": checksum})
