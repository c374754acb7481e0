import csv

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from gui.export import export_csv
from gui.panels.loss_panel import LossPanel
from model.experiment_file import changed, from_plain
from model.trainer import Trainer

CLASSES = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 100}},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "stop": {"step": 40},
    }
)
REGRESSION = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "plane", "samples": 100}, "validation": 0.2},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "relu"}, {"type": "affine", "units": 1}]},
        "stop": {"step": 40},
    }
)
DIVERGING = changed(REGRESSION, optimizer=type(REGRESSION.optimizer)(learning_rate=100.0))


@pytest.fixture
def show(show_panel):
    """show(experiment) -> the panel on the screen, at step 0."""
    return lambda experiment: show_panel(lambda session, _: LossPanel(session), experiment)


def legend(plot):
    return [line.label for line in plot.lines]


def test_every_loss_of_the_run_is_drawn_as_it_was_measured(show, run_to_end):
    panel = show(CLASSES)
    run_to_end(panel)
    trainer = Trainer(CLASSES)
    trainer.advance(40)
    assert legend(panel.loss) == ["mini-batch", "train", "test"]
    batch, train, test = panel.loss.lines
    assert batch.x.tolist() == list(range(1, 41))
    np.testing.assert_array_equal(panel.loss.data["batch"][1], trainer.record.losses())
    assert train.x.tolist() == [e.step for e in trainer.record.evaluations]
    np.testing.assert_array_equal(train.y, [e.train_loss for e in trainer.record.evaluations])
    np.testing.assert_array_equal(test.y, [e.test_loss for e in trainer.record.evaluations])
    (x_low, x_high), (y_low, y_high) = panel.loss.view.viewRange()
    assert x_low <= 0 and x_high >= 40 and y_low < 0 < max(train.y) < y_high


def test_the_accuracy_stands_behind_its_tab(show, qtbot, run_to_end):
    panel = show(CLASSES)
    run_to_end(panel)
    assert panel.loss.isVisible() and not panel.accuracy.isVisible()
    qtbot.mouseClick(panel._tabs.button(1), Qt.MouseButton.LeftButton)
    assert panel.accuracy.isVisible() and not panel.log.isVisible()
    assert legend(panel.accuracy) == ["train", "test"]
    last = panel._run.record.evaluations[-1]
    assert panel.accuracy.lines[0].y[-1] == 100 * last.train_accuracy
    assert panel.accuracy.view.viewRange()[1] == pytest.approx([-4, 104])
    assert f"train {100 * last.train_accuracy:.1f} %" in panel.accuracy.readout(40, 50)


def test_a_regression_has_no_accuracy_and_may_have_validation(show, run_to_end):
    panel = show(REGRESSION)
    run_to_end(panel)
    assert legend(panel.loss) == ["mini-batch", "train", "validation", "test"]
    assert not panel._tabs.button(1).isEnabled()
    assert [name for name, _, _ in panel.exports()] == ["Loss"]


def test_logarithmic_and_back(show, run_to_end):
    panel = show(CLASSES)
    run_to_end(panel)
    panel.log.click()
    assert panel.loss.log
    low, high = panel.loss.view.viewRange()[1]
    losses = panel._run.record.losses()
    assert low < np.log10(losses.min()) + 0.3 and high > np.log10(np.quantile(losses, 0.9))
    panel.loss._actions.log.trigger()  # the plot's own menu; the box follows
    assert not panel.loss.log and not panel.log.isChecked()


def test_the_readout_says_step_epoch_and_measured_values(show, qtbot, run_to_end):
    panel = show(CLASSES)
    run_to_end(panel)
    record = panel._run.record
    assert panel.loss.readout(39.2, 0).split("\n")[:2] == [
        "step 39 (epoch 4)",
        f"mini-batch {record.losses()[38]:.4g}",
    ]
    place = panel.loss.mapFromScene(panel.loss.view.mapViewToScene(QPointF(16, 0.1)))
    qtbot.mouseMove(panel.loss.viewport(), place)
    qtbot.waitUntil(lambda: any("step 16" in label.text() for label in panel.loss.findChildren(QLabel)))


def test_a_diverged_run_is_marked_and_explained(show, run_to_end):
    panel = show(DIVERGING)
    assert panel.sentence.isHidden()
    run_to_end(panel)
    diverged = panel._progress.diverged
    assert panel.sentence.isVisible()
    assert panel.sentence.text() == str(diverged.message) and "learning rate 100.0" in panel.sentence.text()
    assert panel.loss._end.isVisible()
    x, y = (float(each[0]) for each in panel.loss._end.getData())
    (x_low, x_high), (y_low, y_high) = panel.loss.view.viewRange()
    assert x == panel._run.record.steps and x_low <= x <= x_high and y_low < y < y_high
    panel.log.click()
    y = float(panel.loss._end.getData()[1][0])
    y_low, y_high = panel.loss.view.viewRange()[1]
    assert y_low < y < y_high


def test_starting_again_forgets_the_sentence_and_the_curves(show, qtbot, run_to_end):
    panel = show(DIVERGING)
    run_to_end(panel)
    with qtbot.waitSignal(panel.session.run_began):
        panel.session.reset()
    qtbot.waitUntil(lambda: panel._progress is not None and not panel._progress.finished)
    assert panel.sentence.isHidden() and panel.sentence.text() == ""
    assert not panel.loss._end.isVisible()
    assert len(panel.loss.data["batch"][0]) == 0


def test_the_table_has_every_step_and_what_was_measured_there(show, tmp_path, run_to_end):
    panel = show(CLASSES)
    run_to_end(panel)
    (_, _, rows), *_ = panel.exports()
    export_csv(*rows(), tmp_path / "loss.csv")
    with (tmp_path / "loss.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    measures = ["train_loss", "validation_loss", "test_loss", "train_accuracy", "validation_accuracy", "test_accuracy"]
    assert list(table[0]) == ["step", "epoch", "batch_loss", *measures]
    record, per_epoch = panel._run.record, panel._run.steps_per_epoch
    assert [int(row["step"]) for row in table] == list(range(41))
    assert [int(row["epoch"]) for row in table] == [step // per_epoch for step in range(41)]
    assert [row["batch_loss"] for row in table] == ["", *map(repr, record.losses().tolist())]
    by_step = {e.step: e for e in record.evaluations}
    for row in table:
        found = by_step.get(int(row["step"]))
        assert row["train_loss"] == (repr(found.train_loss) if found else "")
        assert row["validation_loss"] == ""


def test_a_long_run_is_thinned_for_drawing_and_drawn_in_detail_where_looked_at(show, run_to_end):
    panel = show(changed(CLASSES, stop=type(CLASSES.stop)(step=3000)))
    run_to_end(panel)
    assert len(panel.loss.lines[0].x) < 1100
    panel.loss.view.setRange(xRange=(1000, 1100), padding=0)
    panel.loss.view.sigRangeChangedManually.emit((True, True))  # as a wheel or a drag does
    panel._show()
    assert panel.loss.lines[0].x.tolist() == [float(x) for x in range(999, 1103)][: len(panel.loss.lines[0].x)]
    np.testing.assert_array_equal(panel.loss.data["batch"][1][:50], panel._run.record.losses()[998:1048])


def test_follows_the_theme(show, switch, run_to_end):
    panel = show(CLASSES)
    run_to_end(panel)
    switch.choose("dark")
    assert QColor(panel.loss.grab().toImage().pixel(2, 2)).name() == switch.theme.panel
    assert switch.theme.warning in panel.sentence.styleSheet()
