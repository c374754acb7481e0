import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gui.palette import signed_color
from gui.search_views.found import MEASURE
from gui.search_views.trial_scatter import TrialScatter
from gui.theme import LIGHT

RATE, UNITS = "optimizer.learning_rate", "network.layers[0].units"


@pytest.fixture
def scatter(qtbot, switch, found):
    made = TrialScatter()
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.show_axes(RATE, UNITS)
    made.show_found(found)
    with qtbot.waitExposed(made):
        made.show()
    return made


def place_of(scatter, place):
    return next(point for trial, point in scatter.points() if trial.place == place).toPoint()


def color_at(scatter, place):
    return scatter.grab().toImage().pixelColor(place_of(scatter, place))


def test_every_trial_is_a_point_in_its_colour(scatter):
    assert [trial.place for trial, _ in scatter.points()] == [0, 1, 2, 3, 4, 5]
    assert color_at(scatter, 2) == signed_color(1, 1, LIGHT)
    assert color_at(scatter, 0) == signed_color(-1, 1, LIGHT)
    assert color_at(scatter, 5).saturation() < 20, "hollow: it runs"
    assert color_at(scatter, 4) == QColor(LIGHT.negative), "a cross: it diverged"


def test_points_stand_where_their_values_say(scatter):
    at = {trial.place: point for trial, point in scatter.points()}
    assert at[0].x() < at[3].x() < at[1].x() < at[2].x() < at[4].x()  # 0.001, 0.01, 0.1, 1, 10
    assert at[3].x() - at[0].x() == pytest.approx(at[4].x() - at[2].x())  # a factor of ten each
    assert at[2].y() < at[0].y()  # 8 units are higher up than 2


def test_the_mark_may_be_an_axis(scatter):
    scatter.show_axes(RATE, MEASURE)
    assert [trial.place for trial, _ in scatter.points()] == [0, 1, 2, 3]


def test_a_click_opens_the_trial(qtbot, scatter):
    with qtbot.waitSignal(scatter.chosen) as chosen:
        qtbot.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=place_of(scatter, 1))
    assert chosen.args == [1]
    with qtbot.assertNotEmitted(scatter.chosen):
        qtbot.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=scatter.rect().topLeft())


def test_the_arrows_go_from_point_to_point_and_enter_opens(qtbot, scatter):
    scatter.setFocus()
    qtbot.waitUntil(scatter.hasFocus)
    qtbot.keyClick(scatter, Qt.Key.Key_Right)
    assert scatter.selected == 0
    qtbot.keyClick(scatter, Qt.Key.Key_Right)
    assert scatter.selected == 3
    qtbot.keyClick(scatter, Qt.Key.Key_Left)
    with qtbot.waitSignal(scatter.chosen) as chosen:
        qtbot.keyClick(scatter, Qt.Key.Key_Return)
    assert chosen.args == [0]


def test_the_pointer_is_answered(qtbot, scatter):
    before = scatter.grab().toImage()
    qtbot.mouseMove(scatter, place_of(scatter, 1))
    qtbot.waitUntil(lambda: scatter.hovered == 1)
    assert scatter.grab().toImage() != before


def test_what_is_drawn_is_exported(scatter):
    header, rows = scatter.rows()
    assert header == ("trial", RATE, UNITS, "validation accuracy")
    assert list(rows)[2] == (3, 1.0, 8, 100.0)


def test_before_any_trial_it_says_what_it_will_show(scatter):
    with_points = scatter.grab().toImage()
    scatter.show_found(None)
    assert scatter.grab().toImage() != with_points and scatter.points() == [] and scatter.rows() == (("trial",), ())
