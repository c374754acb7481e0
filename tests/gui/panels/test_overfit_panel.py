"""The overfitting lab: runs side by side, remedies switched on one at a time, the gap in numbers and words."""

import csv

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtTest import QTest

from gui.export import export_csv
from gui.overfit_views.contest import BASE
from gui.panels.overfit_panel import OverfitPanel
from gui.theme import theme_switch
from model.experiment_file import from_plain
from model.remedies import DropUnits, MoreData, WeightDecay
from model.trainer import Trainer

STEPS = 60


def experiment(dataset="gaussians", *, validation=0.4, steps=STEPS, limit=None, rate=0.1, last=1, loss=None):
    plain = {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": dataset, "samples": 100, "noise": 1}, "validation": validation, "test": 0.2},
        "network": {"layers": [{"type": "affine", "units": 8}, {"type": "tanh"}, {"type": "affine", "units": last}]},
        "optimizer": {"type": "sgd", "learning_rate": rate},
        "evaluation": {"every": 10, "unit": "step"},
        "stop": {"step": steps},
    }
    if limit is not None:
        plain["data"]["training_samples"] = limit
    return from_plain(plain)


@pytest.fixture
def show(show_panel):
    """show(experiment) -> the panel on the screen, at step 0 and with nothing trained."""
    return lambda experiment, size=(700, 420): show_panel(lambda session, _: OverfitPanel(session), experiment, size)


@pytest.fixture
def finish(qtbot):
    """finish(panel): wait until all runs have ended and are shown."""

    def wait(panel):
        qtbot.waitUntil(lambda: panel.contest.finished and not panel.contest.running)

    return wait


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tick(panel, name) -> None:
    """With the keyboard."""
    panel.table.rows[name].check.setFocus()
    QTest.keyClick(panel.table.rows[name].check, Qt.Key.Key_Space)


def numbers(panel, name) -> list[str]:
    return [label.text() for label in panel.table.rows[name].numbers]


def alone(experiment, steps=STEPS):
    trainer = Trainer(experiment)
    trainer.advance(steps)
    return trainer.record.evaluations


def test_run_trains_the_base_and_shows_its_gap_in_numbers_and_words(show, qtbot, finish) -> None:
    panel = show(experiment())
    assert "Press Compare" in panel.words.text() and numbers(panel, BASE) == ["", "", ""]
    click(qtbot, panel.bar.run)
    finish(panel)
    last = alone(experiment())[-1]
    train, validation = 100 * last.train_accuracy, 100 * last.validation_accuracy
    shown = [float(text.removesuffix("\u00a0%").replace("−", "-")) for text in numbers(panel, BASE)]
    assert shown == pytest.approx([train, validation, train - validation], abs=0.06)
    assert panel.words.text().startswith("As it is, the network gets ")
    assert "Switch on a remedy" in panel.words.text()
    assert panel.bar.state.text() == "all runs have ended" and not panel.bar.run.isEnabled()


def test_the_curves_are_those_of_the_run_in_the_window(show, qtbot, finish, run_to_end) -> None:
    panel = show(experiment())
    click(qtbot, panel.bar.run)
    finish(panel)
    run_to_end(panel)
    assert panel.contest.so_far[BASE].evaluations == tuple(panel._run.record.evaluations)
    training, validation = panel.accuracy._lines[BASE]
    measured = panel._run.record.evaluations
    assert training.x.tolist() == [each.step for each in measured]
    np.testing.assert_allclose(training.y, [100 * each.train_accuracy for each in measured])
    np.testing.assert_allclose(validation.y, [100 * each.validation_accuracy for each in measured])
    assert training.opts["pen"].dashPattern() and not validation.opts["pen"].dashPattern()


def test_a_remedy_that_is_switched_on_later_catches_up_and_is_compared(show, qtbot, finish) -> None:
    panel = show(experiment())
    click(qtbot, panel.bar.run)
    finish(panel)
    before = panel.contest.so_far[BASE]
    tick(panel, "dropout")
    finish(panel)
    assert panel.contest.so_far[BASE].record is before.record  # it was not trained again
    assert panel.contest.so_far["dropout"].evaluations == tuple(alone(DropUnits().applied(experiment())))
    assert "\nDropout of 0.1 " in panel.words.text() and "smaller differences may be chance" in panel.words.text()
    assert [pair[1].label for pair in panel.accuracy._lines.values()] == ["As it is", "Dropout"]
    tick(panel, "dropout")
    assert numbers(panel, "dropout") == ["", "", ""] and "Dropout" not in panel.words.text()
    assert list(panel.accuracy._lines) == [BASE]


