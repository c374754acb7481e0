"""Painted points in the whole window: its keys give way, and the experiment keeps them in its files."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from main import main
from model.datasets.points import Points
from model.experiment_file import from_json, from_plain

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "points"}},
        "network": {"layers": [{"type": "affine", "units": 3}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)


@pytest.fixture
def window(qtbot, open_window):
    made = open_window(EXPERIMENT, "mine")
    made.docks["data"].widget().paint_points.click()
    canvas = made.docks["output"].widget().view.canvas
    qtbot.waitUntil(canvas.hasFocus)
    return made


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def points(window):
    return window.session.experiment.data.dataset.points


def test_space_sets_a_point_while_the_plane_is_painted_and_runs_when_it_is_left(qtbot, window):
    before = points(window)
    press(qtbot, window, Qt.Key.Key_Left)
    press(qtbot, window, Qt.Key.Key_Space)
    assert points(window) == (*before, (-0.15, 0.0, 0))
    assert not window.session.playing
    press(qtbot, window, Qt.Key.Key_Escape)
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.session.playing
    assert len(points(window)) == len(before) + 1
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.progress.playing)


def test_a_stroke_is_undone_and_done_again_with_the_keys_of_the_window(qtbot, window):
    before = points(window)
    press(qtbot, window, Qt.Key.Key_2)
    press(qtbot, window, Qt.Key.Key_Return)
    after = points(window)
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points(window) == before
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert points(window) == after == (*before, (0.0, 0.0, 1))
    qtbot.waitUntil(lambda: window.session.run.experiment == window.session.experiment)


@pytest.mark.parametrize("trained", [False, True], ids=["at the start", "while it learns"])
def test_a_saved_run_brings_the_points_back(qtbot, window, tmp_path, monkeypatch, trained):
    session, path = window.session, tmp_path / "mine.downhill"
    if trained:
        session.step_epoch()
        qtbot.waitUntil(lambda: not session.playing and session.progress.snapshot.step > 0)
    press(qtbot, window, Qt.Key.Key_Space)
    painted = session.experiment
    qtbot.waitUntil(lambda: session.run.experiment.data == painted.data)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(qtbot, window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: path.exists() and not window.isWindowModified())
    session.undo_stack.undo()
    assert session.experiment != painted
    window.open_path(path)
    qtbot.waitUntil(lambda: session.experiment == painted and session.run.experiment.data == painted.data)
    assert window.docks["output"].widget().view.painter.draft.points == list(painted.data.dataset.points)


def test_a_painted_experiment_is_trained_without_a_window(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "mine.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(qtbot, window, Qt.Key.Key_2)
    press(qtbot, window, Qt.Key.Key_Space)
    press(qtbot, window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(path.exists)
    saved = from_json(path.read_bytes())
    assert saved == window.session.experiment
    assert isinstance(saved.data.dataset, Points) and saved.data.dataset.points[-1] == (0.0, 0.0, 1)
    monkeypatch.setattr("headless.plots", lambda trainer, folder: [])
    assert main(["train", str(path), "--steps", "20", "--out", str(tmp_path / "run")]) == 0
    with (tmp_path / "run" / "loss.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 22
