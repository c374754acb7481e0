from dataclasses import replace

import pytest

from gui.output_views.part_rows import PartRows
from model.data import load
from model.starters import starter
from model.trainer import Trainer


@pytest.fixture
def rows(qtbot, switch):
    made = PartRows()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("loss", [1e3, 1e9, 2e189, 1e308, float("inf")])
def test_the_numbers_of_a_diverging_regression_do_not_widen_the_window(rows, loss):
    experiment = starter("diverging")
    parts = load(experiment.data)
    rows.begin(parts, one=False)
    evaluation = replace(Trainer(experiment).record.evaluations[0], train_loss=loss, test_loss=loss)
    rows.write(evaluation, parts)
    assert rows.sizeHint().width() < 320  # the panel's share of the smallest window
