import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.slider_editor import SliderEditor
from model.datasets.dataset import Synthetic
from model.hyperparameter import hyperparameters

NOISE = {each.name: each for each in hyperparameters(Synthetic)}["noise"]


@pytest.fixture
def made(qtbot, switch):
    widget = SliderEditor(NOISE, 0.25)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_both_show_the_value(made):
    assert made.slider.value() == 25
    assert made.box.lineEdit().text() == "0.25"


def test_the_keyboard_moves_the_slider_and_each_key_stands_alone(qtbot, made):
    heard = []
    made.edited.connect(lambda value: heard.append((value, made.merge)))
    qtbot.keyClick(made.slider, Qt.Key.Key_Right)
    qtbot.keyClick(made.slider, Qt.Key.Key_PageUp)
    assert heard == [(0.26, ""), (0.36, "")]
    assert made.box.lineEdit().text() == "0.36"


def test_two_drags_have_two_names(made):
    names = []
    made.edited.connect(lambda value: names.append(made.merge))
    for places in ((30, 31), (50, 51)):
        made.slider.setSliderDown(True)
        for place in places:
            made.slider.setSliderPosition(place)
        made.slider.setSliderDown(False)
    assert names[0] == names[1] != names[2] == names[3]
    assert all(names)


def test_a_typed_number_moves_the_slider(qtbot, made):
    with qtbot.waitSignal(made.edited) as edited:
        made.box.lineEdit().selectAll()
        qtbot.keyClicks(made.box, "0.723")
        qtbot.keyClick(made.box, Qt.Key.Key_Return)
    assert edited.args == [0.723]
    assert made.value() == 0.723  # the slider is too rough for it, the value is not
    assert made.slider.value() == 72


def test_a_number_outside_the_domain_is_refused(qtbot, made):
    with qtbot.waitSignal(made.refused) as refused, qtbot.assertNotEmitted(made.edited):
        made.box.lineEdit().selectAll()
        qtbot.keyClicks(made.box, "2")
        qtbot.keyClick(made.box, Qt.Key.Key_Return)
    assert "at most 1" in refused.args[0]
    assert made.value() == 0.25


def test_set_value_is_silent(qtbot, made):
    with qtbot.assertNotEmitted(made.edited):
        made.set_value(0.5)
    assert (made.slider.value(), made.value()) == (50, 0.5)


def test_a_wheel_that_scrolls_past_leaves_it_alone(made):
    nowhere, none = QPoint(), Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        nowhere,
        QPoint(0, 120),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(made.slider, event)
    assert made.slider.value() == 25
    assert not event.isAccepted()
