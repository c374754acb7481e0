"""Which arrays of a file are likely to be samples and targets, and the data set of those that are chosen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.data_files.array_reading import read_member
from model.data_files.error import DataFileError, Watch, quoted, unwatched
from model.data_files.source import open_source
from model.datasets.arrays import MOST_CLASSES, MOST_LETTERS, Arrays, class_texts, flat_targets, sample_shape
from model.datasets.dataset import Task
from model.datasets.from_file import FoundArrays
from model.message import QT_TRANSLATE_NOOP

Chosen = tuple[int, int, int | None, int | None]  # samples, targets, and those of the test part

# Names of the arrays in npz files, samples and targets, as they are usual.
PAIRS = (
    ("x_train", "t_train"),
    ("x_train", "y_train"),
    ("X_train", "y_train"),
    ("train_images", "train_labels"),
    ("train_img", "train_label"),
    ("images", "labels"),
    ("images", "digits"),
    ("inputs", "targets"),
    ("X", "y"),
    ("x", "y"),
    ("x", "t"),
    ("data", "target"),
    ("data", "labels"),
    ("arr_0", "arr_1"),
)


def pair_of(found: FoundArrays) -> Chosen:
    """Which arrays are likely to be the samples, their targets, and those of the test part. Raises DataFileError."""
    names = [name for _, _, name in found.arrays]
    for inputs, targets in PAIRS:
        if inputs in names and targets in names:
            test = [each.replace("train", "test") for each in (inputs, targets)]
            has_test = test[0] != inputs and set(test) <= set(names)
            return (
                names.index(inputs),
                names.index(targets),
                names.index(test[0]) if has_test else None,
                names.index(test[1]) if has_test else None,
            )
    shapes = [member.shape for _, member, _ in found.arrays]
    for inputs in sorted(range(len(shapes)), key=lambda i: -found.arrays[i][1].size):
        for targets in range(len(shapes)):
            if targets != inputs and shapes[inputs][:1] == shapes[targets][:1] and len(shapes[targets]) in {1, 2}:
                return inputs, targets, None, None
    raise DataFileError(
        QT_TRANSLATE_NOOP(
            "model", "{name} holds no two arrays of the same length: samples and the answer to each are needed"
        )
        if len(shapes) > 1
        else QT_TRANSLATE_NOOP(
            "model",
            "{name} holds one array, and the answer to each sample is missing: of IDX files, put images and labels "
            "into the same folder under their usual names",
        ),
        name=found.name,
    )


def arrays_of(
    found: FoundArrays,
    chosen: Chosen,
    task: Task | None = None,
    watch: Watch = unwatched,
) -> Arrays:
    """The data set of the chosen arrays; `task` None: as the targets suggest. Raises DataFileError."""
    inputs, targets, test_inputs, test_targets = chosen
    member = found.arrays[inputs][1]
    sample = sample_shape(member.shape)
    if sample is None:
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", 'the array "{name}" has the shape {shape}, which no samples have'),
            name=found.arrays[inputs][2],
            shape=" × ".join(map(str, member.shape)),
        )
    answers = [flat_targets(_read(found, place, watch)) for place in (targets, test_targets) if place is not None]
    classes = _classes(np.concatenate(answers), task)
    return Arrays(
        name=found.name,
        files=found.files,
        inputs=found.arrays[inputs][0],
        targets=found.arrays[targets][0],
        test_inputs=None if test_inputs is None else found.arrays[test_inputs][0],
        test_targets=None if test_targets is None else found.arrays[test_targets][0],
        sample=sample,
        classes=classes,
        scale=255.0 if np.dtype(member.kind) == np.uint8 else 1.0,
    )


def _read(found: FoundArrays, place: int, watch: Watch) -> NDArray[Any]:
    at, member, _ = found.arrays[place]
    with open_source(found.files[at.file], watch) as file:
        return read_member(file, found.name, member.name, watch)


def _classes(answers: NDArray[Any], task: Task | None) -> tuple[str, ...]:
    """The names of the classes, by size; none of a regression. Raises DataFileError."""
    values = np.unique(answers)
    whole = answers.dtype.kind in "biuSU" or bool(np.all(np.isfinite(values)) and np.all(values == np.rint(values)))
    if task == "regression" or (task is None and not (whole and len(values) <= MOST_CLASSES)):
        if answers.dtype.kind not in "biuf":
            raise DataFileError(QT_TRANSLATE_NOOP("model", "the targets are texts: only classes can be made of them"))
        return ()
    if not 2 <= len(values) <= MOST_CLASSES:
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", "the targets name {found:,} classes; there must be 2 to {most}"),
            found=len(values),
            most=MOST_CLASSES,
        )
    names = class_texts(values)
    longest = max(names, key=len)
    if len(longest) > MOST_LETTERS:
        raise DataFileError(
            QT_TRANSLATE_NOOP("model", 'the target "{name}" is too long to name a class: at most {most} letters'),
            name=quoted(longest),
            most=MOST_LETTERS,
        )
    return tuple(names)
