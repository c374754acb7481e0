import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from gui.picture_button import MARGIN, PictureButton


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def button(qtbot, switch, drawn):
    def draw(size, ratio, theme):
        drawn.append((size, ratio, theme.name))
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(QColor("red"))
        return picture

    made = PictureButton(draw, "red")
    qtbot.addWidget(made)
    made.resize(40, 40)
    return made


def test_the_picture_is_drawn_when_it_is_seen_and_once(qtbot, button, drawn):
    assert drawn == []
    button.show()
    qtbot.waitUntil(lambda: len(drawn) == 1)
    assert drawn == [(QSize(40 - 2 * MARGIN, 40 - 2 * MARGIN), 1.0, "light")]
    assert button.grab().toImage().pixelColor(20, 20) == QColor("red")
    button.repaint()
    assert len(drawn) == 1


def test_another_theme_draws_another_picture(qtbot, switch, button, drawn):
    button.show()
    qtbot.waitUntil(lambda: len(drawn) == 1)
    switch.choose("dark")
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert drawn[1][2] == "dark"


def test_the_chosen_one_has_a_ring_in_the_accent(qtbot, switch, button):
    button.show()
    plain = button.grab().toImage().pixelColor(20, 0)
    button.setChecked(True)
    ring = button.grab().toImage().pixelColor(20, 0)
    assert ring == QColor(switch.theme.accent) != plain
