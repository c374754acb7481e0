import numpy as np
import pytest

from gui.cnn_views.class_bars import ClassBars

NAMES = tuple("0123456789")


@pytest.fixture
def bars(qtbot, switch):
    made = ClassBars()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.set_classes(NAMES)
    return made


def test_what_is_under_the_pointer_is_said(bars):
    assert bars.text_at(bars.row(3).center()) == ""
    bars.set_probabilities(np.array([0.0, 0, 0, 0.25, 0, 0, 0.75, 0, 0, 0]))
    assert bars.text_at(bars.row(3).center()) == "3: 0.25"
    assert "6 75 %" in bars.accessibleDescription()
    assert list(bars.export_rows()[1])[6] == ("6", 0.75)


def test_a_bar_is_as_long_as_its_probability(bars):
    bars.set_probabilities(np.array([0.5, 0.25, *[0.25 / 8] * 8]))
    bars.show()
    picture = bars.grab().toImage()

    def filled(index):
        y = int(bars.row(index).center().y())
        inside = picture.pixelColor(int(bars.row(0).left()) + 22, y)
        return sum(picture.pixelColor(x, y) == inside for x in range(picture.width()))

    assert filled(0) == pytest.approx(2 * filled(1), rel=0.05)


def test_where_it_is_low_the_classes_stand_in_two_columns(bars):
    bars.resize(300, 90)
    assert bars.row(5).left() > bars.row(4).right() and bars.row(5).top() == 0
    assert bars.row(4).bottom() <= 90 and bars.row(9).right() <= 300


def test_numbers_that_are_none_are_a_question_mark(bars):
    bars.set_probabilities(np.full(10, np.nan))
    assert not bars.grab().isNull()
    assert bars.text_at(bars.row(0).center()) == "0: –"
