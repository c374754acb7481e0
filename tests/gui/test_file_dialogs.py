from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from gui.file_dialogs import EXPERIMENT, RUN, ask_for_file, ask_for_place, say_unreadable, say_unwritten
from gui.settings import Settings
from model.message import Message


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def chosen(monkeypatch, which: str, path: str) -> list[tuple]:
    asked = []
    monkeypatch.setattr(QFileDialog, which, lambda *arguments: (asked.append(arguments), (path, ""))[1])
    return asked


@pytest.mark.parametrize("ending", [RUN, EXPERIMENT])
def test_a_name_gets_its_ending_and_keeps_its_dots(parent, tmp_path, monkeypatch, ending):
    for name in ("mine", "rate 0.5", f"mine{ending}", f"MINE{ending.upper()}"):
        asked = chosen(monkeypatch, "getSaveFileName", str(tmp_path / name))
        wanted = name if name.lower().endswith(ending) else f"{name}{ending}"
        assert ask_for_place(parent, tmp_path / "proposed", ending) == tmp_path / wanted
        assert str(tmp_path / "proposed") in asked[0] and any(f"*{ending}" in str(each) for each in asked[0])


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_a_file_is_not_replaced_unasked_where_its_ending_was_added(qtbot, parent, tmp_path, monkeypatch, answer):
    (tmp_path / "mine.downhill").write_text("precious")
    chosen(monkeypatch, "getSaveFileName", str(tmp_path / "mine"))

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox) and "mine.downhill" in box.text()
        qtbot.mouseClick(box.button(answer), Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)
    path = ask_for_place(parent, tmp_path / "proposed", RUN)
    assert (path is None) == (answer == QMessageBox.StandardButton.No)


def test_a_cancelled_dialog_is_no_file(parent, monkeypatch, tmp_path):
    chosen(monkeypatch, "getOpenFileName", "")
    chosen(monkeypatch, "getSaveFileName", "")
    assert ask_for_file(parent) is None and ask_for_place(parent, tmp_path, RUN) is None


def test_it_begins_where_the_last_file_was(parent, monkeypatch, tmp_path):
    Settings().add_recent(str(tmp_path / "mine.downhill"))
    asked = chosen(monkeypatch, "getOpenFileName", str(tmp_path / "other"))
    assert ask_for_file(parent) == tmp_path / "other"
    assert str(tmp_path) in asked[0]


def test_what_is_said_is_one_sentence_and_markup_stays_text(parent):
    problem = Message("the file is damaged")
    for say, sentence in (
        (lambda path: say_unreadable(parent, path, problem, ""), "<h1>.json cannot be opened: the file is damaged."),
        (lambda path: say_unreadable(parent, path, problem, "$.x"), "<h1>.json was not opened. At $.x: the file is"),
        (lambda path: say_unwritten(parent, path, problem), "<h1>.json was not saved: the file is damaged. Nothing"),
    ):
        say(Path("<h1>.json"))
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.text().startswith(sentence) and box.textFormat() == Qt.TextFormat.PlainText
        box.close()
