import pytest
from PySide6.QtGui import QColor

from gui.finding_line import FindingLine
from gui.theme import current_theme


@pytest.fixture
def line(qtbot, switch):
    made = FindingLine()
    qtbot.addWidget(made)
    made.resize(600, 24)
    made.show()
    return made


def colors(widget):
    picture = widget.grab().toImage()
    return {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_wrong_is_marked_and_what_is_well_is_said_quietly(line, switch, theme):
    switch.choose(theme)
    line.say("Plateau", "The loss stays.", alarming=True)
    assert line.text() == line.accessibleDescription() == "Plateau: The loss stays."
    assert {current_theme().warning, current_theme().text} <= colors(line)
    line.say("Nothing conspicuous")
    assert line.text() == "Nothing conspicuous"
    assert current_theme().muted in colors(line) and current_theme().warning not in colors(line)


def test_a_sentence_longer_than_the_line_ends_within_it(line):
    line.say("Plateau", "The loss stays where it is. " * 20, alarming=True)
    line.resize(300, 24)
    picture = line.grab().toImage()
    inked = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != picture.pixelColor(299, 0) for y in range(picture.height()))
    ]
    assert 250 < max(inked) < 300
    line.resize(20, 24)
    line.grab()  # no room at all: nothing is drawn, and nothing fails


def test_the_projector_writes_larger(line, switch):
    line.say("Plateau", "The loss stays.", alarming=True)
    small = line.grab().toImage()
    switch.set_projector(True)
    assert line.grab().toImage() != small
