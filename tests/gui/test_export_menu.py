"""The Export menu over panels that are seen, and over one behind a tab."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDockWidget, QFileDialog, QLabel, QMainWindow

from gui.export import PNG_SCALE
from gui.export_menu import SIZE, ExportMenu
from gui.panels.gradient_panel import GradientPanel
from gui.session import Session
from model.starters import starter


@pytest.fixture
def session(qtbot):
    made = Session(starter("xor"))
    qtbot.waitUntil(lambda: made.progress is not None)
    yield made
    made.close()


@pytest.fixture
def panel(qtbot, switch, session):
    """The gradients behind a tab, never seen."""
    window = QMainWindow()
    panel = GradientPanel(session)
    qtbot.addWidget(window, before_close_func=lambda _: close(panel))
    front, back = QDockWidget("front", window), QDockWidget("back", window)
    front.setWidget(QLabel("front"))
    back.setWidget(panel)
    for dock in (front, back):
        window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
    window.tabifyDockWidget(front, back)
    front.raise_()
    window.show()
    panel.begin(session.run)
    yield panel


def close(panel):
    panel.plot.setParent(None)  # a closed plot cannot be laid out again
    panel.plot.close()
    panel.plot.deleteLater()


def test_a_panel_behind_a_tab_is_exported_up_to_date_and_large_enough(qtbot, monkeypatch, tmp_path, session, panel):
    assert not panel.is_seen()
    session.step()
    qtbot.waitUntil(lambda: session.progress.snapshot.step == 1)
    menu = ExportMenu([panel], lambda: None, panel.window())
    menu.aboutToShow.emit()
    for name in ("norms.png", "norms.csv"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        menu.actions()[0].trigger()
    picture = QImage(str(tmp_path / "norms.png"))
    assert picture.width() >= PNG_SCALE * (SIZE.width() - 8)
    assert picture.height() >= PNG_SCALE * SIZE.height() / 2
    assert [line.y.size for line in panel.plot.curves.values()] == [1, 1]
    with (tmp_path / "norms.csv").open() as file:
        header, row = csv.reader(file)
    assert header == ["step", "epoch", "layer_1", "layer_2"]
    assert [float(each) for each in row[2:]] == pytest.approx(session.run.record.gradient_norms()[0].tolist(), abs=0)


def test_before_the_first_step_there_is_a_menu_too(session, panel):
    menu = ExportMenu([panel], lambda: None, panel.window())
    assert [action.text() for action in menu.actions()] == ["Gradient norms..."]
    assert "Ctrl+E" in menu.actions()[0].toolTip()
