import numpy as np
import pytest

from gui.output_views.sample_card import Answer, card_size, ink_image, is_image
from gui.theme import DARK, LIGHT
from model.pictures import Predictions

NAMES = ("cat", "dog", "owl")


def answer(right, predicted, *probabilities):
    return Answer(right, predicted, np.array(probabilities))


def test_words():
    assert answer(1, 1, 0.01, 0.98, 0.01).text(NAMES) == "dog 98 %"
    assert answer(1, 2, 0.1, 0.36, 0.54).text(NAMES) == "dog→owl 54 %"
    assert answer(1, 0, np.nan, np.nan, np.nan).text(NAMES) == "dog→cat ?"


def test_read_from_predictions():
    shares = np.array([[0.2, 0.8], [0.7, 0.3]])
    found = Predictions(np.zeros((2, 4)), np.array([1, 1]), shares, np.array([1, 0]), shares)
    assert not Answer.of(found, 0).mistaken
    assert Answer.of(found, 1).mistaken and Answer.of(found, 1).probabilities.tolist() == [0.7, 0.3]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_zero_is_paper_and_the_darkest_is_ink(theme):
    picture = ink_image(np.array([[[0.0, 16.0], [8.0, 99.0]]]), 16.0, theme)
    assert picture.pixelColor(0, 0).name() == theme.panel
    assert picture.pixelColor(1, 0).name() == picture.pixelColor(1, 1).name() == theme.text
    low, high = sorted((picture.pixelColor(0, 0).lightness(), picture.pixelColor(1, 0).lightness()))
    assert low < picture.pixelColor(0, 1).lightness() < high


def test_images_are_samples_with_channels(qapp):
    assert is_image((1, 8, 8)) and not is_image((4,))
    image, bars = card_size((1, 8, 8), tuple("0123456789"), LIGHT), card_size((4,), NAMES, LIGHT)
    assert image.height() > bars.height() > 0
