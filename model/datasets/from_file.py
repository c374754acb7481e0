"""From a file to a data set: what is in it, what each part of it is likely to be, and the data set that is meant.

Opening data has two halves. A file is *looked into*: which columns or arrays are there, of what kind. Then a person
says which of them are what; a first guess is made here, which is right for most files.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.data_files.array_reading import Member, is_arrays, members, read_member
from model.data_files.error import DataFileError, Watch, unwatched
from model.data_files.source import MOST_EMBEDDED, MOST_PASTED, File, Packed, Source, Text, file_of, open_source
from model.data_files.table_format import HEAD, TableFormat
from model.data_files.table_reading import Columns, check_table_room, read_table
from model.datasets.arrays import (
    MOST_CLASSES,
    ArrayAt,
    Arrays,
    class_texts,
    flat_targets,
    sample_shape,
)
from model.datasets.dataset import Task
from model.datasets.table import ColumnSpec, Role, Table, categories_of
from model.message import QT_TRANSLATE_NOOP

SIZE = 3.0  # a target whose mean and deviation are below it, and not much smaller than 1, is left as it is
FEW_CLASSES = 20  # a column of whole numbers with at most so many different ones is likely to number classes
PER_CLASS = 5  # rows a class at least, on average
MOST_INPUTS_OF_A_CATEGORY = 50  # a column of more texts is likely to name the rows

TARGET_NAMES = re.compile(r"target|class|label|species|output|outcome|diagnosis|quality|price|medv", re.IGNORECASE)
FIRST_NAMES = "y", "t"  # of a target that stands in front; elsewhere y may as well be a coordinate
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
IMAGES, LABELS = "images", "labels"  # in the names of MNIST's files


@dataclass(frozen=True, eq=False)
class FoundTable:
    """A table that was looked into; it is read already."""

    name: str
    source: Source
    table: Columns


@dataclass(frozen=True, eq=False)
class FoundArrays:
    """Files of arrays that were looked into."""

    name: str
    files: tuple[Source, ...]
    arrays: tuple[tuple[ArrayAt, Member, str], ...]  # where each is, what it is, what it is called


def look_into(path: Path, wanted: TableFormat | None = None, watch: Watch = unwatched) -> FoundTable | FoundArrays:
    """What is in a file; `wanted`: how a table is to be read. Raises DataFileError, and what `watch` raises."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            size = file.seek(0, 2)
    except (OSError, ValueError):
        file_of(path)  # which says why in a sentence
        raise
    if is_arrays(head):
        return _arrays(path, watch)
    check_table_room(head, size)
    known = file_of(path, watch)
    with open_source(known) as file:
        table = read_table(file, wanted, watch)
    return FoundTable(path.name, _embedded_text(known, table), table)


def look_into_text(text: str, name: str, wanted: TableFormat | None = None) -> FoundTable:
    """A table that was pasted, cells parted by tabs as spreadsheets do. Raises DataFileError."""
    try:
        content = text.encode()
    except UnicodeError as error:
        raise DataFileError(QT_TRANSLATE_NOOP("model", "this is no text that can be read")) from error
    if len(content) > MOST_PASTED:
        raise DataFileError(
            QT_TRANSLATE_NOOP(
                "model", "what was copied has {size:,} bytes; at most {most:,} can be pasted: save it as a CSV file"
            ),
            size=len(content),
            most=MOST_PASTED,
        )
    source = Text(text=text)
    with open_source(source) as file:
        return FoundTable(name, source, read_table(file, wanted))


def table_of(
    found: FoundTable,
    columns: tuple[ColumnSpec, ...],
    *,
    leave_out_incomplete: bool,
    target_scale: tuple[float, float] = (0.0, 1.0),
) -> Table:
    """The data set of these columns of the table; `target_scale`: zero and unit of the target of a regression."""
    how = found.table.format
    if isinstance(found.source, Text):  # which has been decoded
        how = TableFormat(delimiter=how.delimiter, decimal=how.decimal, header=how.header)
    return Table(
        name=found.name,
        source=found.source,
        format=how,
        columns=columns,
        leave_out_incomplete=leave_out_incomplete,
        target_zero=target_scale[0],
        target_unit=target_scale[1],
    )


def scale_of(table: Columns, place: int) -> tuple[float, float]:
    """Zero and unit, in round numbers, with which a column of numbers lies about 0 and is of the size of 1.

    (0, 1) where it does already. They are too round to tell the training part anything of the test part.
    """
    values = table.numbers[:, place]
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, 1.0
    mean, deviation = float(values.mean()), float(values.std())
    if deviation == 0 or not np.isfinite(deviation) or (1 / SIZE <= deviation <= SIZE and abs(mean) <= SIZE):
        return 0.0, 1.0
    unit = 10.0 ** round(math.log10(deviation))
    return (0.0 if abs(mean) <= 2 * unit else unit * round(mean / unit)), unit


