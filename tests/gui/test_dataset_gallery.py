import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.dataset_gallery import LARGEST, SMALLEST, DatasetGallery
from model.datasets import DATASETS
from model.datasets.circle import Circle
from model.datasets.moons import Moons
from model.datasets.plane import Plane


@pytest.fixture
def gallery(qtbot, switch):
    made = DatasetGallery()
    qtbot.addWidget(made)
    made.show_chosen(Moons())
    made.show()
    return made


def test_every_data_set_is_there_under_its_group(gallery):
    assert set(gallery.buttons) == set(DATASETS)
    captions = {label.text(): label.geometry() for label in gallery.findChildren(QLabel)}
    assert list(captions) == ["Classification", "Regression", "Real data", "Own"]
    assert captions["Classification"].bottom() < gallery.buttons[Circle].y() < captions["Regression"].top()
    assert gallery.buttons[Plane].y() > captions["Regression"].bottom()


def test_a_click_and_enter_choose(qtbot, gallery):
    for how in (
        lambda button: qtbot.mouseClick(button, Qt.MouseButton.LeftButton),
        lambda button: qtbot.keyClick(button, Qt.Key.Key_Return),
    ):
        with qtbot.waitSignal(gallery.chosen) as chosen:
            how(gallery.buttons[Circle])
        assert chosen.args == [Circle]
        assert gallery.buttons[Moons].isChecked()  # the ring moves when the choice has been taken
        assert not gallery.buttons[Circle].isChecked()


def test_arrow_keys_go_from_the_chosen_one_to_its_neighbour_without_choosing(qtbot, gallery):
    gallery.activateWindow()
    qtbot.waitUntil(gallery.isActiveWindow)
    gallery.buttons[Moons].setFocus()
    with qtbot.assertNotEmitted(gallery.chosen):
        qtbot.keyClick(gallery.buttons[Moons], Qt.Key.Key_Right)
    qtbot.waitUntil(gallery.buttons[Plane].hasFocus)


def test_the_pictures_are_as_wide_as_there_is_room(qtbot, gallery):
    button = gallery.buttons[Circle]
    for width, side in ((900, LARGEST), (216, 40), (100, SMALLEST)):  # it shrinks, too
        gallery.resize(width, 200)
        qtbot.waitUntil(lambda side=side: button.width() == button.height() == side)


def test_the_tool_tip_explains(gallery):
    assert "A disc of one class inside a ring of the other." in gallery.buttons[Circle].toolTip()
    assert gallery.buttons[Circle].accessibleName() == "circle"
