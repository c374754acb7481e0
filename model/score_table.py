"""The scores of a run as a table: of classes precision, recall and F1, of a regression R^2, for each part of the data.

part,class,samples,precision,recall,f1            part,samples,r_squared
train,setosa,40,1.0,0.975,0.987                   train,320,0.981
"""

from collections.abc import Iterator, Sequence

import numpy as np

from model.arrays import Indices
from model.class_scores import ClassScores, class_scores, confusion
from model.data import Part
from model.scores import r_squared
from model.trainer import Trainer

Row = Sequence[object]


def score_table(trainer: Trainer) -> tuple[Row, list[Row]]:
    """The header and the rows, for the network as it is now and all samples of each part that is not empty."""
    if trainer.experiment.data.dataset.task == "regression":
        return ("part", "samples", "r_squared"), list(_of_values(trainer))
    return ("part", "class", "samples", "precision", "recall", "f1"), list(_of_classes(trainer))


def scores_of(trainer: Trainer, part: Part) -> ClassScores:
    """Precision, recall and F1 of every class over all samples of `part`."""
    right = np.asarray(part.targets).astype(np.intp)
    predicted = trainer.encoding.classes(trainer.network.outputs(part.inputs))
    return class_scores(confusion(right, predicted, len(trainer.experiment.data.dataset.class_names)))


def _of_classes(trainer: Trainer) -> Iterator[Row]:
    names = trainer.experiment.data.dataset.class_names
    for part, samples in trainer.parts.named():
        found = scores_of(trainer, samples)
        counts: Indices = found.samples
        columns = counts.tolist(), found.precision.tolist(), found.recall.tolist(), found.f1.tolist()
        for name, row in zip(names, zip(*columns, strict=True), strict=True):
            yield part, name, *(each if each == each else "" for each in row)  # nan: there is no such sample


def _of_values(trainer: Trainer) -> Iterator[Row]:
    for part, samples in trainer.parts.named():
        targets = np.asarray(samples.targets, np.float64)
        yield part, len(targets), r_squared(trainer.network.outputs(samples.inputs), targets)
