import csv
import errno
import re
import zlib
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QGraphicsScene, QLabel, QMessageBox

from gui.export import ExportError, export_csv, export_dialog, export_pdf, export_png
from gui.plot import Plot
from gui.settings import Settings


@pytest.fixture
def plot(qtbot, switch):
    made = Plot("Loss", "step", "loss")
    qtbot.addWidget(made)
    made.resize(400, 240)
    made.line("train", "#ff0000").draw(np.arange(50), np.linspace(1, 0, 50))
    made.fit(0, 49, 0, 1)
    with qtbot.waitExposed(made):
        made.show()
    return made


def colours(picture: QImage) -> set[str]:
    return {
        QColor(picture.pixel(x, y)).name() for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    }


def pdf_operators(content: bytes) -> bytes:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    plain = []
    for stream in streams:
        try:
            plain.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            plain.append(stream)
    return b"\n".join(plain)


def test_a_png_has_three_times_the_pixels_and_the_curve_in_its_colour(plot, tmp_path):
    export_png(plot, tmp_path / "loss.png")
    picture = QImage(str(tmp_path / "loss.png"))
    assert (picture.width(), picture.height()) == (1200, 720)
    assert {"#ff0000", "#ffffff"} <= colours(picture)


def test_lines_of_a_png_are_three_times_as_wide(plot, tmp_path):
    line = plot.line("level", "#0000ff", width=2)
    line.draw([0, 49], [0.5, 0.5])
    export_png(plot, tmp_path / "loss.png")
    picture = QImage(str(tmp_path / "loss.png"))
    column = [QColor(picture.pixel(900, y)).name() for y in range(picture.height())]
    assert 5 <= column.count("#0000ff") <= 7
    assert line.opts["pen"].widthF() == 2  # and on the screen as before


def test_a_pdf_is_vectors_on_a_page_of_the_plots_size(plot, tmp_path):
    export_pdf(plot, tmp_path / "loss.pdf")
    content = (tmp_path / "loss.pdf").read_bytes()
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content).groups())
    dots = plot.logicalDpiX()
    assert (width, height) == pytest.approx((400 * 72 / dots, 240 * 72 / dots), abs=1)
    assert b"/Subtype /Image" not in content
    operators = pdf_operators(content)
    assert operators.count(b" l\n") > 49  # the curve, piece by piece
    assert b"BT" in operators and b"Tf" in operators  # text is text


def test_the_axes_of_a_pdf_lie_where_the_curve_is(plot, tmp_path):
    export_pdf(plot, tmp_path / "loss.pdf")
    x = [
        float(n) for n in re.findall(rb"([-\d.]+) [-\d.]+ [lm]\n", pdf_operators((tmp_path / "loss.pdf").read_bytes()))
    ]
    # Replayed at another resolution the axes would be 72/96 of the picture; so lines must reach its right edge.
    assert max(x) > 0.95 * 400


def test_any_widget_and_any_scene(qtbot, switch, tmp_path):
    label = QLabel("hello")
    qtbot.addWidget(label)
    label.resize(80, 30)
    export_png(label, tmp_path / "label.png")
    assert QImage(str(tmp_path / "label.png")).width() == 240
    scene = QGraphicsScene(QRectF(-10, -10, 60, 40))
    scene.addRect(0, 0, 20, 20, QColor("#00ff00"), QColor("#00ff00"))
    export_png(scene, tmp_path / "scene.png")
    picture = QImage(str(tmp_path / "scene.png"))
    assert (picture.width(), picture.height()) == (180, 120)
    assert QColor(picture.pixel(60, 60)).name() == "#00ff00"
    export_pdf(scene, tmp_path / "scene.pdf")
    assert (tmp_path / "scene.pdf").read_bytes().startswith(b"%PDF")


def test_a_csv_reads_back(tmp_path):
    rows = ((i, f'a "quoted", {i}', 0.1 * i) for i in range(3))
    export_csv(("step", "text", "loss"), rows, tmp_path / "data.csv")
    with (tmp_path / "data.csv").open(newline="", encoding="utf-8") as file:
        back = list(csv.reader(file))
    assert back[0] == ["step", "text", "loss"]
    assert back[2] == ["1", 'a "quoted", 1', "0.1"]
    assert float(back[3][2]) == 0.1 * 2


def test_a_missing_folder_is_said(plot, tmp_path):
    with pytest.raises(ExportError, match=r"loss\.pdf was not written: the folder .*nowhere does not exist"):
        export_pdf(plot, tmp_path / "nowhere" / "loss.pdf")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "may not be written to"),
        (errno.EROFS, "may not be written to"),
        (errno.ENOSPC, "is full"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_failed_write_is_said_and_leaves_the_old_file_whole(plot, tmp_path, monkeypatch, number, sentence):
    target = tmp_path / "loss.png"
    target.write_bytes(b"old")

    def fail(self, content):
        self.touch()
        raise OSError(number, "Input/output error" if number == errno.EIO else "refused")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(ExportError, match=sentence):
        export_png(plot, target)
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["loss.png"]


def test_rows_that_break_off_leave_the_old_file_whole(tmp_path):
    target = tmp_path / "data.csv"
    target.write_text("old")

    def rows():
        yield (1,)
        raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(ExportError, match="is full"):
        export_csv(("step",), rows(), target)
    assert target.read_text() == "old" and list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("typed", "wanted", "written"),
    [
        ("loss.png", 0, "loss.png"),
        ("mine", 1, "mine.pdf"),
        ("Loss.png", 2, "Loss.csv"),  # the proposed name with another format picked
        ("mine.CSV", 0, "mine.CSV"),
    ],
)
def test_the_dialog_writes_what_was_chosen(plot, tmp_path, monkeypatch, typed, wanted, written):
    def choose(parent, title, proposed, formats, first):
        assert Path(proposed).name == "Loss.png"
        return str(tmp_path / typed), formats.split(";;")[wanted]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    plot.export()
    assert (tmp_path / written).stat().st_size > 0
    assert Settings().export_folder == str(tmp_path)
    head = (tmp_path / written).read_bytes()[:5]
    assert head == {"png": b"\x89PNG\r", "pdf": b"%PDF-", "csv": b"curve"}[written.split(".")[1].lower()]


def test_the_dialog_says_what_went_wrong(plot, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "no" / "x.png"), a[3].split(";;")[0])
    )
    monkeypatch.setattr(QMessageBox, "warning", lambda parent, title, text: said.append(text))
    assert export_dialog(plot, plot, "x") is None
    assert len(said) == 1 and "does not exist" in said[0]


def test_a_cancelled_dialog_writes_nothing(plot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: ("", ""))
    assert export_dialog(plot, plot, "x") is None
