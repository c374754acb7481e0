import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from gui.output_views.map_colors import Map, class_regions, painted, rgba
from gui.palette import CATEGORIES
from gui.theme import DARK, LIGHT


def name(pixel):
    return QColor(*(int(channel) for channel in pixel[:3])).name()


def is_bluer(pixel):
    return int(pixel[2]) > int(pixel[0])


def test_signed_values_are_blue_and_orange():
    colours = rgba(Map(np.array([[1.0, -1.0, 0.0]]), 1.0, False), LIGHT)
    assert is_bluer(colours[0, 0]) and not is_bluer(colours[0, 1])
    assert name(colours[0, 2]) == LIGHT.neutral


def test_two_probabilities_are_two_sides():
    values = np.array([[[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]])
    picture = Map(values, 1.0, True)
    assert picture.sides().tolist() == [[1, -1, 0]]
    assert is_bluer(rgba(picture, LIGHT)[0, 0])


def test_many_classes_take_the_categories_and_doubt_is_pale():
    sure = np.eye(3)[None]  # one pixel a class
    colours = class_regions(sure, LIGHT)
    for pixel, category in zip(colours[0], CATEGORIES, strict=False):
        wanted = QColor(category)
        hue = QColor(*(int(c) for c in pixel[:3])).hue()
        assert hue == pytest.approx(wanted.hue(), abs=3)
    doubtful = class_regions(np.array([[[0.34, 0.33, 0.33]]]), LIGHT)
    assert QColor(*doubtful[0, 0, :3].tolist()).saturation() < QColor(*colours[0, 0, :3].tolist()).saturation()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_is_not_a_number_is_grey(theme):
    assert name(class_regions(np.full((1, 1, 3), np.nan), theme)[0, 0]) == theme.muted
    assert name(rgba(Map(np.array([[np.nan]]), 1.0, True), theme)[0, 0]) == theme.muted


def test_the_picture_has_the_size_asked_for_and_shows_its_boundary():
    x = np.tile(np.linspace(-1, 1, 20), (20, 1))
    with_line = painted(Map(x, 1.0, True), QSize(200, 200), LIGHT)
    without = painted(Map(x, 1.0, False), QSize(200, 200), LIGHT)
    assert (with_line.width(), with_line.height()) == (200, 200)
    middle = [with_line.pixelColor(column, 100).lightness() for column in range(90, 110)]
    assert min(middle) < 130 < min(without.pixelColor(column, 100).lightness() for column in range(90, 110))


def test_a_map_of_nothing_but_nan_is_painted():
    assert not painted(Map(np.full((5, 5), np.nan), np.nan, True), QSize(50, 50), LIGHT).isNull()
