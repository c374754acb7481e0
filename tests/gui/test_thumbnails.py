import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from gui.palette import CATEGORIES
from gui.theme import DARK, LIGHT
from gui.thumbnails import blank, dataset_image, feature_image, gallery_dataset
from model.datasets import DATASETS
from model.datasets.circle import Circle
from model.datasets.digits import Digits
from model.datasets.gaussians import Gaussians
from model.datasets.iris import Iris
from model.features import FEATURES

SIDE = 64


def pixels(picture: QImage) -> list[tuple[int, int, str]]:
    """The opaque pixels: x, y and the colour's name."""
    found = [(x, y, picture.pixelColor(x, y)) for y in range(picture.height()) for x in range(picture.width())]
    return [(x, y, colour.name()) for x, y, colour in found if colour.alpha() == 255]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", DATASETS)
def test_every_data_set_has_a_picture(qapp, kind, theme):
    picture = dataset_image(gallery_dataset(kind, SIDE), SIDE, 1.0, theme)
    assert picture.size() == QSize(SIDE, SIDE)
    assert len(pixels(picture)) > 50


def test_a_screen_with_more_dots_gets_more_pixels(qapp):
    assert dataset_image(Circle(), SIDE, 2.0, LIGHT).size() == QSize(2 * SIDE, 2 * SIDE)


def test_one_class_is_orange_the_other_blue_and_up_is_up(qapp):
    drawn = pixels(dataset_image(Gaussians(noise=0), SIDE, 1.0, LIGHT))
    orange = [(x, y) for x, y, colour in drawn if colour == LIGHT.negative]
    blue = [(x, y) for x, y, colour in drawn if colour == LIGHT.positive]
    left, low = np.mean(orange, axis=0)  # class 0 is the lower left cloud
    assert left < SIDE / 2 < low
    right, high = np.mean(blue, axis=0)
    assert high < SIDE / 2 < right


def test_the_disc_lies_in_the_middle(qapp):
    drawn = pixels(dataset_image(Circle(noise=0), SIDE, 1.0, LIGHT))
    inside = [(x, y) for x, y, colour in drawn if colour == LIGHT.positive]
    assert all(abs(x - SIDE / 2) < SIDE / 3 and abs(y - SIDE / 2) < SIDE / 3 for x, y in inside)


def test_three_species_have_three_colours(qapp):
    colours = {colour for _, _, colour in pixels(dataset_image(Iris(), SIDE, 1.0, LIGHT))}
    assert set(CATEGORIES[:3]) <= colours


def test_digits_are_ink_on_paper(qapp):
    light = {colour for _, _, colour in pixels(dataset_image(Digits(), SIDE, 1.0, LIGHT))}
    dark = {colour for _, _, colour in pixels(dataset_image(Digits(), SIDE, 1.0, DARK))}
    assert {LIGHT.panel, LIGHT.text} <= light
    assert {DARK.panel, DARK.text} <= dark


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_blue_where_it_is_positive(qapp, name):
    picture = feature_image(name, LIGHT)
    right_top = picture.pixelColor(picture.width() * 5 // 8, picture.height() * 3 // 8)  # x1 and x2 near 1.5
    assert right_top.blue() > right_top.red()


def test_a_blank_picture_is_transparent(qapp):
    assert blank(QSize(2, 2), 1.0).pixelColor(0, 0) == QColor(0, 0, 0, 0)
