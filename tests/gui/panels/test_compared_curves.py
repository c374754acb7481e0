"""Branches beside the shown run: in the loss curve, among the gradients and on the path."""

import csv
import itertools

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import Qt

from gui import path_view
from gui.branch_colors import BRANCHES
from gui.comparison import comparison_of
from gui.export import export_csv
from gui.panels.gradient_panel import GradientPanel
from gui.panels.loss_panel import LossPanel
from gui.panels.trajectory_panel import TrajectoryPanel
from model.experiment_file import from_plain

# 80 samples to train on: 8 steps an epoch, and an evaluation after each.
EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 100}, "test": 0.2},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "optimizer": {"type": "sgd", "learning_rate": 0.03},
        "stop": {"step": 40},
    }
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def branch(qtbot, run_to_end):
    """branch(panel, step): another learning rate from there on; then trained for eight steps."""

    def made(panel, step, **change):
        session = panel.session
        go_to(qtbot, panel, step)
        change = change or {"optimizer": structs.replace(session.experiment.optimizer, learning_rate=0.5)}
        session.change("change", **change)
        qtbot.waitUntil(lambda: not panel.clock.running)
        train(qtbot, panel, 8)

    return made


def go_to(qtbot, panel, step):
    panel.session.go_to(step)
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == step and not panel.clock.running)


def train(qtbot, panel, steps):
    end = panel.session.progress.snapshot.step + steps
    for _ in range(steps):
        panel.session.step()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == end and not panel.clock.running)


def make_loss(session, _):
    return LossPanel(session)


def test_the_old_future_stays_as_a_thin_named_curve_from_where_it_parted(show_panel, run_to_end, branch):
    panel = show_panel(make_loss, EXPERIMENT)
    run_to_end(panel)
    branch(panel, 20)  # steps 21 to 28 are another way
    assert [line.label for line in panel.loss.lines] == ["mini-batch", "train", "test", "1: first run"]
    other, first = panel.loss.others[1], panel.session.progress.branches[0].record
    assert other.color.name() == BRANCHES[0] and other.opts["pen"].width() == 1
    # Evaluated at 0, 8, 16, 24, ...: the last one that both have is that at step 16.
    assert other.x.tolist() == [16, 24, 32, 40]
    assert other.y.tolist() == [e.test_loss for e in first.evaluations if e.step >= 16]
    assert panel.loss.lines[0].x[-1] == 28
    (_, x_high), _ = panel.loss.view.viewRange()
    assert x_high >= 40
    said = panel.loss.readout(32, 0.1).split("\n")
    assert said[-2:] == ["step 32", f"1: first run {other.y[2]:.4g}"]
    assert "first run" not in panel.loss.readout(8, 0.1)


def test_a_branch_that_is_hidden_leaves_the_picture(show_panel, run_to_end, branch):
    panel = show_panel(make_loss, EXPERIMENT)
    run_to_end(panel)
    branch(panel, 20)
    comparison_of(panel.session).tick(1, False)
    assert panel.loss.others == {} and [line.label for line in panel.loss.lines] == ["mini-batch", "train", "test"]
    comparison_of(panel.session).tick(1, True)
    assert list(panel.loss.others) == [1]


def test_the_accuracy_shows_the_same_branches(show_panel, run_to_end, branch, qtbot):
    panel = show_panel(make_loss, EXPERIMENT)
    run_to_end(panel)
    branch(panel, 20)
    qtbot.mouseClick(panel._tabs.button(1), LEFT)
    first = panel.session.progress.branches[0].record
    assert panel.accuracy.others[1].y.tolist() == [100 * e.test_accuracy for e in first.evaluations if e.step >= 16]


def test_what_does_not_change_is_not_drawn_again(show_panel, run_to_end, branch, qtbot, monkeypatch):
    panel = show_panel(make_loss, EXPERIMENT)
    run_to_end(panel)
    branch(panel, 20)
    drawn = []
    monkeypatch.setattr(panel.loss.others[1], "setData", lambda *_, **__: drawn.append(True))
    curves = panel._losses.curves(None)
    train(qtbot, panel, 9)
    assert panel._losses.curves(None)[0] is curves[0] and not drawn


