import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from gui.form_button import FormButton
from gui.hyperparameter_editor import SpecForm
from model.optimizers import Adam


@pytest.fixture
def button(qtbot, switch):
    window = QWidget()
    qtbot.addWidget(window)
    made = FormButton("Constants", "All of them.", SpecForm(Adam()), window)
    row = QHBoxLayout(window)
    row.addWidget(QLineEdit())
    row.addWidget(made)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    made.popup.close()


def press(qtbot, key):
    """A key goes to what has the keyboard inside of the popup."""
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup.focusWidget(), key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Down])
def test_the_keyboard_opens_it_walks_through_it_and_closes_it(qtbot, button, key):
    button.setFocus()
    qtbot.keyClick(button, key)
    form = button.form
    assert button.popup.isVisible() and button.popup.focusWidget() is form.editor_of("learning_rate")
    press(qtbot, Qt.Key.Key_Tab)
    assert button.popup.focusWidget() is form.editor_of("beta1")
    press(qtbot, Qt.Key.Key_Escape)
    assert not button.popup.isVisible()


def test_enter_takes_a_number_and_leaves_the_form_open(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    box = button.form.editor_of("learning_rate")
    box.selectAll()
    with qtbot.waitSignal(button.form.edited) as edited:
        qtbot.keyClicks(box, "0.5")
        press(qtbot, Qt.Key.Key_Return)
    assert edited.args == [Adam(learning_rate=0.5)]
    assert button.popup.isVisible()


def test_a_refused_number_is_said_and_there_is_room_to_say_it(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    before = button.popup.height()
    box = button.form.editor_of("beta1")
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "7")
    press(qtbot, Qt.Key.Key_Return)
    assert box.value() == 0.9
    qtbot.waitUntil(lambda: button.popup.height() > before)
    assert box.height() >= box.sizeHint().height()


def test_it_opens_on_the_screen_and_says_what_it_is(qtbot, button):
    button.window().move(button.screen().availableGeometry().bottomRight())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.screen().availableGeometry().contains(button.popup.geometry())
    assert button.toolTip() and button.accessibleDescription() and button.popup.accessibleName() == "Constants"
