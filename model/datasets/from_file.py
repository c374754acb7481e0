"""From a file to a data set: what is in it, what each part of it is likely to be, and the data set that is meant.

Opening data has two halves. A file is *looked into*: which columns or arrays are there, of what kind. Then a person
says which of them are what; a first guess (see `table_guess` and `array_guess`) is right for most files.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from model.data_files.array_reading import Member, is_arrays, members
from model.data_files.error import DataFileError, Watch, unwatched
from model.data_files.source import MOST_EMBEDDED, MOST_PASTED, File, Packed, Source, Text, file_of, open_source
from model.data_files.table_format import HEAD, TableFormat
from model.data_files.table_reading import Columns, check_table_room, read_table
from model.datasets.arrays import ArrayAt
from model.datasets.table import ColumnSpec, Table
from model.message import QT_TRANSLATE_NOOP

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
