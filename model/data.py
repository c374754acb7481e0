"""From a description of the data to the arrays that a network is trained on.

    data set -> points -> split into parts -> features -> standardised -> what the network sees

Everything here follows from the description alone: the same `Data` gives the same arrays to the last bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated

import numpy as np

from model import features as input_features
from model.arrays import Floats, Shape
from model.datasets import AnyDataset, OfFile
from model.datasets.dataset import Integers, Samples
from model.datasets.recently_read import RECENTLY_READ
from model.features import FeatureName
from model.hyperparameter import Spec, hyperparameter
from model.message import QT_TRANSLATE_NOOP, Message
from model.split import Split, limited, split

PLANE_AT_LEAST = 6.0  # half the side of the drawn plane
PLANE_MARGIN = 1.05  # how far it reaches beyond the outermost point
IN_THE_PLANE = (2,)


class Data(Spec, tag=False, frozen=True):
    """Which data, seen how, and how shared out between training, validation and test."""

    dataset: AnyDataset
    features: Annotated[
        tuple[FeatureName, ...],
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "features"),
            QT_TRANSLATE_NOOP(
                "model", "What the network sees of a point in the plane. Data of any other shape is seen as it is."
            ),
        ),
    ] = ("x1", "x2")
    standardize: Annotated[
        bool,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "standardize"),
            QT_TRANSLATE_NOOP(
                "model",
                "Shift and scale every input so that over the training samples its mean is 0 "
                "and its standard deviation 1. Helps where inputs differ much in size.",
            ),
        ),
    ] = False
    validation: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "validation share"),
            QT_TRANSLATE_NOOP("model", "Share of the samples kept for choosing between networks and settings."),
            at_least=0,
            below=1,
        ),
    ] = 0.0
    test: Annotated[
        float,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "test share"),
            QT_TRANSLATE_NOOP("model", "Share of the samples kept for the last question: how good is it on new data?"),
            at_least=0,
            below=1,
        ),
    ] = 0.2
    seed: Annotated[
        int,
        hyperparameter(
            QT_TRANSLATE_NOOP("model", "data seed"),
            QT_TRANSLATE_NOOP(
                "model", "The number from which the samples and their split are drawn: same seed, same data."
            ),
            at_least=0,
            at_most=2**31 - 1,
        ),
    ] = 1
    training_samples: (
        Annotated[
            int,
            hyperparameter(
                QT_TRANSLATE_NOOP("model", "training limit"),
                QT_TRANSLATE_NOOP(
                    "model",
                    "Training gets no more samples than this, of every class its share; the others are left out. "
                    "Validation and test stay as they are. With few samples a large network learns them by heart.",
                ),
                at_least=1,
                at_most=100_000,
                scale="log",
            ),
        ]
        | None
    ) = None

    @property
    def input_names(self) -> tuple[str, ...]:
        """What the network's inputs are called, one for each number of an input, in the order of memory."""
        axes = self.dataset.axis_names
        if self.dataset.shape != IN_THE_PLANE:
            return axes
        return tuple(input_features.named(each, axes) for each in self.features)


def problems(data: Data) -> Iterator[tuple[str, Message]]:
    """What no single field of `data` can know to be wrong: its place within `data`, such as ".test", and a sentence."""
    if data.validation + data.test >= 1:
        yield (
            ".test",
            Message(
                QT_TRANSLATE_NOOP(
                    "model",
                    "the validation share {validation} and the test share {test} leave no sample for training: "
                    "together they must be below 1",
                ),
                {"validation": data.validation, "test": data.test},
            ),
        )
    for place, message in data.dataset.problems():
        yield f".dataset{place}", message
    if not data.features:
        yield ".features", Message(QT_TRANSLATE_NOOP("model", "no feature is chosen: at least one is needed"))
    for place, name in enumerate(data.features):
        if name in data.features[:place]:
            yield (
                f".features[{place}]",
                Message(QT_TRANSLATE_NOOP("model", "the feature {name} is there twice"), {"name": name}),
            )


@dataclass(frozen=True, eq=False)
class Part:
    """The samples of one part. The arrays are read-only."""

    points: Floats  # (N, *shape): as the data set gives them
    inputs: Floats  # (N, *input_shape): as the network sees them
    targets: Integers | Floats  # (N,) class numbers; or (N, 1) values of a regression


