"""Controls that go on in the next line."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.flow_layout import FlowLayout
from gui.theme import GRID


class Box(QPushButton):
    def __init__(self, width: int, height: int = 20) -> None:
        super().__init__()
        self._hint = QSize(width, height)

    def sizeHint(self) -> QSize:
        return self._hint

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


@pytest.fixture
def shown(qtbot, switch):
    """shown(boxes, width) -> the geometries of the boxes in a flow of that width, made in that way."""

    def make(boxes, width, **how):
        outer = QWidget()
        qtbot.addWidget(outer)
        flow = FlowLayout(**how)
        for each in boxes:
            flow.addWidget(each)
        column = QVBoxLayout(outer)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(flow)
        column.addStretch(1)
        outer.resize(width, 300)
        outer.show()
        return [each.geometry().getRect() for each in boxes]

    return make


def test_beside_each_other_where_there_is_room(shown) -> None:
    assert shown([Box(100), Box(50)], 400) == [(0, 0, 100, 20), (100 + GRID, 0, 50, 20)]


def test_in_the_next_line_where_there_is_none(shown) -> None:
    found = shown([Box(100), Box(100, 40), Box(100)], 220)
    assert found == [(0, 10, 100, 20), (100 + GRID, 0, 100, 40), (0, 40 + GRID, 100, 20)]


def test_hidden_ones_take_no_room(shown) -> None:
    boxes = [Box(100), Box(100), Box(100)]
    boxes[1].hide()
    assert shown(boxes, 220)[2] == (100 + GRID, 0, 100, 20)


def test_what_wants_all_gets_the_rest_of_its_line(shown) -> None:
    greedy = Box(50)
    greedy.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    assert shown([Box(100), greedy], 400)[1] == (100 + GRID, 0, 300 - GRID, 20)


def test_nothing_is_wider_than_the_line(shown) -> None:
    wide = Box(500)
    wide.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    assert shown([wide], 200) == [(0, 0, 200, 20)]


def test_another_gap(shown) -> None:
    assert shown([Box(100), Box(50), Box(100)], 170, gap=4) == [(0, 0, 100, 20), (104, 0, 50, 20), (0, 24, 100, 20)]


class Wide(Box):
    """At least so wide, better a little wider."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return self._hint - QSize(10, 0)


def test_equal_columns_fill_the_line(shown) -> None:
    found = shown([Wide(110), Wide(90), Wide(100), Wide(60)], 220, equal=True)
    assert found == [(0, 0, 106, 20), (114, 0, 106, 20), (0, 20 + GRID, 106, 20), (114, 20 + GRID, 106, 20)]
    assert [each[0] for each in shown([Wide(110), Wide(90)], 500, equal=True)] == [0, 254]
    assert [each[:1] + each[2:3] for each in shown([Wide(110), Wide(90)], 120, equal=True)] == [(0, 120), (0, 120)]


def test_hidden_ones_take_no_column(shown) -> None:
    boxes = [Wide(110), Wide(110), Wide(110)]
    boxes[0].hide()
    assert shown(boxes, 220, equal=True)[1:] == [(0, 0, 106, 20), (114, 0, 106, 20)]


def test_its_height_and_its_sizes(qtbot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    assert (flow.heightForWidth(100), flow.sizeHint(), flow.minimumSize()) == (0, QSize(0, 0), QSize())
    for each in (Wide(100), Wide(60), Wide(80)):
        flow.addWidget(each)
    assert flow.sizeHint() == QSize(240 + 2 * GRID, 20) and flow.minimumSize().width() == 90
    assert flow.hasHeightForWidth()
    assert [flow.heightForWidth(width) for width in (300, 180, 90)] == [20, 40 + GRID, 60 + 2 * GRID]


def test_items_can_be_taken(qtbot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    for _ in range(4):
        flow.addWidget(Box(100))
    assert flow.count() == 4 and flow.itemAt(4) is None and flow.takeAt(9) is None
    flow.takeAt(0)
    assert flow.count() == 3
