import csv
import time

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gui.export import export_csv
from gui.panels.trajectory_panel import TrajectoryPanel
from gui.path_view import find
from model.experiment_file import from_plain
from model.trajectory import principal_directions

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 100}},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "stop": {"step": 60},
    }
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(show_panel):
    return show_panel(TrajectoryPanel, EXPERIMENT)


def look_at_path(qtbot, panel):
    qtbot.mouseClick(panel._tabs.button(1), LEFT)
    assert panel.path.isVisible() and not panel.race.isVisible()


def rested(panel):
    """The path is drawn up to where the run is, along directions found from all of it."""
    panel.path._asked_at = 0.0  # the second is over
    panel.path.draw(panel.session.progress)
    step = panel.session.progress.snapshot.step
    return (
        not panel.path._pictures.is_pending(panel.path)
        and panel.path._found_of == (step,)
        and panel.path.plot.steps[-1:] == [step]
    )


def test_it_opens_with_the_race(panel):
    assert panel.race.isVisible() and not panel.path.isVisible()
    assert panel.caption.text() == "f(x, y) = x²/20 + y²"


def test_without_a_step_it_says_what_to_do(qtbot, panel):
    look_at_path(qtbot, panel)
    assert panel.path.hint.isVisible() and "Run a few steps" in panel.path.hint.text()
    assert not panel.path.plot.isVisible()


def test_the_path_is_the_history_seen_along_its_principal_directions(qtbot, panel, run_to_end):
    look_at_path(qtbot, panel)
    run_to_end(panel)
    qtbot.waitUntil(lambda: rested(panel))
    plot, history = panel.path.plot, panel.session.run.history
    assert plot.isVisible() and plot.steps.tolist() == list(range(61))
    points = np.array(history.points)
    singular, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)[1:]
    seen = np.abs((points - points[0]) @ axes[:2].T)  # a sign is free
    np.testing.assert_allclose(np.abs(plot.points), seen, atol=1e-9)
    np.testing.assert_array_equal(plot.points[0], [0, 0])  # it begins in the middle of the axes' crossing
    share = singular[0] ** 2 / (singular**2).sum()
    assert plot.item.getAxis("bottom").labelText == f"principal direction 1 ({share:.0%} of the movement)".replace(
        "%", " %"
    )
    (x_low, x_high), (y_low, y_high) = plot.view.viewRange()
    x, y = plot.points.T
    assert x_low < x.min() <= x.max() < x_high and y_low < y.min() <= y.max() < y_high


def test_between_two_findings_new_points_are_seen_along_the_same_directions(qtbot, panel):
    look_at_path(qtbot, panel)
    for _ in range(3):
        with qtbot.waitSignal(panel.session.progressed):
            panel.session.step()
    qtbot.waitUntil(lambda: not panel.session.playing and rested(panel))
    panel.path._asked_at = time.perf_counter() + 1000  # not again
    before, drawn = panel.path._directions, panel.path.plot.points
    with qtbot.waitSignal(panel.session.progressed):
        panel.session.step()
    qtbot.waitUntil(lambda: panel.path.plot.steps[-1] == 4)
    assert panel.path._directions is before
    np.testing.assert_allclose(panel.path.plot.points[:4], drawn[:4], atol=1e-12)
    parameters, start = panel.session.progress.snapshot.parameters, panel.session.run.history.points[0]
    np.testing.assert_allclose(panel.path.plot.points[-1], before.axes @ (parameters - start), atol=1e-12)


def test_found_anew_the_directions_keep_their_signs(qtbot, panel, run_to_end):
    look_at_path(qtbot, panel)
    run_to_end(panel)
    qtbot.waitUntil(lambda: rested(panel))
    found = panel.path._directions
    again, _, _ = find(panel.session.run.history, found)
    np.testing.assert_array_equal(again.axes, found.axes)
    free = principal_directions(np.array(panel.session.run.history.points))
    np.testing.assert_allclose(np.abs((free.axes * found.axes).sum(axis=1)), 1)


def test_a_run_that_ends_within_the_second_is_still_seen_whole(qtbot, panel, run_to_end):
    look_at_path(qtbot, panel)
    panel.session.step()
    qtbot.waitUntil(lambda: not panel.session.playing and panel.path._directions is not None)
    run_to_end(panel)
    assert panel.path._found_of < (60,)  # found a moment ago
    panel.path._asked_at -= 1  # the rest of the second passes
    panel.path._later.setInterval(0)
    qtbot.waitUntil(lambda: panel.path._found_of == (60,) and not panel.path._pictures.is_pending(panel.path))


def test_the_start_and_the_present_are_marked(qtbot, panel, run_to_end):
    look_at_path(qtbot, panel)
    run_to_end(panel)
    qtbot.waitUntil(lambda: rested(panel))
    plot = panel.path.plot
    assert [each[0] for each in plot._start.getData()] == plot.points[0].tolist()
    assert [each[0] for each in plot._now.getData()] == plot.points[-1].tolist()
    assert "○ start" in panel.caption.text()
    shades = [piece.opts["pen"].color().lightness() for piece in plot._pieces]
    assert shades == sorted(shades, reverse=True) and shades[0] > shades[-1]  # on white: pale to strong


def test_the_readout_names_the_nearest_step(qtbot, panel, run_to_end):
    look_at_path(qtbot, panel)
    run_to_end(panel)
    qtbot.waitUntil(lambda: rested(panel))
    x, y = panel.path.plot.points[20]
    assert panel.path.plot.readout(x, y).startswith("step 20\n")


def test_a_new_run_starts_a_new_path(qtbot, panel, run_to_end):
    look_at_path(qtbot, panel)
    run_to_end(panel)
    qtbot.waitUntil(lambda: rested(panel))
    with qtbot.waitSignal(panel.session.run_began):
        panel.session.reset()
    assert panel.path.hint.isVisible() and len(panel.path.plot.points) == 0


def test_a_path_that_was_not_looked_at_is_exported_all_the_same(qtbot, panel, run_to_end, tmp_path):
    assert panel.exports() == []
    run_to_end(panel)
    panel.race.step()
    (_, path, rows), (_, race, _) = panel.exports()
    assert (path, race) == (panel.path.plot, panel.race.plot)
    export_csv(*rows(), tmp_path / "path.csv")
    with (tmp_path / "path.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert [int(row["step"]) for row in table] == list(range(61))
    assert list(table[0]) == ["step", "direction_1", "direction_2"]


def test_themes_reach_the_path(qtbot, panel, switch):
    switch.choose("dark")
    switch.set_projector(True)
    assert panel.path.plot.backgroundBrush().color().name() == switch.theme.panel
    assert panel.caption.font().pixelSize() == switch.theme.small
