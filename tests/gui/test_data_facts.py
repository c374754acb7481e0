import pytest

from gui.data_facts import DataFacts
from model.data import Data, load
from model.data_summary import summarize
from model.datasets import Digits, Iris, Sine


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
