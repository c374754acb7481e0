import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.initial_weights.log_slider import A_DECADE, LogSlider
from model.hyperparameter import hyperparameters
from model.initial_weights import OwnRule


@pytest.fixture
def slider(qtbot, switch):
    (declared,) = hyperparameters(OwnRule)
    made = LogSlider(declared, 0.1)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_way_of_the_slider_is_a_factor(qtbot, slider):
    edits = []
    slider.edited.connect(edits.append)
    slider.slider.setValue(slider.slider.value() + A_DECADE)
    assert edits == [1.0] and slider.box.value() == 1.0
    qtbot.keyClick(slider.slider, Qt.Key.Key_Home)
    assert edits[-1] == slider.value() == 0.001
    qtbot.keyClick(slider.slider, Qt.Key.Key_End)
    assert edits[-1] == slider.value() == 10


def test_what_is_typed_moves_the_slider_and_is_taken_exactly(qtbot, slider):
    edits = []
    slider.edited.connect(edits.append)
    slider.box.selectAll()
    qtbot.keyClicks(slider.box.lineEdit(), "0.0345")
    qtbot.keyClick(slider.box, Qt.Key.Key_Return)
    assert edits == [0.0345] and slider.value() == 0.0345
    assert abs(slider.slider.value() - A_DECADE * -1.46) < 1


def test_to_show_a_value_is_no_edit(slider):
    edits = []
    slider.edited.connect(edits.append)
    slider.set_value(2.0)
    assert slider.value() == 2.0 and slider.slider.value() == round(A_DECADE * 0.30103) and edits == []


def test_a_wheel_that_scrolls_past_does_not_move_it(slider):
    place = QPointF(slider.slider.rect().center())
    event = QWheelEvent(
        place, slider.slider.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(slider.slider, event)
    assert slider.value() == 0.1
