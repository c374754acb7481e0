import pytest
from PySide6.QtCore import QPoint, Qt

from gui.search_views.found import Found
from gui.search_views.trial_table import TrialTable


@pytest.fixture
def table(qtbot, switch, found):
    made = TrialTable()
    qtbot.addWidget(made)
    made.resize(700, 240)
    made.show_found(found)
    with qtbot.waitExposed(made):
        made.show()
    return made


def texts(table, column):
    return [table.rows.index(row, column).data() for row in range(table.rows.rowCount())]


def heading(table, column):
    return table.rows.headerData(column, Qt.Orientation.Horizontal)


def sort(qtbot, table, column):
    bar = table.horizontalHeader()
    at = QPoint(bar.sectionViewportPosition(column) + 5, 5)
    qtbot.mouseClick(bar.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_best_stands_on_top_and_those_that_ended_early_below(table):
    assert [heading(table, i) for i in range(8)] == [
        "Trial", "Ended", "Loss", "Accuracy", "learning rate", "initial weights", "layer 1: units", "Step",
    ]  # fmt: skip
    assert texts(table, 0) == ["3", "2", "1", "4", "5", "6"]
    assert texts(table, 1) == ["complete", "complete", "complete", "ended early", "diverged", "runs"]
    assert texts(table, 2)[:3] == ["0.05", "0.4", "0.7"] and texts(table, 5)[0] == "He"


def test_a_click_on_a_heading_sorts_by_it(qtbot, table):
    sort(qtbot, table, 4)
    first = texts(table, 4)
    sort(qtbot, table, 4)
    assert first[::-1] == texts(table, 4) and sorted(first, key=float) in (first, first[::-1])


def test_a_click_or_enter_opens_the_trial(qtbot, table):
    row = table.visualRect(table.rows.index(1, 0)).center()
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert chosen.args == [1]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [0]


def test_the_selection_stays_with_its_trial(qtbot, table, found):
    table.select(1)
    assert table.selected() == 1
    table.show_found(Found(found.spec, found.trials[1:], {}))
    assert table.selected() == 1 and table.rows.rowCount() == 5


def test_the_exported_table_is_that_of_a_search_without_a_window(table):
    header, rows = table.table()
    assert header[:3] == ["trial", "state", "optimizer.learning_rate"] and rows[0][:3] == [3, "complete", 1.0]
