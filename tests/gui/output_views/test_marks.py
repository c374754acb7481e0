import numpy as np
import pytest

from gui.output_views.marks import MOST, PARTS, Marks, mark_icon, part_name
from gui.palette import CATEGORIES, MARKERS
from gui.theme import DARK, LIGHT
from model.data import Part


def marks(targets, classes, limit=1.0):
    points = np.zeros((len(targets), 2))
    return Marks.of("train", Part(points, points, np.asarray(targets)), classes, limit)


def test_classes_have_colours_and_shapes():
    two = marks([0, 1], 2)
    assert [c.name() for c in two.colors(LIGHT)] == [LIGHT.negative, LIGHT.positive]
    three = marks([2, 0, 1], 3)
    assert [c.name() for c in three.colors(LIGHT)] == [CATEGORIES[2], CATEGORIES[0], CATEGORIES[1]]
    assert three.symbols() == [MARKERS[2], MARKERS[0], MARKERS[1]]


def test_values_have_the_colours_of_the_scale():
    values = marks([[-2.0], [0.0], [2.0]], 0, limit=2.0)
    low, middle, high = values.colors(DARK)
    assert middle.name() == DARK.neutral and low.red() > low.blue() and high.blue() > high.red()
    assert set(values.symbols()) == {"o"}


def test_a_picture_has_room_for_so_many():
    assert len(marks(np.zeros(MOST + 5, int), 2).points) == MOST


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_a_name_and_an_icon(part, qapp):
    assert part_name(part) == part
    assert not mark_icon(part, LIGHT).isNull()
    others = [mark_icon(other, LIGHT).pixmap(12, 12).toImage() for other in PARTS if other != part]
    assert mark_icon(part, LIGHT).pixmap(12, 12).toImage() not in others
