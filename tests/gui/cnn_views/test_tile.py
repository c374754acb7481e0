import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from gui.cnn_views.tile import Spot, Tile, crisp, next_spot, squares
from model.receptive_field import Field


def tile(key, x, y, rows=2, columns=3, pixel=10):
    return Tile(key, np.zeros((rows, columns)), QImage(), QRectF(x, y, pixel * columns, pixel * rows))


SHEET = {each.key: each for each in (tile("a", 0, 0), tile("b", 40, 0), tile("c", 0, 30), tile("d", 40, 30))}
RIGHT, LEFT, DOWN, UP = (0, 1), (0, -1), (1, 0), (-1, 0)


def test_where_the_pixels_are():
    made = tile("a", 100, 50)
    assert made.cell(1, 2) == QRectF(120, 60, 10, 10)
    assert made.of(Field(range(2), range(1, 3))) == QRectF(110, 50, 20, 20)
    assert made.spot(QPointF(115, 55)) == Spot("a", 0, 1)
    assert made.spot(QPointF(130, 70)) == Spot("a", 1, 2)  # the last edge belongs to the last pixel


@pytest.mark.parametrize(
    ("at", "way", "goal"),
    [
        (Spot("a", 0, 0), RIGHT, Spot("a", 0, 1)),
        (Spot("a", 0, 2), RIGHT, Spot("b", 0, 0)),
        (Spot("b", 1, 0), LEFT, Spot("a", 1, 2)),
        (Spot("b", 1, 1), DOWN, Spot("d", 0, 1)),
        (Spot("d", 0, 2), UP, Spot("b", 1, 2)),
        (Spot("d", 0, 2), RIGHT, None),
        (Spot("a", 0, 1), UP, None),
        (None, DOWN, Spot("a", 0, 0)),
    ],
)
def test_the_next_pixel_in_a_direction_and_behind_the_edge_the_nearest_tile(at, way, goal):
    assert next_spot(SHEET, at, *way) == goal


def test_an_empty_sheet_has_no_pixel():
    assert next_spot({}, None, *RIGHT) is None


def test_the_largest_squares_that_fit():
    side, across = squares(6, QRectF(0, 0, 320, 210), 10, 0, 1000)
    assert (side, across) == (100, 3)
    assert squares(6, QRectF(0, 0, 320, 210), 10, 20, 1000) == (80, 3)  # a caption above each
    assert squares(6, QRectF(0, 0, 320, 210), 10, 0, 50)[0] == 50


def test_pixels_are_whole_where_there_is_room():
    assert (crisp(100, 8), crisp(5, 8)) == (96, 5)
