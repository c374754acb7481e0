from dataclasses import replace

import pytest
from msgspec import structs

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


def test_other_sizes_of_the_same_parts_leave_the_rows_as_they_are(rows):
    data = starter("spiral").data
    rows.begin(load(data), one=False)
    before = dict(rows.buttons)
    rows.buttons["test"].click()
    rows.begin(load(structs.replace(data, dataset=structs.replace(data.dataset, samples=50))), one=False)
    assert rows.buttons == before
    assert rows.parts() == ("train",)
    assert "these 36 samples" in rows.buttons["train"].toolTip()
