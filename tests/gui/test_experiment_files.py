from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from gui import experiment_files
from gui.experiment_files import ask_and_open, ask_and_save, open_file
from gui.settings import Settings
from model.experiment_file import from_plain, to_json

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "xor", "samples": 40}},
        "network": {"layers": [{"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def said(qapp):
    """Presses the button of every message box that opens, and keeps what it said."""
    sentences: list[str] = []

    def look():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            assert box.textFormat() == Qt.TextFormat.PlainText
            sentences.append(box.text())
            box.accept()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1)
    yield sentences
    timer.stop()


def chosen(monkeypatch, which: str, path: str):
    monkeypatch.setattr(QFileDialog, which, lambda *_: (path, ""))


def test_saved_and_opened_it_is_the_same_experiment(parent, tmp_path, monkeypatch):
    chosen(monkeypatch, "getSaveFileName", str(tmp_path / "mine"))
    assert ask_and_save(parent, EXPERIMENT, "xor") == tmp_path / "mine.json"
    assert Settings().recent == [str(tmp_path / "mine.json")]
    chosen(monkeypatch, "getOpenFileName", str(tmp_path / "mine.json"))
    assert ask_and_open(parent) == (EXPERIMENT, tmp_path / "mine.json")


def test_a_name_with_dots_keeps_them(parent, tmp_path, monkeypatch):
    chosen(monkeypatch, "getSaveFileName", str(tmp_path / "rate 0.5"))
    assert ask_and_save(parent, EXPERIMENT, "xor") == tmp_path / "rate 0.5.json"


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_a_file_is_not_replaced_unasked_where_its_ending_was_added(qtbot, parent, tmp_path, monkeypatch, answer):
    (tmp_path / "mine.json").write_text("precious")
    chosen(monkeypatch, "getSaveFileName", str(tmp_path / "mine"))

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox) and "mine.json" in box.text()
        qtbot.mouseClick(box.button(answer), Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)
    saved = ask_and_save(parent, EXPERIMENT, "xor")
    assert (saved is None) == (answer == QMessageBox.StandardButton.No)
    assert ((tmp_path / "mine.json").read_text() == "precious") == (saved is None)


def test_a_cancelled_dialog_does_nothing(parent, monkeypatch, tmp_path):
    chosen(monkeypatch, "getOpenFileName", "")
    chosen(monkeypatch, "getSaveFileName", "")
    assert ask_and_open(parent) is None
    assert ask_and_save(parent, EXPERIMENT, "xor") is None
    assert Settings().recent == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"{", "too early"),
        (b"[1, 2]", "$"),
        (to_json(EXPERIMENT)[:-40], "too early"),
        (to_json(EXPERIMENT).replace(b'"units": 1', b'"units": 0'), "$.network.layers[0].units"),
        (to_json(EXPERIMENT).replace(b'"version": 1,', b'"version": 9,', 1), "version"),
        (to_json(EXPERIMENT).replace(b'"precision"', b'"precisoin"'), "precisoin"),
    ],
    ids=["empty", "not a text", "truncated", "a list", "cut off", "no units", "newer", "misspelt"],
)
def test_a_broken_file_is_refused_in_one_sentence(parent, tmp_path, said, content, words):
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    assert open_file(parent, path) is None
    assert len(said) == 1 and words in said[0] and said[0].startswith("broken.json")
    assert Settings().recent == []


def test_what_cannot_be_read_is_said(parent, tmp_path, said, monkeypatch):
    assert open_file(parent, tmp_path / "gone.json") is None
    assert open_file(parent, tmp_path) is None
    (tmp_path / "film.json").write_bytes(b" " * 100)
    monkeypatch.setattr(experiment_files, "MOST_BYTES", 10)
    assert open_file(parent, tmp_path / "film.json") is None
    assert ["gone.json cannot be read" in said[0], "cannot be read" in said[1], "too large" in said[2]] == [True] * 3


def test_a_place_that_cannot_be_written_is_said(parent, tmp_path, said, monkeypatch):
    chosen(monkeypatch, "getSaveFileName", str(tmp_path / "no folder" / "mine.json"))
    assert ask_and_save(parent, EXPERIMENT, "xor") is None
    assert len(said) == 1 and list(Path(tmp_path).iterdir()) == []


def test_markup_in_a_name_stays_text(parent, tmp_path, said):
    open_file(parent, tmp_path / "<h1>big<h1>.json")
    assert len(said) == 1 and "<h1>" in said[0]
