import pytest

from gui.data_facts import DataFacts
from model.data import Data, load
from model.data_summary import summarize
from model.datasets import Digits, Iris, Sine
from model.datasets.from_file import look_into_text, table_of
from model.datasets.table_guess import guess_columns


@pytest.fixture
def facts(qtbot, switch):
    made = DataFacts()
    qtbot.addWidget(made)

    def show(dataset):
        made.show_summary(dataset, summarize(dataset, load(Data(dataset=dataset))))
        return made

    return show


def test_flowers(facts):
    lines = facts(Iris()).text().replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert lines == [
        "150 samples of 4 numbers",
        "Classes: setosa: 50, versicolor: 50, virginica: 50",
        "Values from 0.1 to 7.9",
    ]
    assert "sepal length (cm)" in facts(Iris()).toolTip()


def test_pixels_that_never_change_are_counted(facts):
    assert "Never changing (3): [0, 0], [4, 0], [4, 7]" in facts(Digits()).text()


def test_a_regression_has_the_range_of_its_target(facts):
    assert "Target from -1.0" in facts(Sine()).text()


def test_columns_of_a_table_have_each_its_range_and_the_target_its_scale(facts):
    found = look_into_text("rooms;area;price\n2;50,5;250000\n4;120;400000\n3;80;310000\n", "houses")
    columns = guess_columns(found.table)
    houses = table_of(found, columns, leave_out_incomplete=True, target_scale=(300_000, 100_000))
    assert facts(houses).text().split("\n") == [
        "3 samples of 2 numbers",
        "Target (price − 300,000) / 100,000 from -0.5 to 1",
        "rooms from 2 to 4",
        "area from 50.5 to 120",
    ]