def guess_columns(table: Columns) -> tuple[ColumnSpec, ...]:
    """What each column is likely to be. The target is the one that is called so, else the last that can be one."""
    kinds = [column.kinds(table.rows) for column in table.columns]
    usable = [i for i, each in enumerate(kinds) if each and not (each[0] == "category" and _names_rows(table, i))]
    names = [column.name.strip() for column in table.columns]
    named = [i for i in usable if TARGET_NAMES.fullmatch(names[i]) or (i == 0 and names[i].lower() in FIRST_NAMES)]
    target = named[-1] if named else usable[-1] if usable else -1
    return tuple(
        column_spec(
            table,
            i,
            "target" if i == target else "feature" if i in usable and len(kinds[i]) else "ignored",
            classes=i == target and "category" in kinds[i] and _numbers_classes(table, i),
        )
        for i in range(len(table.columns))
    )


def column_spec(table: Columns, place: int, role: Role, *, classes: bool = False) -> ColumnSpec:
    """A column in this role; `classes`: its numbers name classes."""
    column = table.columns[place]
    kinds = column.kinds(table.rows)
    category = "category" in kinds and (classes or kinds[0] == "category")
    if not category:
        return ColumnSpec(name=column.name, role=role if kinds else "ignored")
    return ColumnSpec(
        name=column.name, role=role, kind="category", categories=categories_of(column, table.format.decimal)
    )


def pair_of(found: FoundArrays) -> tuple[int, int, int | None, int | None]:
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
    chosen: tuple[int, int, int | None, int | None],
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
    return tuple(class_texts(values))


def _arrays(path: Path, watch: Watch) -> FoundArrays:
    """The arrays of a file; with an IDX file of MNIST come those that belong to it and lie beside it."""
    paths = _beside(path)
    files: list[Source] = []
    arrays: list[tuple[ArrayAt, Member, str]] = []
    for place, each in enumerate(paths):
        known = file_of(each, watch)
        files.append(_embedded_bytes(known) if len(paths) == 1 else known)
        with open_source(known) as file:
            for member in members(file, each.name):
                arrays.append((ArrayAt(file=place, member=member.name), member, member.name or _kind(each)))
    return FoundArrays(path.name, tuple(files), tuple(arrays))


def _kind(path: Path) -> str:
    """What an IDX file holds, told by its name: "x_train" of train-images-idx3-ubyte.gz."""
    name = path.name.lower()
    part = "test" if name.startswith(("t10k", "test")) else "train"
    return f"x_{part}" if IMAGES in name else f"t_{part}" if LABELS in name else path.name


def _beside(path: Path) -> list[Path]:
    """`path` and the files of the same set that lie beside it: images with their labels, and the test part."""
    name = path.name.lower()
    if IMAGES not in name and LABELS not in name:
        return [path]
    try:
        others = sorted(each for each in path.parent.iterdir() if each.is_file())
    except OSError:
        others = [path]
    found = [each for each in others if _stem(each) == _stem(path)]
    return found[:4] if path in found[:4] else [path]


def _stem(path: Path) -> str:
    """What the names of one set's files have in common."""
    return re.sub(rf"^(train|t10k|test)|{IMAGES}|{LABELS}|(?<=idx)\d", "#", path.name.lower())


def _embedded_text(file: File, table: Columns) -> Source:
    """The text itself, where it is small."""
    if file.size > MOST_EMBEDDED:
        return file
    with open_source(file) as content:
        return Text(text=content.read().decode(table.format.encoding))


def _embedded_bytes(file: File) -> Source:
    if file.size * 4 // 3 > MOST_EMBEDDED:
        return file
    with open_source(file) as content:
        return Packed(content=content.read())


def _numbers_classes(table: Columns, place: int) -> bool:
    """Whether numbers in a column are likely to name classes: few whole ones, each of which comes often."""
    column = table.columns[place]
    if column.codes is not None:
        return True
    values = table.numbers[:, place]
    values = values[np.isfinite(values)]
    found = np.unique(values)
    return bool(len(found) <= FEW_CLASSES and len(values) >= PER_CLASS * len(found) and np.all(found == np.rint(found)))


def _names_rows(table: Columns, place: int) -> bool:
    """Whether a column of texts says another thing in every row, or nearly."""
    texts = table.columns[place].texts or {}
    return len(texts) > MOST_INPUTS_OF_A_CATEGORY or len(texts) > max(2, table.rows // 2)
