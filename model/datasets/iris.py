"""Iris flowers, measured in 1935: real data in four variables."""

from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from model.arrays import Shape
from model.datasets.dataset import BuiltIn, Samples, Task
from model.message import QT_TRANSLATE_NOOP

FILE = Path(__file__).parents[2] / "resources" / "datasets" / "iris.csv"


class Iris(BuiltIn, tag="iris", frozen=True):
    """150 flowers of three species, 50 of each, with two lengths and two widths in centimetres.

    Measured by E. Anderson, published by R. A. Fisher (1936), "The use of multiple measurements in taxonomic problems",
    Annals of Eugenics 7, 179-188. The values are those of that paper. Source and licence: resources/datasets/README.md.
    """

    label: ClassVar[str] = QT_TRANSLATE_NOOP("model", "iris")
    meaning: ClassVar[str] = QT_TRANSLATE_NOOP(
        "model",
        "Real data: 150 iris flowers of three species, each with four measurements. One species stands apart, "
        "the other two overlap a little.",
    )
    task: ClassVar[Task] = "classification"
    shape: ClassVar[Shape] = (4,)
    axis_names: ClassVar[tuple[str, ...]] = (
        QT_TRANSLATE_NOOP("model", "sepal length (cm)"),
        QT_TRANSLATE_NOOP("model", "sepal width (cm)"),
        QT_TRANSLATE_NOOP("model", "petal length (cm)"),
        QT_TRANSLATE_NOOP("model", "petal width (cm)"),
    )
    class_names: ClassVar[tuple[str, ...]] = ("setosa", "versicolor", "virginica")  # Latin in every language

    def draw(self, seed: int) -> Samples:
        return _read()


@cache
def _read() -> Samples:
    table = np.loadtxt(FILE, delimiter=",", skiprows=1, dtype=str, encoding="utf-8")
    inputs = table[:, :4].astype(np.float64)
    targets = np.array([Iris.class_names.index(species) for species in table[:, 4]], dtype=np.int64)
    # Every caller gets the same two arrays: nobody may write into them.
    inputs.setflags(write=False)
    targets.setflags(write=False)
    return Samples(inputs, targets)
