"""What the columns of a table are likely to be: a first guess, which a person may change."""

import math
import re

import numpy as np

from model.data_files.table_reading import Columns
from model.datasets.table import ColumnSpec, Role, categories_of

SIZE = 3.0  # a target whose mean and deviation are below it, and not much smaller than 1, is left as it is
FEW_CLASSES = 20  # a column of whole numbers with at most so many different ones is likely to number classes
PER_CLASS = 5  # rows a class at least, on average
MOST_INPUTS_OF_A_CATEGORY = 50  # a column of more texts is likely to name the rows
TARGET_NAMES = re.compile(r"target|class|label|species|output|outcome|diagnosis|quality|price|medv", re.IGNORECASE)
FIRST_NAMES = "y", "t"  # of a target that stands in front; elsewhere y may as well be a coordinate
LOOKED_AT = 200_000  # numbers, to see whether the inputs differ much in size: some milliseconds
UNEVEN = 5.0  # deviations from 1 / UNEVEN to UNEVEN are left as they are


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


def are_uneven(table: Columns, features: list[int]) -> bool:
    """Whether inputs are so large, so small or so different that they are better standardized."""
    some = table.numbers[: max(100, LOOKED_AT // max(1, len(features))), features]
    if not some.size:
        return False
    with np.errstate(all="ignore"):
        counts = np.isfinite(some).sum(axis=0)
        filled = np.where(np.isfinite(some), some, 0)
        means = filled.sum(axis=0) / np.maximum(counts, 1)
        deviations = np.sqrt((np.where(np.isfinite(some), some - means, 0) ** 2).sum(axis=0) / np.maximum(counts, 1))
    spread = deviations[deviations > 0]
    return bool(((spread > UNEVEN) | (spread < 1 / UNEVEN)).any() or (np.abs(means) > UNEVEN).any())
