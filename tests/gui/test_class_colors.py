from gui.class_colors import class_color
from gui.palette import CATEGORIES
from gui.theme import DARK, LIGHT


def test_two_classes_are_the_two_sides_of_zero():
    assert [class_color(i, 2, LIGHT).name() for i in range(2)] == [LIGHT.negative, LIGHT.positive]
    assert class_color(1, 2, DARK).name() == DARK.positive


def test_more_classes_are_categories():
    assert [class_color(i, 10, LIGHT).name() for i in range(10)] == list(CATEGORIES)
