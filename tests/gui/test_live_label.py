import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.live_label import LiveLabel
from gui.theme import DARK


@pytest.fixture
def row(qtbot, switch):
    """A label in a layout that counts how often it is laid out anew."""

    class Row(QWidget):
        asked = 0

        def event(self, event):
            Row.asked += event.type() == event.Type.LayoutRequest
            return super().event(event)

    made = Row()
    made.label = LiveLabel("step 100", made)
    QHBoxLayout(made).addWidget(made.label)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: not made.label.visibleRegion().isEmpty())
    Row.asked = 0
    return made


def painted(label):
    picture = label.grab().toImage()
    background = picture.pixelColor(0, 0)
    return {
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y) != background
    }


def test_a_text_of_the_same_room_is_painted_without_a_new_layout(row, qtbot):
    before = painted(row.label)
    row.label.setText("step 101")
    assert painted(row.label) != before
    qtbot.wait(0)
    assert row.asked == 0


def test_a_longer_text_asks_for_room_and_keeps_it(row, qtbot):
    row.label.setText("step 1,000,000")
    qtbot.waitUntil(lambda: row.asked > 0)
    room = row.label.sizeHint().width()
    assert room >= QFontMetrics(row.label.font()).horizontalAdvance("step 1,000,000")
    row.label.setText("step 1")
    assert row.label.sizeHint().width() == room


def test_room_kept_in_advance(row):
    row.label.keep_room_for("two\nlines that are long")
    metrics = QFontMetrics(row.label.font())
    assert row.label.sizeHint().width() >= metrics.horizontalAdvance("lines that are long")
    assert row.label.sizeHint().height() == 2 * metrics.lineSpacing()


def test_a_wrapped_text_takes_the_width_there_is(qtbot, switch):
    label = LiveLabel("word " * 50, wrap_lines=2)
    qtbot.addWidget(label)
    assert label.sizeHint().width() == 0
    assert label.sizeHint().height() == 2 * QFontMetrics(label.font()).lineSpacing()


def test_it_follows_the_theme_and_a_colour_of_its_own(row, switch):
    switch.choose("dark")
    colours = {row.label.grab().toImage().pixelColor(x, y).name() for x, y in painted(row.label)}
    assert DARK.text in colours
    row.label.set_color("#ff0000")
    colours = {row.label.grab().toImage().pixelColor(x, y).name() for x, y in painted(row.label)}
    assert "#ff0000" in colours
