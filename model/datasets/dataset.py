"""What a data set is: samples, each a point and the answer that belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, cast

import numpy as np
from numpy.typing import NDArray

from model.arrays import Floats, Shape
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP, Message

Task = Literal["classification", "regression"]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Samples:
    """N samples, the points and their targets in the same order."""

    inputs: Floats  # (N, *shape), float64
    targets: Integers | Floats  # (N,) class numbers 0, 1, ...; or (N, 1) float64 values of a regression
    test: int = 0  # how many at the end are the test part that the data comes with
    notes: tuple[Message, ...] = ()  # what is to be said about them

    @property
    def labels(self) -> Integers | None:
        """The class numbers, or None of a regression."""
        return cast(Integers, self.targets) if self.targets.dtype == np.int64 else None


class Dataset(Spec, frozen=True):
    """A set of samples with a name. A subclass says what they are and how to come by them.

    Every data set has four facts, `task`, `shape`, `axis_names` and `class_names`: of `BuiltIn` data the class knows
    them, of `Own` data each set its own. So `AnyDataset`, one of the table, is what a set's user asks for.
    """

    def draw(self, seed: int) -> Samples:
        """The samples. The same `seed` gives the same samples; real data is the same whatever the seed."""
        raise NotImplementedError

    def problems(self) -> Iterator[tuple[str, Message]]:
        """What no single field can know to be wrong: its place, such as ".points[3]", and a sentence."""
        return iter(())

    def title(self) -> Message:
        """What it is called among others: its label; of own data what tells one set from another, too."""
        return Message(self.label)


class BuiltIn(Dataset, frozen=True):
    """Data that Downhill comes with: whatever a person sets, it stays of one shape."""

    task: ClassVar[Task]
    shape: ClassVar[Shape]  # of one sample: (2,) a point in the plane, (1, 8, 8) channels, rows, columns
    axis_names: ClassVar[tuple[str, ...]]  # of a sample's numbers, in the order of memory
    class_names: ClassVar[tuple[str, ...]] = ()  # marked for translation; none for a regression


class Own(Dataset, frozen=True):
    """Data that a person brings: the same four facts, of each set its own."""

    @property
    def task(self) -> Task:
        raise NotImplementedError

    @property
    def shape(self) -> Shape:
        raise NotImplementedError

    @property
    def axis_names(self) -> tuple[str, ...]:
        raise NotImplementedError

    @property
    def class_names(self) -> tuple[str, ...]:
        return ()


class Synthetic(BuiltIn, frozen=True):
    """Samples computed from a formula, as many as one likes.

    Noise never changes a class: it belongs to the clean point, which then is moved, as far as each formula says. Every
    formula draws the same random numbers whatever the noise, so turning the noise up moves the same points further.
    """

    samples: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "samples"),
            QT_TRANSLATE_NOOP("model", "How many samples are drawn, all parts (training, validation, test) together."),
            at_least=1,
            at_most=100_000,
            scale="log",
        ),
    ] = 400
    noise: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "noise"),
            QT_TRANSLATE_NOOP(
                "model",
                "How far chance moves a point from its place (in a regression: the target from its value). "
                "0 is clean, 0.5 is hard; a sample's class never changes.",
            ),
            at_least=0,
            at_most=1,
        ),
    ] = 0.1
    # Which version of the formula: should a formula ever change, old files still mean the points that they meant.
    version: Literal[1] = 1
