import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage

from gui.export import export_png
from gui.output_views.sample_gallery import SampleGallery
from model.pictures import Predictions

NAMES = ("a", "b")


def predictions(right, predicted):
    shares = np.eye(2)[predicted] * 0.8 + 0.1
    return Predictions(np.zeros((len(right), 4)), np.array(right), shares, np.array(predicted), shares)


@pytest.fixture
def gallery(qtbot, switch):
    made = SampleGallery()
    qtbot.addWidget(made)
    made.resize(200, 120)
    made.show()
    made.begin(NAMES, (4,))
    return made


def test_every_sample_is_shown_once_in_an_order_that_stays(gallery):
    right = [0] * 20 + [1] * 20
    gallery.set_predictions(predictions(right, right))
    first = gallery.shown
    assert sorted(first) == list(range(40))
    assert {right[i] for i in first[:4]} == {0, 1}  # mixed, although the data lies class by class
    gallery.set_predictions(predictions(right, right[::-1]))
    assert gallery.shown == first


def test_mistakes_only_follows_the_answers(gallery):
    gallery.set_mistakes_only(True)
    gallery.set_predictions(predictions([0, 0, 1, 1], [0, 1, 1, 0]))
    assert sorted(gallery.shown) == [1, 3]
    gallery.set_predictions(predictions([0, 0, 1, 1], [0, 0, 1, 0]))
    assert gallery.shown == (3,)
    gallery.set_mistakes_only(False)
    assert len(gallery.shown) == 4


def test_keys_scroll_to_the_last_card(qtbot, gallery):
    gallery.set_predictions(predictions([0] * 60, [0] * 60))
    last = gallery.card(59)
    assert last.top() > gallery.viewport().height()
    gallery.setFocus()
    for _ in range(60):
        qtbot.keyClick(gallery, Qt.Key.Key_PageDown)
    assert gallery.card(59).bottom() <= gallery.viewport().height() + 1


def test_a_part_without_samples_and_one_without_mistakes(gallery):
    gallery.set_predictions(predictions([], []))
    assert gallery.shown == () and not gallery.grab().isNull()
    gallery.set_mistakes_only(True)
    gallery.set_predictions(predictions([0], [0]))
    assert gallery.shown == () and not gallery.grab().isNull()


def test_it_repaints_only_what_looks_different(qtbot, gallery):
    gallery.set_predictions(predictions([0, 1], [0, 1]))
    before = gallery.grab().toImage()
    gallery.set_predictions(predictions([0, 1], [0, 0]))
    qtbot.waitUntil(lambda: gallery.grab().toImage() != before)


def test_an_exported_picture_shows_whole_cards_and_no_scroll_bar(gallery, tmp_path):
    gallery.set_predictions(predictions([0] * 60, [0] * 60))
    export_png(gallery, tmp_path / "gallery.png")
    picture = QImage(str(tmp_path / "gallery.png"))
    assert picture.size() == 3 * gallery.viewport().size()
    cards = [gallery.card(place) for place in range(60)]
    inside = [card for card in cards if card.bottom() <= gallery.viewport().height()]
    cut = next(card for card in cards if card.top() < gallery.viewport().height() < card.bottom())
    assert colors(picture, inside[-1]) > 1
    assert colors(picture, cut.intersected(QRectF(gallery.viewport().rect()))) == 1


def colors(picture, place):
    """How many colours a rectangle of the gallery has in the picture."""
    left, top, right, bottom = (int(3 * each) for each in place.adjusted(2, 2, -2, 0).getCoords())
    return len({picture.pixel(x, y) for x in range(left, right, 2) for y in range(top, bottom)})