def test_another_number_is_another_run(show, qtbot, finish) -> None:
    panel = show(experiment())
    tick(panel, "weight_decay")
    assert not panel.contest.running  # nothing runs before Run is pressed
    click(qtbot, panel.bar.run)
    finish(panel)
    first = panel.contest.so_far["weight_decay"]
    box = panel.table.rows["weight_decay"].box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "0.5")
    QTest.keyClick(box, Qt.Key.Key_Return)
    finish(panel)
    second = panel.contest.so_far["weight_decay"]
    assert second.evaluations == tuple(alone(WeightDecay(rate=0.5).applied(experiment())))
    assert second.evaluations != first.evaluations and "Weight decay of 0.5 " in panel.words.text()


def test_a_number_that_cannot_be_is_refused_in_a_sentence(show) -> None:
    panel = show(experiment())
    box = panel.table.rows["dropout"].box
    box.selectAll()
    QTest.keyClicks(box, "2")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert "dropout rate must be" in panel.bar.sentence.text() and box.text() == "0.1"


def test_stop_and_run_go_on_to_the_same_numbers(show, qtbot, finish) -> None:
    panel = show(experiment(steps=4000))
    tick(panel, "more_data")
    click(qtbot, panel.bar.run)
    qtbot.waitUntil(lambda: BASE in panel.contest.so_far and panel.contest.so_far[BASE].steps > 0)
    assert panel.bar.run.text() == "Stop" and panel.bar.state.text().startswith("step ")
    click(qtbot, panel.bar.run)
    assert panel.bar.run.text() == "Compare" and not panel.contest.finished
    stood = panel.contest.so_far[BASE].steps
    assert stood < 4000
    click(qtbot, panel.bar.run)
    finish(panel)
    assert panel.contest.so_far[BASE].evaluations == tuple(alone(experiment(steps=4000), 4000))


def test_start_over_forgets(show, qtbot, finish) -> None:
    panel = show(experiment())
    click(qtbot, panel.bar.run)
    finish(panel)
    click(qtbot, panel.bar.again)
    assert not panel.contest.begun and numbers(panel, BASE) == ["", "", ""] and panel.bar.run.isEnabled()
    assert panel.exports() == []


def test_early_stopping_keeps_the_weights_of_the_lowest_validation_loss(show, qtbot, finish) -> None:
    panel = show(experiment())
    tick(panel, "early_stopping")
    box = panel.table.rows["early_stopping"].box
    box.selectAll()
    QTest.keyClicks(box, "2")
    QTest.keyClick(box, Qt.Key.Key_Return)
    click(qtbot, panel.bar.run)
    finish(panel)
    run, outcome = panel.contest.so_far["early_stopping"], panel.contest.outcome("early_stopping")
    assert run.steps < STEPS
    losses = [each.validation_loss for each in run.evaluations]
    assert outcome.at is run.evaluations[int(np.argmin(losses))]
    assert f"Early stopping (weights of step {outcome.at.step}) " in panel.words.text()


def test_without_a_validation_part_it_says_so_and_offers_one(show, qtbot) -> None:
    panel = show(experiment(validation=0))
    assert "there is no validation part" in panel.bar.sentence.text()
    assert not panel.bar.run.isEnabled() and panel.bar.keep.isVisible()
    assert panel.words.text() == ""  # nobody is told to press a button that cannot be pressed
    click(qtbot, panel.bar.keep)
    assert panel.session.experiment.data.validation == 0.2
    qtbot.waitUntil(lambda: panel._run is not None and len(panel._run.parts.validation.inputs) > 0)
    assert panel.bar.run.isEnabled() and not panel.bar.keep.isVisible() and not panel.bar.sentence.isVisible()
    assert panel.words.text().startswith("Press Compare: ")
    panel.session.undo_stack.undo()
    assert not panel.bar.run.isEnabled()
    qtbot.waitUntil(lambda: not panel.clock.running)


def test_a_validation_part_of_less_than_a_sample_is_said(show) -> None:
    panel = show(experiment(validation=0.001))
    assert "The validation part is empty" in panel.bar.sentence.text() and not panel.bar.run.isEnabled()


def test_another_experiment_in_the_window_starts_the_lab_over_and_says_so(show, qtbot, finish) -> None:
    panel = show(experiment())
    click(qtbot, panel.bar.run)
    finish(panel)
    other = experiment(rate=0.3)
    panel.session.propose(other, "change the learning rate")
    assert not panel.contest.begun and "the lab has started over" in panel.bar.sentence.text()
    click(qtbot, panel.bar.run)
    assert not panel.bar.sentence.isVisible()
    finish(panel)
    assert panel.contest.so_far[BASE].evaluations == tuple(alone(other))


