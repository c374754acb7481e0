"""Experiments whose data lies in a file: opened, moved, changed, saved, and run without a window."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

import main
from gui.writing import write_experiment
from model.data import Data
from model.datasets.from_file import look_into, table_of
from model.datasets.recently_read import RECENTLY_READ
from model.datasets.table_guess import guess_columns
from model.experiment import Experiment, NetworkSpec, Stop
from model.layers import Affine
from model.losses import SigmoidCrossEntropy
from model.starters import starter

ROWS = 20_000  # more than goes into an experiment


@pytest.fixture(autouse=True)
def nothing_read_before():
    RECENTLY_READ.forget()


@pytest.fixture
def experiment(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    table = folder / "table.csv"
    table.write_text("x,y,kind\n" + "".join(f"{i % 11}.25,{i % 7}.5,{'ab'[i % 2]}\n" for i in range(ROWS)))
    found = look_into(table)
    dataset = table_of(found, guess_columns(found.table), leave_out_incomplete=False)
    return Experiment(
        data=Data(dataset=dataset),
        network=NetworkSpec(layers=(Affine(units=1),)),
        loss=SigmoidCrossEntropy(),
        stop=Stop(step=3),
    )


@pytest.fixture
def file(experiment, tmp_path):
    path = tmp_path / "work" / "mine.json"
    assert write_experiment(path, experiment) is None
    RECENTLY_READ.forget()
    return path


@pytest.fixture
def window(open_window):
    return open_window(starter("spiral"), "spiral")


def table_of_window(window):
    return Path(window.session.experiment.data.dataset.source.path)


def moved_box(qtbot, window):
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox, "moved data")))
    (box,) = window.findChildren(QMessageBox, "moved data")
    return box


def test_the_path_is_written_from_the_experiment_on(file):
    source = json.loads(file.read_text())["data"]["dataset"]["source"]
    assert source["path"] == "table.csv"


def test_a_table_that_moved_is_asked_for_and_found_again(qtbot, window, file, tmp_path, monkeypatch):
    now = tmp_path / "now.csv"
    (tmp_path / "work" / "table.csv").rename(now)
    window.open_path(file)
    box = moved_box(qtbot, window)
    assert "table.csv is not in" in box.text() and "any more: choose where it is now" in box.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(now), ""))
    next(button for button in box.buttons() if button.text() == "Choose...").click()
    qtbot.waitUntil(lambda: window.document.name == "mine")
    assert table_of_window(window) == now


def test_a_folder_that_moved_as_a_whole_opens_and_a_table_that_changed_is_said(qtbot, window, file, tmp_path):
    (tmp_path / "work").rename(tmp_path / "elsewhere")
    window.open_path(tmp_path / "elsewhere" / "mine.json")
    qtbot.waitUntil(lambda: window.document.name == "mine")
    table = tmp_path / "elsewhere" / "table.csv"
    assert table_of_window(window) == table
    before = window.session.experiment
    with table.open("a") as rows:
        rows.write("1,2,a\n")
    window.open_path((tmp_path / "elsewhere" / "mine.json").rename(tmp_path / "elsewhere" / "again.json"))
    box = moved_box(qtbot, window)
    assert "table.csv is another file, or has changed since the experiment was saved" in box.text()
    box.button(QMessageBox.StandardButton.Cancel).click()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    assert window.session.experiment is before
    assert window.document.name == "mine"


def test_a_run_is_saved_with_the_path_and_opened_again(qtbot, window, file, tmp_path):
    window.open_path(file)
    qtbot.waitUntil(
        lambda: window.document.name == "mine" and window.session.run.experiment == window.session.experiment
    )
    window.session.step()
    qtbot.waitUntil(lambda: window.session.progress.snapshot.step == 1)
    run = tmp_path / "work" / "mine.downhill"
    window.document.path = run
    window.document.save()
    qtbot.waitUntil(run.exists)
    parameters = window.session.progress.snapshot.parameters.copy()
    shutil.copytree(tmp_path / "work", tmp_path / "copy")
    shutil.rmtree(tmp_path / "work")
    window.open_path(tmp_path / "copy" / "mine.downhill")
    qtbot.waitUntil(lambda: window.document.path == tmp_path / "copy" / "mine.downhill")
    qtbot.waitUntil(lambda: window.document.opening is None and window.session.progress.snapshot.step == 1)
    np.testing.assert_array_equal(window.session.progress.snapshot.parameters, parameters)
    assert table_of_window(window) == tmp_path / "copy" / "table.csv"


def test_it_is_trained_without_a_window(file, capsys):
    assert main.main(["train", str(file)]) == 0
    assert "3 steps" in capsys.readouterr().out


def test_without_a_window_a_table_that_vanished_is_a_sentence(file, tmp_path, capsys):
    (tmp_path / "work" / "table.csv").unlink()
    assert main.main(["train", str(file)]) == 2
    assert "$.data.dataset: table.csv is not in" in capsys.readouterr().err
