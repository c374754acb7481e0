import pytest
from PySide6.QtCore import Qt

from gui.pace import PACES, PaceSlider, watchable
from model.starters import STARTERS, starter


@pytest.fixture
def pace(qtbot):
    made = PaceSlider()
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_starts_at_full_speed(pace):
    assert pace.pace is None and pace.label.text() == "full speed"


def test_keys_go_through_every_pace_and_say_it(qtbot, pace):
    said = []
    pace.changed.connect(said.append)
    qtbot.keyClick(pace.slider, Qt.Key.Key_Home)
    assert pace.pace == 1 and pace.label.text() == "1 step/s"
    for _ in PACES:
        qtbot.keyClick(pace.slider, Qt.Key.Key_Right)
    assert said == [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, None]
    pace.slower()
    assert pace.pace == 1000 and pace.label.text() == "1,000 steps/s"
    pace.faster()
    pace.faster()
    assert pace.pace is None


def test_the_words_keep_their_place(pace):
    widths = set()
    for stop in range(len(PACES)):
        pace.slider.setValue(stop)
        assert pace.label.fontMetrics().horizontalAdvance(pace.label.text()) <= pace.label.sizeHint().width()
        widths.add(pace.minimumSizeHint().width())
    assert len(widths) == 1


def test_it_can_be_found_and_explains_itself(pace):
    assert pace.slider.accessibleName() == "Speed"
    assert "mini-batch" in pace.slider.toolTip()


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_can_be_watched(name):
    experiment = starter(name)
    pace = watchable(experiment)
    assert pace in PACES and pace is not None
    if experiment.stop.step is not None and name != "diverging":  # that one ends by itself
        assert 15 <= experiment.stop.step / pace <= 60


def test_the_slider_takes_a_pace(pace):
    pace.choose(200)
    assert pace.pace == 200 and pace.label.text() == "200 steps/s"
