import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gui.cnn_views.ink_canvas import SIDE, InkCanvas

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot, switch):
    made = InkCanvas()
    qtbot.addWidget(made)
    made.resize(SIDE + 4, SIDE + 4)  # a pixel of the sheet is one of the screen
    made.show()
    qtbot.waitExposed(made)
    return made


def at(x, y):
    return QPoint(x + 2, y + 2)


def stroke(qtbot, canvas, *places):
    qtbot.mousePress(canvas, LEFT, pos=at(*places[0]))
    for each in places[1:]:
        qtbot.mouseMove(canvas, at(*each))
    qtbot.mouseRelease(canvas, LEFT, pos=at(*places[-1]))


def test_a_stroke_is_as_thick_as_the_pen_and_heard_at_every_piece(qtbot, canvas):
    heard = []
    canvas.changed.connect(lambda: heard.append(canvas.ink.sum()))
    canvas.thickness = 20
    stroke(qtbot, canvas, (40, 100), (120, 100), (200, 100))
    assert len(heard) == 3 and heard == sorted(heard) and heard[0] < heard[-1]
    column = canvas.ink[:, 120]
    assert column.sum() == pytest.approx(20, abs=1)
    assert column[92:108].min() == 1 and column[:85].max() == column[115:].max() == 0


def test_without_a_pressed_button_nothing_is_drawn(qtbot, canvas):
    qtbot.mouseMove(canvas, at(100, 100))
    qtbot.mousePress(canvas, Qt.MouseButton.RightButton, pos=at(100, 100))
    qtbot.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=at(100, 100))
    assert canvas.empty and not canvas.has_strokes


def test_the_eraser_takes_ink_away(qtbot, canvas):
    stroke(qtbot, canvas, (40, 100), (200, 100))
    before = canvas.ink.sum()
    canvas.erases = True
    stroke(qtbot, canvas, (100, 100))
    assert canvas.ink[100, 100] == 0 and canvas.ink[100, 180] == 1
    assert canvas.ink.sum() < before


def test_the_keys_draw(qtbot, canvas):
    canvas.setFocus()
    canvas.thickness = 8
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.empty  # the pen is lifted
    told = []
    canvas.pen_set.connect(told.append)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert told == [True, False]
    rows, columns = np.nonzero(canvas.ink > 0.5)
    assert np.ptp(rows) == pytest.approx(4 * 8 + 8, abs=2)
    assert columns.mean() == pytest.approx(SIDE / 2 - 8 - 0.5, abs=1)


def test_with_shift_the_pen_moves_finely_and_it_stays_on_the_sheet(qtbot, canvas):
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas._at.x() == SIDE / 2 + 2
    for _ in range(40):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas._at.x() == SIDE


def test_strokes_are_taken_back_one_by_one_and_a_cleared_sheet_too(qtbot, canvas):
    sheets = [canvas.ink.copy()]
    for y in (60, 120):
        stroke(qtbot, canvas, (40, y), (200, y))
        sheets.append(canvas.ink.copy())
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.empty
    for sheet in reversed(sheets):
        qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
        assert np.array_equal(canvas.ink, sheet)
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert not canvas.has_strokes


def test_a_place_of_the_widget_is_one_of_the_sheet_at_any_size(canvas):
    canvas.resize(500, 304)
    sheet = canvas.sheet()
    assert sheet.width() == sheet.height() == 300
    assert canvas.on_sheet(sheet.center()) == QPointF(SIDE / 2, SIDE / 2)


def test_a_key_that_is_not_its_own_is_left_to_the_window(canvas):
    heard = []
    canvas.changed.connect(lambda: heard.append(1))
    QTest.keyClick(canvas, Qt.Key.Key_A)
    assert heard == []