def test_the_table_has_all_branches_behind_a_column_that_names_them(show_panel, run_to_end, branch, tmp_path):
    panel = show_panel(make_loss, EXPERIMENT)
    run_to_end(panel)
    branch(panel, 20)
    (_, _, rows), *_ = panel.exports()
    export_csv(*rows(), tmp_path / "loss.csv")
    with (tmp_path / "loss.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    grouped = {name: [int(row["step"]) for row in found] for name, found in itertools.groupby(table, _branch_of)}
    assert grouped == {"2: learning rate: 0.03 → 0.5 at step 20": list(range(29)), "1: first run": list(range(41))}
    assert table[-1]["epoch"] == "5" and list(table[0])[:4] == ["branch", "step", "epoch", "batch_loss"]


def _branch_of(row):
    return row["branch"]


@pytest.mark.parametrize(
    ("make", "plot_of"), [(make_loss, lambda panel: panel.loss), (lambda s, _: GradientPanel(s), lambda p: p.plot)]
)
def test_a_step_that_was_gone_back_to_is_marked(show_panel, run_to_end, qtbot, make, plot_of):
    panel = show_panel(make, EXPERIMENT)
    run_to_end(panel)
    plot = plot_of(panel)
    assert not plot._mark.isVisible()
    go_to(qtbot, panel, 12)
    assert plot._mark.isVisible() and plot._mark.value() == 12
    (x_low, x_high), _ = plot.view.viewRange()
    assert x_low <= 0 and x_high >= 40
    go_to(qtbot, panel, 40)
    assert not plot._mark.isVisible()


def test_epochs_are_counted_by_the_batches_that_there_were(show_panel, run_to_end, branch):
    panel = show_panel(make_loss, EXPERIMENT)
    run_to_end(panel)
    # Two epochs and four steps; the third ends at step 20. From there 16 steps of 5 samples make an epoch.
    branch(panel, 20, batches=structs.replace(EXPERIMENT.batches, size=5))
    said = [panel.loss.place_text(step) for step in (19, 20, 35, 36)]
    assert said == ["step 19 (epoch 2)", "step 20 (epoch 3)", "step 35 (epoch 3)", "step 36 (epoch 4)"]
    comparison_of(panel.session).tick(1, False)
    _, rows = panel.rows()
    assert [row[1] for row in rows] == [step // 8 for step in range(20)] + 9 * [3]


def test_the_gradients_table_has_the_same_epochs(show_panel, run_to_end, branch):
    panel = show_panel(lambda session, _: GradientPanel(session), EXPERIMENT)
    run_to_end(panel)
    branch(panel, 20, batches=structs.replace(EXPERIMENT.batches, size=80))  # from there each step is an epoch
    _, rows = panel.rows()
    assert [row[1] for row in rows] == [step // 8 for step in range(1, 20)] + list(range(3, 12))


@pytest.fixture
def path(show_panel, run_to_end, branch, qtbot):
    """The path of branch 2, which left branch 1 at step 20; and of 3, a run of another network, which has none."""
    panel = show_panel(TrajectoryPanel, EXPERIMENT)
    qtbot.mouseClick(panel._tabs.button(1), LEFT)
    run_to_end(panel)
    branch(panel, 20)
    qtbot.waitUntil(lambda: rested(panel))
    return panel


def rested(panel):
    panel.path._asked_at = 0.0
    panel.path.draw(panel.session.progress)
    return not panel.path._pictures.is_pending(panel.path) and bool(panel.path.plot.compared)


def test_other_paths_are_seen_along_the_directions_of_the_shown_one(path):
    (other,) = path.path.plot.compared
    assert other.title == "1: first run" and other.color.name() == BRANCHES[0]
    assert other.steps.tolist() == list(range(20, 41))
    start, history = path.session.run.history.points[0], path.session.progress.branches[0].history
    expected = (np.array(history.points[20:]) - start) @ path.path._directions.axes.T
    np.testing.assert_allclose(other.points, expected, atol=1e-12)
    np.testing.assert_allclose(other.points[0], path.path.plot.points[20], atol=1e-12)  # there they part
    assert path.path.plot._now.opts["brush"].color().name() == BRANCHES[1]
    (x_low, x_high), (y_low, y_high) = path.path.plot.view.viewRange()
    assert x_low < other.points[:, 0].min() and other.points[:, 0].max() < x_high
    assert y_low < other.points[:, 1].min() and other.points[:, 1].max() < y_high
    assert path.path.plot.readout(*other.points[-1]).startswith("1: first run\nstep 40\n")


def test_a_path_that_was_gone_back_on_stays_whole_and_marks_where_the_network_is(path, qtbot):
    whole = path.path.plot.points
    go_to(qtbot, path, 10)
    np.testing.assert_allclose(path.path.plot.points, whole, atol=1e-12)
    assert [each[0] for each in path.path.plot._now.getData()] == pytest.approx(whole[10].tolist())
    assert path.path.plot.steps[-1] == 28


def test_the_paths_are_exported_with_their_names(path, tmp_path):
    export_csv(*path.path.rows(), tmp_path / "path.csv")
    with (tmp_path / "path.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    grouped = {name: [int(row["step"]) for row in found] for name, found in itertools.groupby(table, _branch_of)}
    assert grouped == {
        "2: learning rate: 0.03 → 0.5 at step 20": list(range(29)),
        "1: first run": list(range(20, 41)),
    }


def test_a_hidden_path_goes_and_a_network_of_another_shape_has_none(path, qtbot):
    comparison_of(path.session).tick(1, False)
    qtbot.waitUntil(lambda: not path.path.plot.compared)
    assert path.path.plot.lines == []
    assert path.path.plot._now.opts["brush"].color() != BRANCHES[1]
    layers = (structs.replace(EXPERIMENT.network.layers[0], units=4), *EXPERIMENT.network.layers[1:])
    path.session.change("wider", network=structs.replace(EXPERIMENT.network, layers=layers))
    qtbot.waitUntil(lambda: path.session.progress.branch == 3)
    train(qtbot, path, 3)
    comparison_of(path.session).tick(1, True)
    qtbot.waitUntil(lambda: not path.path._pictures.is_pending(path.path))
    assert path.path.plot.compared == ()


def test_a_failed_finding_does_not_end_the_path(show_panel, qtbot, monkeypatch):
    panel = show_panel(TrajectoryPanel, EXPERIMENT)
    found, left = path_view.find, [ArithmeticError("the first finding")]

    def find(*arguments):
        if left:
            raise left.pop()
        return found(*arguments)

    monkeypatch.setattr(path_view, "find", find)
    qtbot.mouseClick(panel._tabs.button(1), LEFT)
    with qtbot.captureExceptions() as errors:
        train(qtbot, panel, 2)
        qtbot.waitUntil(lambda: bool(errors))
    assert panel.path.hint.isVisible()
    panel.path._asked_at = 0.0
    train(qtbot, panel, 1)
    qtbot.waitUntil(panel.path.plot.isVisible)
