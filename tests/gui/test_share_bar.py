import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.palette import curve_color
from gui.share_bar import ShareBar


@pytest.fixture
def bar(qtbot, switch):
    made = ShareBar()
    qtbot.addWidget(made)
    made.resize(222, 21)  # the bar itself is 200 px: borders take 11 at either end
    made.show_shares(0.2, 0.3)
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(border, to):
    """With the left button, from the middle of `border` by `to` px, in two moves."""
    middle = border.rect().center()
    QTest.mousePress(border, Qt.MouseButton.LeftButton, pos=middle)
    start = border.mapTo(border.parent(), middle)
    for share in (0.5, 1.0):
        there = border.mapFrom(border.parent(), start + QPoint(round(share * to), 0))
        QTest.mouseMove(border, there)
    QTest.mouseRelease(border, Qt.MouseButton.LeftButton, pos=border.mapFrom(border.parent(), start + QPoint(to, 0)))


def test_each_part_has_its_share_of_the_width_in_its_colour(bar):
    picture = bar.grab().toImage()
    middle = bar.height() // 2
    for percent, name in ((10, "train"), (40, "train"), (60, "validation"), (80, "test"), (95, "test")):
        assert picture.pixelColor(11 + 2 * percent, middle) == curve_color(name)


def test_the_borders_stand_on_either_side_of_their_places(bar):
    first, second = bar.borders
    assert first.geometry().right() + 1 == 11 + 100
    assert second.x() == 11 + 140
    assert (first.value(), second.value()) == (50, 70)


def test_two_borders_at_one_place_lie_beside_each_other(bar):
    for shares in ((0.0, 0.3), (0.0, 0.0)):
        bar.show_shares(*shares)
        first, second = (border.geometry() for border in bar.borders)
        assert not first.intersects(second)
        assert bar.rect().contains(first) and bar.rect().contains(second)


def test_a_drag_shows_where_it_leads_and_chooses_when_it_is_let_go(qtbot, bar):
    ways, chosen = [], []
    bar.dragged.connect(lambda *shares: ways.append(shares))
    bar.chosen.connect(lambda *choice: chosen.append(choice))
    drag(bar.borders[0], -40)  # a fifth of the bar
    assert ways == [(0.3, 0.3), (0.4, 0.3)]
    assert chosen == [(0.4, 0.3, "")]


def test_a_border_takes_the_other_one_along(qtbot, bar):
    with qtbot.waitSignal(bar.chosen) as chosen:
        drag(bar.borders[1], -80)
    assert chosen.args == [0.0, 0.7, ""]
    with qtbot.waitSignal(bar.chosen) as chosen:
        drag(bar.borders[0], 100)
    assert chosen.args == [0.0, 0.2, ""]


def test_something_is_left_for_training(qtbot, bar):
    with qtbot.waitSignal(bar.chosen) as chosen:
        drag(bar.borders[0], -150)
    assert chosen.args == [0.69, 0.3, ""]


@pytest.mark.parametrize(
    ("place", "key", "shares"),
    [
        (0, Qt.Key.Key_Left, (0.21, 0.3)),
        (0, Qt.Key.Key_Right, (0.19, 0.3)),
        (1, Qt.Key.Key_Left, (0.19, 0.31)),
        (1, Qt.Key.Key_PageUp, (0.25, 0.25)),
        (1, Qt.Key.Key_End, (0.5, 0.0)),
        (0, Qt.Key.Key_Home, (0.69, 0.3)),
    ],
)
def test_keys_move_a_border(qtbot, bar, place, key, shares):
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.keyClick(bar.borders[place], key)
    assert tuple(chosen.args[:2]) == shares
    assert chosen.args[2]  # one visit of the keyboard is one step to undo


def test_the_right_button_and_the_wheel_move_nothing(qtbot, bar):
    with qtbot.assertNotEmitted(bar.chosen), qtbot.assertNotEmitted(bar.dragged):
        QTest.mousePress(bar.borders[0], Qt.MouseButton.RightButton)
        QTest.mouseMove(bar.borders[0], QPoint(-30, 5))
        QTest.mouseRelease(bar.borders[0], Qt.MouseButton.RightButton)


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from([0, 1]), st.integers(-50, 150))
def test_whatever_is_moved_the_shares_are_shares(qapp, validation, test, place, value):
    bar = ShareBar()
    test = min(test, 99 - min(validation, 99))
    bar.show_shares(min(validation, 99) / 100, test / 100)
    after = bar._moved(place, value)
    assert min(after) >= 0
    assert 1 - sum(after) >= 0.01 - 1e-9
    bar.deleteLater()
