"""Own data on its way into the window, with real files, clicks and keys."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gui.own_data import reader
from gui.own_data.array_dialog import ArrayDialog
from gui.own_data.table_dialog import TableDialog
from model.data_files.source import File, Text
from model.datasets import Spiral
from model.datasets.recently_read import RECENTLY_READ
from model.starters import starter

FLOWERS = "length,width,kind\n" + "".join(f"{i % 7},{i % 5}.5,{'ab'[i % 2]}\n" for i in range(40))


@pytest.fixture(autouse=True)
def nothing_read_before():
    RECENTLY_READ.forget()


@pytest.fixture
def window(open_window):
    return open_window(starter("spiral"), "spiral")


@pytest.fixture
def flowers(tmp_path):
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS)
    return path


def dialog_of(qtbot, window, kind=TableDialog):
    qtbot.waitUntil(lambda: isinstance(window.document.data.dialog, kind))
    return window.document.data.dialog


def open_it(qtbot, window, dialog):
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.data.dialog is None)
    session = window.session
    qtbot.waitUntil(lambda: session.run.experiment.data == session.experiment.data)


def sentence_of(qtbot, window):
    """What a box over the window says; it is closed."""
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    text = box.text()
    box.accept()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    return text


def dataset(window):
    return window.session.experiment.data.dataset


def test_a_table_is_chosen_looked_at_and_opened_and_undo_brings_the_spiral_back(qtbot, window, flowers, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(flowers), ""))
    panel = window.docks["data"].widget()
    qtbot.mouseClick(panel.open_data, Qt.MouseButton.LeftButton)
    assert not panel.open_data.hasFocus()  # so that Space goes on meaning Run
    dialog = dialog_of(qtbot, window)
    assert dialog.title.text() == "flowers.csv"
    assert dialog.size_line.text() == "40 rows, 3 columns"
    assert dialog.sentence.text() == "A classification: 2 inputs, and 2 classes of kind: a, b."
    open_it(qtbot, window, dialog)
    assert dataset(window).class_names == ("a", "b")
    assert isinstance(dataset(window).source, Text)
    assert panel.words.name.text() == "flowers.csv"
    assert window.document.name == "flowers" and window.windowTitle().startswith("flowers")
    assert window.session.run.parts.input_names == ("length", "width")
    assert "<b>width^2</b>" in panel.features.boxes["x2^2"].toolTip().replace("²", "^2")
    qtbot.waitUntil(lambda: "40 samples of 2 numbers\nClasses: a:\N{NO-BREAK SPACE}20" in panel.facts.text())
    window.session.undo_stack.undo()
    assert isinstance(dataset(window), Spiral)
    window.session.undo_stack.redo()
    assert dataset(window).name == "flowers.csv"
    window.session.step()
    qtbot.waitUntil(lambda: window.session.progress.snapshot.step == 1)


def test_a_file_dropped_on_the_window_opens(qtbot, window, flowers):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(flowers))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert dialog_of(qtbot, window).title.text() == "flowers.csv"


def test_cells_of_a_spreadsheet_are_pasted(qtbot, window):
    QGuiApplication.clipboard().setText(FLOWERS.replace(",", "\t"))
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, window)
    assert dialog.format.delimiter.currentData() == "\t"
    assert not dialog.format.encoding.isEnabled()
    open_it(qtbot, window, dialog)
    assert dataset(window).name == "pasted table"


def test_what_is_no_table_is_not_pasted_and_in_a_box_a_text_is_its_own(qtbot, window):
    QGuiApplication.clipboard().setText("a word")
    window.actions_by_name["paste data"].trigger()
    assert "copy rows and columns" in window.status.currentMessage()
    box = next(iter(window.docks["data"].widget().split.shares.values()))
    QGuiApplication.clipboard().setText("1\t2\n3\t4\n")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not window.document.data.reader.busy


def test_escape_leaves_everything_as_it_is(qtbot, window, flowers, monkeypatch):
    before = window.session.experiment
    chosen = [("", ""), (str(flowers), "")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: chosen.pop(0))
    window.actions_by_name["open data"].trigger()
    assert not window.document.data.reader.busy  # no file was chosen
    window.actions_by_name["open data"].trigger()
    dialog = dialog_of(qtbot, window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.document.data.dialog is None)
    assert window.session.experiment is before


BAD = (
    (b"", "bad.csv was not opened: the file is empty."),
    (b"a,b\n1,2\n3\n", "bad.csv was not opened: row 3 has 1 cells and the first row 2: every row needs as many."),
    (b"a,b\x00\n1,2\n", "no text has"),
    (gzip.compress(b"\x00\x00\x08\x01\x00\x00\x00\x05ab", mtime=0)[:12], "end is missing"),
    (gzip.compress(b"\x00\x00\x08\x01\x00\x00\x00\x01a", mtime=0), "put images and labels into the same folder"),
    (b"PK\x03\x04", "end is missing"),
)


def test_a_bad_file_is_one_sentence_and_the_open_experiment_stays(qtbot, window, tmp_path):
    before = window.session.experiment
    path = tmp_path / "bad.csv"
    for content, sentence in BAD:
        path.write_bytes(content)
        window.open_path(path)
        assert sentence in sentence_of(qtbot, window)
    window.open_path(tmp_path / "nothing.csv")
    assert "nothing.csv cannot be read" in sentence_of(qtbot, window)
    assert window.session.experiment is before


def test_images_keep_their_own_test_part(qtbot, window, tmp_path):
    for part, n in (("train", 20), ("t10k", 10)):
        images = np.zeros((n, 9, 9), np.uint8)
        images[:, 2:5] = 200
        answers = (np.arange(n) % 3).astype(np.uint8)
        for kind, array in (("images-idx3", images), ("labels-idx1", answers)):
            header = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
            (tmp_path / f"{part}-{kind}-ubyte.gz").write_bytes(gzip.compress(header + array.tobytes()))
    window.open_path(tmp_path / "train-images-idx3-ubyte.gz")
    dialog = dialog_of(qtbot, window, ArrayDialog)
    assert dialog.sentence.text() == "20 samples to learn from and 10 of the test part: images of 9 × 9."
    open_it(qtbot, window, dialog)
    parts = window.session.run.parts
    assert (len(parts.train.points), len(parts.test.points)) == (20, 10)
    assert window.session.experiment.network.layers[-1].units == 3
    assert window.session.experiment.data.test == 0


def test_a_long_reading_shows_how_far_it_is_and_ends_when_cancelled_or_closed(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "PATIENCE", -1.0)
    monkeypatch.setattr(reader, "BETWEEN", -1.0)
    path = tmp_path / "long.csv"
    path.write_text("1.5,2.5,3.5\n" * 300_000)
    before = window.session.experiment
    window.open_path(path)
    reading = window.document.data.reader
    qtbot.waitUntil(lambda: reading.dialog is not None and reading.dialog.bar.value() > 0)
    qtbot.mouseClick(reading.dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not reading.busy)
    assert reading.dialog is None and window.document.data.dialog is None
    assert window.session.experiment is before
    window.open_path(path)
    window.close()  # while it is read: a thread that is left behind fails the test


def test_a_large_table_stays_a_file_and_is_read_once(qtbot, window, tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("x,y,z\n" + "".join(f"{i % 11}.25,{i % 7}.5,{i % 2}\n" for i in range(20_000)))
    window.open_path(path)
    open_it(qtbot, window, dialog_of(qtbot, window))
    source = dataset(window).source
    assert isinstance(source, File) and Path(source.path) == path
