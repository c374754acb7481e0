import pytest
from PySide6.QtGui import QColor

from gui.search_views.found import Found
from gui.search_views.importance_bars import ImportanceBars
from gui.theme import LIGHT


@pytest.fixture
def bars(qtbot, switch, found):
    made = ImportanceBars()
    qtbot.addWidget(made)
    made.resize(400, 160)
    made.show_found(found)
    return made


def widths(widget):
    """How many pixels of each row of the picture have the colour of a bar."""
    picture = widget.grab().toImage()
    ink = QColor(LIGHT.positive)
    rows = [sum(picture.pixelColor(x, y) == ink for x in range(picture.width())) for y in range(picture.height())]
    return sorted({width for width in rows if width}, reverse=True)


def test_bars_are_as_long_as_the_shares(bars):
    assert bars.shown() == [("learning rate", "75 %"), ("initial weights", "25 %")]
    long, short = widths(bars)
    assert long / short == pytest.approx(3, abs=0.1)


def test_before_enough_trials_it_says_so(bars, found):
    bars.show_found(Found(found.spec, found.trials))
    assert widths(bars) == [] and bars.shown() == []
    bars.show_found(None)
    assert widths(bars) == []


def test_the_shares_are_exported_in_full(bars):
    header, rows = bars.rows()
    assert header == ("hyperparameter", "importance") and rows[0] == ("optimizer.learning_rate", 0.75)
