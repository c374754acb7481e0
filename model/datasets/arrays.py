"""Arrays from npz and IDX files: images, or rows of numbers, and the answer to each."""

import math
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from model.arrays import Floats, Shape
from model.data_files.array_reading import read_member
from model.data_files.error import DataFileError, Watch, unwatched
from model.data_files.memory import check_room
from model.data_files.source import Source, open_source
from model.datasets.dataset import Integers, Own, Samples, Task
from model.datasets.recently_read import RECENTLY_READ
from model.hyperparameter import Spec
from model.message import QT_TRANSLATE_NOOP, Message

MOST_CLASSES = 200
MOST_INPUTS = 200_000  # numbers of one sample
MOST_LETTERS = 200  # of the name of a class or an array

Name = Annotated[str, msgspec.Meta(max_length=MOST_LETTERS)]


class ArrayAt(Spec, tag=False, frozen=True, kw_only=True):
    """Where an array is."""

    file: Annotated[int, msgspec.Meta(ge=0, le=3)] = 0  # its place among the files
    member: Name = ""  # its name in an npz file


class Arrays(Own, tag="arrays", frozen=True, kw_only=True):
    """Two arrays of the same length: samples, and their targets; and two more where the data has a test part.

    Images are (N, rows, columns) or (N, rows, columns, channels) in a file and (channels, rows, columns) here. Bytes
    are divided by `scale`, 255, so that 0 is paper and 1 is ink. A test part that comes with the data, as MNIST's does,
    stays the test part as long as the experiment's test share is 0; a larger share splits all samples anew.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "own arrays")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model", "Your own data, from arrays in npz or IDX files: images or rows of numbers, and the answer to each."
    )

    name: Annotated[str, msgspec.Meta(max_length=300)]
    files: Annotated[tuple[Source, ...], msgspec.Meta(min_length=1, max_length=4)]
    inputs: ArrayAt
    targets: ArrayAt
    test_inputs: ArrayAt | None = None
    test_targets: ArrayAt | None = None
    sample: Annotated[tuple[Annotated[int, msgspec.Meta(ge=1)], ...], msgspec.Meta(min_length=1, max_length=3)]
    classes: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_CLASSES)] = ()  # none: a regression
    scale: Annotated[float, msgspec.Meta(gt=0)] = 1.0

    @property
    def task(self) -> Task:
        return "classification" if self.classes else "regression"

    @property
    def shape(self) -> Shape:
        return self.sample

    @property
    def axis_names(self) -> tuple[str, ...]:
        if len(self.sample) == 1:
            return tuple(f"x{i}" for i in range(1, self.sample[0] + 1))
        channels, rows, columns = self.sample
        return tuple(
            f"[{row}, {column}]" if channels == 1 else f"[{channel}, {row}, {column}]"
            for channel in range(channels)
            for row in range(rows)
            for column in range(columns)
        )

    @property
    def class_names(self) -> tuple[str, ...]:
        return self.classes

    def problems(self) -> Iterator[tuple[str, Message]]:
        if len(self.sample) == 2 or math.prod(self.sample) > MOST_INPUTS:
            message = QT_TRANSLATE_NOOP(
                "model", "a sample is a row of numbers, or channels, rows and columns; at most {most:,} numbers"
            )
            yield ".sample", Message(message, {"most": MOST_INPUTS})
        if len(self.classes) == 1 or len(set(self.classes)) < len(self.classes):
            yield ".classes", Message(QT_TRANSLATE_NOOP("model", "there must be two classes or more, each once"))
        if (self.test_inputs is None) != (self.test_targets is None):
            message = QT_TRANSLATE_NOOP("model", "the test part needs both, its samples and their targets")
            yield ".test_inputs", Message(message)
        for field in ("inputs", "targets", "test_inputs", "test_targets"):
            at: ArrayAt | None = getattr(self, field)
            if at is not None and at.file >= len(self.files):
                message = QT_TRANSLATE_NOOP("model", "there is no file {found}; the last one is {last}")
                yield f".{field}.file", Message(message, {"found": at.file, "last": len(self.files) - 1})

    def title(self) -> Message:
        return Message("{name}", {"name": self.name})

    def draw(self, seed: int) -> Samples:
        """The samples in their order, whatever the seed. Raises DataFileError."""
        return RECENTLY_READ.get(self) or self.read()

    def read(self, watch: Watch = unwatched) -> Samples:
        """Read the arrays; `draw` will know them. Raises DataFileError, MovedError, and what `watch` raises."""
        inputs = [self._array(self.inputs, watch)]
        targets = [self._array(self.targets, watch)]
        if self.test_inputs is not None and self.test_targets is not None:
            inputs.append(self._array(self.test_inputs, watch))
            targets.append(self._array(self.test_targets, watch))
        for some, answers in zip(inputs, targets, strict=True):
            _check_lengths(some, answers)
        n = sum(len(each) for each in inputs)
        check_room(n * math.prod(self.sample))
        made = np.empty((n, *self.sample))
        begin = 0
        while inputs:
            each = inputs.pop(0)  # its memory is free again when it is taken over
            _take(each, made[begin : begin + len(each)], self.scale)
            begin += len(each)
        answers = self._targets(np.concatenate([flat_targets(each) for each in targets]))
        for array in (made, answers):
            array.setflags(write=False)
        samples = Samples(made, answers, test=len(targets[1]) if len(targets) > 1 else 0)
        RECENTLY_READ.keep(self, samples)
        return samples

    def _array(self, at: ArrayAt, watch: Watch) -> NDArray[Any]:
        with open_source(self.files[at.file], watch) as file:
            return read_member(file, self.name, at.member, watch)

    def _targets(self, answers: NDArray[Any]) -> Integers | Floats:
        """Class numbers (n,) or values (n, 1). Raises DataFileError."""
        if self.task == "regression":
            values = answers.astype(np.float64).reshape(-1, 1)
            check_finite(values)
            return values
        values, where = np.unique(answers, return_inverse=True)
        known = {text: number for number, text in enumerate(self.classes)}
        names = class_texts(values)
        unknown = [name for name in names if name not in known]
        if unknown:
            raise DataFileError(
                QT_TRANSLATE_NOOP("model", "the targets hold {found}, which is none of the classes"), found=unknown[0]
            )
        return np.array([known[name] for name in names], dtype=np.int64)[where]


def flat_targets(found: NDArray[Any]) -> NDArray[Any]:
    """One answer a sample, (n,): of a one-hot array (n, classes) the place of the 1. Raises DataFileError."""
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    if found.ndim == 2 and found.dtype.kind in "biuf" and found.size:
        ones = (found == 1).sum(axis=1)
        if np.all(ones == 1) and np.all((found == 0) | (found == 1)):
            return found.argmax(axis=1)
    if found.ndim != 1:
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "the targets must be one number or class a sample; they have the shape {shape}"),
            shape=" × ".join(map(str, found.shape)),
        )
    return found


def class_texts(values: NDArray[Any]) -> list[str]:
    """What the classes are called that are written so: 3.0 is called "3"."""
    plain: list[Any] = values.tolist()
    return [
        str(int(each)) if isinstance(each, bool) or (isinstance(each, float) and each.is_integer()) else _text(each)
        for each in plain
    ]


def sample_shape(shape: Shape) -> Shape | None:
    """What one sample is, in an array of this shape: a row, or (channels, rows, columns). None where it can be none."""
    match shape[1:]:
        case ():
            return (1,)
        case (length,):
            return (length,)
        case (rows, columns):
            return (1, rows, columns)
        case (rows, columns, channels) if channels in {1, 3, 4}:
            return (channels, rows, columns)
        case (channels, rows, columns):
            return (channels, rows, columns)
        case _:
            return None


def check_finite(values: Floats) -> None:
    """Raises DataFileError with the first place where a number is none."""
    finite = np.isfinite(values)
    if not finite.all():
        place = np.argwhere(~finite)[0].tolist()
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "sample {row}, number {place}: {value} is not a finite number"),
            row=place[0],
            place=place[1:] or 0,
            value=float(values[tuple(place)]),
        )


def _text(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _check_lengths(inputs: NDArray[Any], targets: NDArray[Any]) -> None:
    if not inputs.ndim or not targets.ndim or len(inputs) != len(targets) or not len(inputs):
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "there are {inputs:,} samples and {targets:,} targets: each needs one"),
            inputs=len(inputs) if inputs.ndim else 0,
            targets=len(targets) if targets.ndim else 0,
        )


def _take(found: NDArray[Any], made: Floats, scale: float) -> None:
    """Write samples of any kind of number to where they belong, axes in the order that layers want."""
    if found.dtype.kind not in "biuf":
        raise DataFileError(QT_TRANSLATE_NOOP("model", "the samples must be numbers"))
    if sample_shape(found.shape) != made.shape[1:]:
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "a sample has the shape {found}, and {expected} is expected"),
            found=" × ".join(map(str, found.shape[1:])),
            expected=" × ".join(map(str, made.shape[1:])),
        )
    if found.ndim == 4 and found.shape[1:] != made.shape[1:]:
        found = np.moveaxis(found, -1, 1)
    np.divide(found.reshape(made.shape), scale, out=made)
    if found.dtype.kind == "f":
        check_finite(made)
