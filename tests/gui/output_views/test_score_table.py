import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetrics

from gui.output_views.score_table import ScoreTable, percent
from gui.theme import current_theme, font

COUNTS = np.array([[8, 1, 1], [0, 5, 0], [2, 1, 2]])


@pytest.fixture
def table(qtbot):
    made = ScoreTable()
    qtbot.addWidget(made)
    made.set_classes(("cat", "dog", "bird"))
    made.resize(320, 200)
    made.show()
    return made


def test_it_shows_a_row_for_each_class_and_the_macro_mean(table):
    table.set_counts(COUNTS)
    header, rows = table.texts()
    assert header == ("class", "samples", "precision", "recall", "F1")
    assert rows == [
        ("cat", "10", "80.0 %", "80.0 %", "80.0 %"),
        ("dog", "5", "71.4 %", "100 %", "83.3 %"),
        ("bird", "5", "66.7 %", "40.0 %", "50.0 %"),
        ("macro mean", "20", "72.7 %", "73.3 %", "71.1 %"),
    ]
    assert table.accessibleDescription() == "Macro mean: precision 72.7 %, recall 73.3 %, F1 71.1 %"


def test_the_export_has_all_digits(table):
    table.set_counts(COUNTS)
    _, rows = table.export_rows()
    assert rows[1] == ("dog", 5, 5 / 7, 1.0, pytest.approx(10 / 12))
    assert rows[3][:2] == ("macro mean", 20)


def test_a_class_without_samples_is_a_dash(table):
    table.set_counts(np.array([[4, 1, 0], [0, 0, 0], [0, 0, 5]]))
    assert table.texts()[1][1] == ("dog", "0", "–", "–", "–")
    assert percent(0.9999) == "100.0 %" and percent(1.0) == "100 %" and percent(0.0) == "0.0 %"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (0, 0, "precision: 8 of 10 taken for cat are right"),
        (1, 1, "recall: 5 of 5 samples of dog were found"),
        (2, 2, "F1: the harmonic mean of precision and recall,\n2 · 2 / (3 + 5)"),
        (3, 1, "The mean over the classes that have samples here: a rare class counts as much as the others."),
    ],
)
def test_what_is_pointed_at_says_what_it_is_the_share_of(table, row, column, said):
    table.set_counts(COUNTS)
    edges = table._edges()[2:]
    place = QPointF((edges[column] + edges[column + 1]) / 2, (row + 1.5) * table.height() / 5)
    assert table.text_at(place) == said
    assert table.text_at(QPointF(place.x(), 2)) == ""  # the header


def test_nothing_over_nothing_is_said(table):
    table.set_counts(np.array([[9, 0, 0], [1, 0, 0], [0, 0, 0]]))
    x = table._edges()[2] + 3
    assert table.text_at(QPointF(x, 2.5 * 40)) == "Nothing was taken for dog: its precision counts as 0."
    assert table.text_at(QPointF(x, 3.5 * 40)) == "There is no sample of bird in this part."


def test_a_better_score_has_a_longer_bar(table):
    table.set_counts(COUNTS)
    picture = table.grab().toImage()
    edges = table._edges()
    ground = picture.pixelColor(round(edges[1]) - 2, 20)

    def bar(row):
        y = round((row + 1) * 40 + 4)
        painted = [picture.pixelColor(x, y) != ground for x in range(round(edges[3]), round(edges[4]) - 8)]
        return sum(painted)

    assert bar(1) > bar(0) > bar(2) > 0


@pytest.mark.parametrize("projector", [False, True])
def test_every_row_has_room_for_its_letters(table, switch, projector):
    switch.set_projector(projector)
    assert table.minimumHeight() >= 5 * QFontMetrics(font(current_theme().small)).height()
