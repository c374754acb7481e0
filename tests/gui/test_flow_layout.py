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
    """shown(boxes, width) -> the geometries of the boxes in a flow of that width."""

    def make(boxes, width):
        outer = QWidget()
        qtbot.addWidget(outer)
        flow = FlowLayout()
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