@dataclass(frozen=True, eq=False)
class Inputs:
    """The way from a point to what the network sees, fixed by the training part."""

    features: tuple[FeatureName, ...] | None  # None: the point itself
    mean: Floats  # (*input_shape), subtracted
    deviation: Floats  # (*input_shape), divided by; 1 where an input never changes
    is_identity: bool = False  # mean 0, deviation 1: numbers stay as they are, and large data is not copied

    @staticmethod
    def fitted(data: Data, training_points: Floats) -> "Inputs":
        """The way that `data` describes. The mean and deviation are those of the training points alone: the test
        samples have to stay unseen in every respect."""
        features = data.features if data.dataset.shape == IN_THE_PLANE else None
        seen = training_points if features is None else input_features.apply(features, training_points)
        mean, deviation = np.zeros(seen.shape[1:]), np.ones(seen.shape[1:])
        if data.standardize:
            constant = seen.min(axis=0) == seen.max(axis=0)  # a pixel that is paper in every image
            mean = seen.mean(axis=0)
            deviation = np.where(constant, 1.0, seen.std(axis=0))
        return Inputs(features, mean, deviation, is_identity=not data.standardize)

    def __call__(self, points: Floats) -> Floats:
        """Points (N, *shape) as the network sees them (N, *input_shape)."""
        seen = points if self.features is None else input_features.apply(self.features, points)
        if self.is_identity:
            return seen
        centred = seen - self.mean
        centred /= self.deviation
        return centred


@dataclass(frozen=True, eq=False)
class Parts:
    """All that training and the panels need of the data."""

    train: Part
    validation: Part
    test: Part
    to_inputs: Inputs  # to_inputs(points) -> inputs, for points that are in no part: a grid over the plane
    input_shape: Shape
    input_names: tuple[str, ...]  # one for each number of an input, in the order of memory
    notes: tuple[Message, ...]  # what could not be shared out as asked
    plane: tuple[tuple[float, float], ...] | None  # (low, high) of each axis to be drawn, for one and two variables

    def named(self) -> list[tuple[str, Part]]:
        """The parts that are not empty, with their names, training first."""
        parts = ("train", self.train), ("validation", self.validation), ("test", self.test)
        return [(name, part) for name, part in parts if len(part.inputs)]


def load(data: Data) -> Parts:
    """Draw the samples, share them out and prepare them. Raises ValueError with the first of `problems(data)`, and
    DataFileError where they are in a file that cannot be read."""
    return _load_large(data) if isinstance(data.dataset, OfFile) else _load(data)


def _loaded(data: Data) -> Parts:
    for _, problem in problems(data):
        raise ValueError(str(problem))
    dataset = data.dataset
    samples = dataset.draw(data.seed)
    parts = _shared_out(data, samples)
    # Shuffled once, so that every part is a piece of it: large data has no room to be there twice.
    train = limited(parts.train, samples.labels, data.training_samples)
    left_out = np.setdiff1d(parts.train, train, assume_unique=True)
    order = np.concatenate([train, left_out, parts.validation, parts.test])
    samples = replace(samples, inputs=samples.inputs[order], targets=samples.targets[order])
    if isinstance(dataset, OfFile):
        RECENTLY_READ.keep(dataset, samples, order)
    points, targets = samples.inputs, samples.targets
    to_inputs = Inputs.fitted(data, points[: len(train)])
    inputs = to_inputs(points)  # the points themselves where nothing is to be done
    for array in (points, inputs, targets):
        array.setflags(write=False)

    def part(begin: int, end: int) -> Part:
        return Part(points[begin:end], inputs[begin:end], targets[begin:end])

    trained = len(parts.train)
    behind = trained + len(parts.validation)
    return Parts(
        train=part(0, len(train)),
        validation=part(trained, behind),
        test=part(behind, len(points)),
        to_inputs=to_inputs,
        input_shape=to_inputs.mean.shape,
        input_names=data.input_names,
        notes=(*samples.notes, *parts.notes),
        plane=_plane(points, alike=not isinstance(dataset, OfFile)),
    )


_load = lru_cache(maxsize=4)(_loaded)
_load_large = lru_cache(maxsize=1)(_loaded)  # a file may fill much of the memory


def _shared_out(data: Data, samples: Samples) -> Split:
    """The split by shares; or, as long as no test share is asked for, with the test part that the data comes with."""
    labels, names, n = samples.labels, data.dataset.class_names, len(samples.inputs)
    if not samples.test or data.test:
        return split(labels, n, data.validation, data.test, data.seed, names)
    n -= samples.test
    found = split(None if labels is None else labels[:n], n, data.validation, 0.0, data.seed, names)
    source = QT_TRANSLATE_NOOP(
        "model", "The test part is the one that the data comes with; a test share above 0 splits all samples anew."
    )
    return replace(found, test=np.arange(n, n + samples.test), notes=(*found.notes, Message(source)))


def _plane(points: Floats, *, alike: bool) -> tuple[tuple[float, float], ...] | None:
    """The region to be drawn, with every point inside. Where the axes are `alike` it is the same on all of them, so
    that a circle stays round; columns of a file may be years and grams, and each has its own."""
    if points.shape[1:] not in {(1,), (2,)}:
        return None
    if not alike:
        lows, highs = points.min(axis=0), points.max(axis=0)
        room = np.where(highs > lows, (PLANE_MARGIN - 1) * (highs - lows), 1.0)
        return tuple(zip((lows - room).tolist(), (highs + room).tolist(), strict=True))
    reach = max(PLANE_AT_LEAST, PLANE_MARGIN * float(np.abs(points).max()))
    return ((-reach, reach),) * points.shape[1]