def test_a_run_of_the_lab_opened_in_the_window_leaves_the_results_until_it_starts_over(show, qtbot, finish) -> None:
    panel = show(experiment())
    click(qtbot, panel.bar.run)
    finish(panel)
    before = panel.contest.so_far[BASE].evaluations
    opened = panel.table.remedies["weight_decay"].applied(experiment())
    panel._open("weight_decay")
    assert panel.session.experiment == opened
    assert panel.contest.so_far[BASE].evaluations == before
    assert "keeps its results" in panel.bar.sentence.text()
    click(qtbot, panel.bar.again)
    assert not panel.contest.begun
    click(qtbot, panel.bar.run)
    finish(panel)
    assert panel.contest.so_far[BASE].evaluations == tuple(alone(opened))


def test_it_goes_on_running_with_another_experiment(show, qtbot, finish) -> None:
    panel = show(experiment(steps=100_000))
    click(qtbot, panel.bar.run)
    qtbot.waitUntil(lambda: panel.contest.begun)
    panel.session.propose(experiment(rate=0.3), "change the learning rate")
    assert panel.contest.running
    finish(panel)
    assert panel.contest.so_far[BASE].evaluations == tuple(alone(experiment(rate=0.3)))


def test_a_remedy_that_can_do_nothing_is_switched_off_with_a_sentence(show) -> None:
    panel = show(experiment())
    box = panel.table.rows["more_data"].box
    box.selectAll()
    QTest.keyClicks(box, "40")
    QTest.keyClick(box, Qt.Key.Key_Return)
    tick(panel, "more_data")
    assert not panel.table.rows["more_data"].check.isChecked()
    assert panel.bar.sentence.text() == "The network learns from 40 samples already: take a larger number."


def test_the_base_cannot_be_switched_off(show) -> None:
    panel = show(experiment())
    tick(panel, BASE)
    assert panel.table.rows[BASE].check.isChecked()


def test_a_remedy_opens_as_a_run_of_its_own(show, qtbot) -> None:
    panel = show(experiment(limit=20))
    click(qtbot, panel.table.rows["more_data"].open)
    assert panel.session.experiment == MoreData().applied(experiment(limit=20))
    assert panel.session.undo_stack.undoText() == "try more data"
    panel.session.undo_stack.undo()
    assert panel.session.experiment == experiment(limit=20)
    qtbot.waitUntil(lambda: not panel.clock.running)


def test_a_remedy_that_could_be_had_on_the_way_begins_at_step_0_too(show, run_to_end, qtbot) -> None:
    panel = show(experiment())
    run_to_end(panel)
    assert panel.session.progress.snapshot.step == STEPS
    click(qtbot, panel.table.rows["weight_decay"].open)
    assert panel.session.experiment == WeightDecay().applied(experiment())
    qtbot.waitUntil(lambda: panel.session.progress is not None and panel.session.progress.snapshot.step == 0)
    panel.session.undo_stack.undo()
    qtbot.waitUntil(lambda: panel.session.progress is not None and panel.session.progress.snapshot.step == STEPS)
    qtbot.waitUntil(lambda: not panel.clock.running)


def test_a_diverged_base_is_said(show, qtbot, finish) -> None:
    panel = show(experiment("plane", rate=50.0, steps=300))
    click(qtbot, panel.bar.run)
    finish(panel)
    assert panel.words.text().startswith("As it is, the network diverged at step ")
    assert numbers(panel, BASE) == ["diverged", "", ""]


def test_a_diverged_run_is_said_and_the_others_go_on(show, qtbot, finish) -> None:
    base = experiment("plane", rate=0.01, steps=300)
    panel = show(base)
    tick(panel, "weight_decay")
    box = panel.table.rows["weight_decay"].box
    panel.table.remedies["weight_decay"] = WeightDecay(rate=10)
    bad = structs.replace(base, optimizer=structs.replace(base.optimizer, learning_rate=50.0))
    panel.contest.take({BASE: base, "weight_decay": bad})
    panel.contest.run()
    finish(panel)
    assert box is not None and numbers(panel, "weight_decay") == ["diverged", "", ""]
    assert "Weight decay of 10: diverged at step" in panel.words.text()
    assert numbers(panel, BASE)[0]


def test_a_regression_is_told_by_its_losses(show, qtbot, finish) -> None:
    panel = show(experiment("sine", rate=0.05))
    accuracy, loss = panel.view.tabs.buttons()
    assert not accuracy.isEnabled() and loss.isChecked() and "no classes" in accuracy.toolTip()
    tick(panel, "dropout")
    click(qtbot, panel.bar.run)
    finish(panel)
    assert panel.words.text().startswith("As it is, the loss of the network is ")
    assert [name for name, _, _ in panel.exports()] == ["Training and validation loss", "Remedies"]


