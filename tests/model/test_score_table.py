"""The table of a run's scores, beside what is counted by hand from the network's answers."""

import numpy as np
import pytest
from msgspec import structs

from model.experiment import Stop
from model.experiment_file import changed
from model.score_table import score_table, scores_of
from model.starters import starter
from model.trainer import Trainer


def trained(name: str, steps: int, **data: float) -> Trainer:
    experiment = starter(name)
    made = Trainer(changed(experiment, stop=Stop(step=steps), data=structs.replace(experiment.data, **data)))
    made.advance(steps)
    return made


def test_a_row_for_every_class_of_every_part() -> None:
    trainer = trained("iris", 30, validation=0.2)
    header, rows = score_table(trainer)
    assert header == ("part", "class", "samples", "precision", "recall", "f1")
    assert [row[:2] for row in rows] == [
        (part, name) for part in ("train", "validation", "test") for name in ("setosa", "versicolor", "virginica")
    ]
    part = trainer.parts.test
    answers = np.argmax(trainer.network.outputs(part.inputs), axis=1)
    for kind, row in enumerate(rows[-3:]):
        right = int(((answers == kind) & (part.targets == kind)).sum())
        said, there = int((answers == kind).sum()), int((part.targets == kind).sum())
        assert row[2] == there
        assert row[3:] == pytest.approx((right / said, right / there, 2 * right / (said + there)))


def test_two_classes_of_one_output() -> None:
    trainer = trained("xor", 200)
    part = trainer.parts.test
    right = (trainer.network.outputs(part.inputs)[:, 0] > 0) == (part.targets == 1)
    found = scores_of(trainer, part)
    assert float((found.recall * found.samples).sum()) == pytest.approx(right.sum())


def test_a_class_without_a_sample_has_no_scores() -> None:
    trainer = trained("linear", 1)
    part = trainer.parts.test
    only = type(part)(part.points[part.targets == 0], part.inputs[part.targets == 0], part.targets[part.targets == 0])
    trainer.parts = type(trainer.parts)(**{**vars(trainer.parts), "test": only})
    assert score_table(trainer)[1][-1][2:] == (0, "", "", "")


def test_a_regression_has_r_squared() -> None:
    trainer = trained("curve", 100)
    header, rows = score_table(trainer)
    assert header == ("part", "samples", "r_squared")
    assert [row[:2] for row in rows] == [("train", 300), ("test", 100)]
    for row, part in zip(rows, (trainer.parts.train, trainer.parts.test), strict=True):
        expected = 1 - np.var(part.targets - trainer.network.outputs(part.inputs)) / np.var(part.targets)
        assert row[2] == pytest.approx(expected, abs=0.02)  # the mean of the mistakes is nearly 0