def test_losses_beside_accuracies(show, qtbot, finish) -> None:
    panel = show(experiment())
    click(qtbot, panel.bar.run)
    finish(panel)
    click(qtbot, panel.view.tabs.button(1))
    last = alone(experiment())[-1]
    assert float(numbers(panel, BASE)[1]) == pytest.approx(last.validation_loss, rel=0.01)
    assert panel.words.text().startswith("As it is, the loss of the network is ")
    np.testing.assert_allclose(panel.loss._lines[BASE][1].y, [e.validation_loss for e in alone(experiment())])


# Pointing


@pytest.fixture
def compared(show, qtbot, finish):
    panel = show(experiment())
    tick(panel, "dropout")
    click(qtbot, panel.bar.run)
    finish(panel)
    panel.table.rows["dropout"].check.clearFocus()
    return panel


def faded(panel) -> list[str]:
    return [name for name, pair in panel.accuracy._lines.items() if pair[0].faded and pair[1].faded]


def test_the_pointer_on_a_row_makes_its_curves_stand_out(compared) -> None:
    row, place = compared.table.rows["dropout"], QPointF(5, 5)
    assert faded(compared) == []
    row.enterEvent(QEnterEvent(place, place, place))
    assert faded(compared) == [BASE]
    row.leaveEvent(QEvent(QEvent.Type.Leave))
    assert faded(compared) == []


def test_the_keyboard_on_a_row_does_so_too(compared, qtbot) -> None:
    compared.activateWindow()
    compared.table.rows[BASE].check.setFocus()
    qtbot.waitUntil(lambda: faded(compared) == ["dropout"])


def test_the_pointer_on_a_curve_makes_its_run_stand_out(compared) -> None:
    plot = compared.accuracy
    line = plot._lines["dropout"][0]
    x = float(line.x[-1])
    # Far from the other curves, wherever they are.
    line.draw(line.x, np.full_like(line.y, plot.view.viewRange()[1][0] + 0.1))
    where = plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, float(line.y[-1]))))
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(where), QPointF(where), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    plot.mouseMoveEvent(move)
    assert faded(compared) == [BASE]
    rows = plot.readout(x, 50).split("\n")
    assert rows[0] == f"step {STEPS}" and rows[1].startswith("Dropout: train ") and len(rows) == 2
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert faded(compared) == [] and len(plot.readout(x, 50).split("\n")) == 3


# Around it


def test_the_tables(compared, tmp_path) -> None:
    exports = {name: (source, rows) for name, source, rows in compared.exports()}
    assert list(exports) == ["Training and validation accuracy", "Training and validation loss", "Remedies"]
    path = tmp_path / "curves.csv"
    export_csv(*exports["Training and validation loss"][1](), path)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    found = [float(row["validation_loss"]) for row in rows if row["run"] == "As it is"]
    assert found == [each.validation_loss for each in alone(experiment())]
    header, table = exports["Remedies"][1]()
    assert header[-1] == "gap" and [row[0] for row in table] == ["As it is", "Dropout"]


def test_while_it_is_hidden_nothing_is_drawn_and_then_all_of_it(show, qtbot, finish) -> None:
    panel = show(experiment())
    click(qtbot, panel.bar.run)
    panel.hide()
    finish(panel)
    assert BASE not in panel.accuracy._lines or len(panel.accuracy._lines[BASE][0].x) < 7
    panel.show()
    assert len(panel.accuracy._lines[BASE][0].x) == 7


def test_the_plot_stands_beside_the_rows_where_there_is_room(show) -> None:
    panel = show(experiment())
    assert panel.view.is_beside
    panel.resize(panel.minimumSizeHint().width(), 420)
    assert not panel.view.is_beside
    assert panel.view.content.minimumSizeHint().width() <= panel.view.viewport().width()


def test_large_type_takes_the_rows_along(show, qtbot) -> None:
    panel = show(experiment())
    row = panel.table.rows["early_stopping"]
    before = panel.table.minimumSizeHint().width()
    theme_switch().set_projector(True)
    qtbot.waitUntil(lambda: panel.table.minimumSizeHint().width() > before)
    qtbot.waitUntil(lambda: row.check.width() >= row.check.sizeHint().width())  # no name is cut


def test_the_session_closes_in_the_midst_of_it(show, qtbot) -> None:
    panel = show(experiment(steps=1_000_000))
    click(qtbot, panel.bar.run)
    qtbot.waitUntil(lambda: panel.contest.begun)
    panel.session.closing.emit()
    assert not panel.contest.running and panel.contest._work._thread is None
