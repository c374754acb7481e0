import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from gui.neuron_lab.one_neuron_page import FIRST, OneNeuronPage
from model.perceptron import Neuron


@pytest.fixture
def page(show_page) -> OneNeuronPage:
    return show_page(OneNeuronPage)


def boxes(page):
    return {name: field.box.text() for name, field in page.fields.items()}


def is_blue(color: QColor) -> bool:
    return color.blue() > color.red() + 20


def is_orange(color: QColor) -> bool:
    return color.red() > color.blue() + 20


def test_what_is_seen_at_first(page, color_at, is_line_at):
    assert boxes(page) == {"x1": "1.5", "x2": "1", "w1": "1", "w2": "0.5", "b": "-0.5", "theta": "0.5"}
    assert page.formula.text().split("\n")[1:] == ["  = f(1·1.5 + 0.5·1 − 0.5)", "  = f(1.5) = 1"]
    assert page.reading.text().startswith("w·x = 2 exceeds the threshold θ = −b = 0.5")
    # x1 + x2 / 2 = 1/2: blue beyond, orange before, and the line itself between.
    assert is_blue(color_at(page.plane, (2, 2))) and is_orange(color_at(page.plane, (-2, -2)))
    assert is_line_at(page.plane, (1.4, -1.8)) and is_line_at(page.plane, (1.0, -1.0))
    assert not is_line_at(page.plane, (1.0, -1.2))


def test_dragging_the_tip_turns_the_line(page, drag, color_at):
    pivot = page.handles.pivot
    drag(page.handles.turn, (pivot[0], pivot[1] + 1))
    w1, w2 = page.neuron.weights
    assert w1 == pytest.approx(0, abs=0.03) and w2 == pytest.approx(1, abs=0.03)
    assert boxes(page)["w2"] == page.fields["w2"].box.text() == f"{w2:g}"
    assert page.neuron.sum(pivot) == pytest.approx(0, abs=0.03)  # it still runs through the pivot
    assert is_blue(color_at(page.plane, (-2, 2))) and is_orange(color_at(page.plane, (2, -2)))


def test_dragging_the_line_shifts_it(page, drag, color_at):
    drag(page.handles.shift, (-1.0, -1.0))
    assert page.neuron.weights == FIRST.weights
    assert page.neuron.bias == pytest.approx(1.5, abs=0.05)  # 1 * 1 + 0.5 * 1
    assert boxes(page)["theta"] == f"{-page.neuron.bias:g}"
    assert is_blue(color_at(page.plane, (0.3, -1.5)))
    assert f"{page.neuron.bias:g}" in page.formula.text()


def test_the_line_can_be_taken_anywhere(qtbot, page):
    plane = page.plane
    place = plane.view.place_of((1.25, -1.5)).toPoint()  # on the line, far from its handle
    qtbot.mouseMove(plane, place)
    assert plane.cursor().shape() == Qt.CursorShape.SizeAllCursor
    qtbot.mousePress(plane, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(plane, plane.view.place_of((0.0, -1.5)).toPoint())
    qtbot.mouseRelease(plane, Qt.MouseButton.LeftButton)
    assert page.neuron.weights == FIRST.weights
    assert page.neuron.bias == pytest.approx(0.75, abs=0.05)  # through (0, -1.5)
    before = page.neuron
    qtbot.mouseMove(plane, plane.view.place_of((2.0, 2.0)).toPoint())
    assert page.neuron == before and plane.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_dragging_the_input(page, drag):
    drag(page.input, (-1.0, 1.0))
    x1, x2 = page.point
    assert (x1, x2) == (pytest.approx(-1, abs=0.02), pytest.approx(1, abs=0.02))
    assert boxes(page)["x1"] == f"{x1:g}"
    assert page.neuron == FIRST
    assert page.formula.text().endswith("= 0")
    assert "does not exceed" in page.reading.text()
    assert page.input.accessibleDescription().endswith("t = 0")


def test_the_keys_move_a_handle(qtbot, page):
    qtbot.keyClick(page.input, Qt.Key.Key_Left)
    qtbot.keyClick(page.input, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.point == (1.45, 0.75)
    qtbot.keyClick(page.handles.turn, Qt.Key.Key_Right)
    assert page.neuron.weights == (1.05, 0.5)
    qtbot.keyClick(page.handles.shift, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.neuron.weights == (1.05, 0.5) and page.neuron.bias < -0.7
    qtbot.keyClick(page.input, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert page.point == (1.45, 0.75)  # that key is somebody else's


def test_tab_reaches_every_handle_and_focus_is_seen(qtbot, page):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.plane.setFocus()
    reached = []
    for _ in range(3):
        without = page.plane.grab().toImage()
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        reached.append(page.window().focusWidget())
        assert page.plane.grab().toImage() != without
    assert reached == [page.handles.shift, page.handles.turn, page.input]


def test_an_input_stays_inside_the_plane(qtbot, page, drag):
    drag(page.input, (9.0, 9.0))
    assert page.point == (2.5, 2.5)
    qtbot.keyClick(page.input, Qt.Key.Key_Up)
    assert page.point == (2.5, 2.5)


def test_the_threshold_is_typed(qtbot, page):
    box = page.fields["theta"].box
    box.selectAll()
    qtbot.keyClicks(box, "2")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.neuron.bias == -2 and boxes(page)["b"] == "-2"
    assert "does not exceed the threshold θ = −b = 2" in page.reading.text()
    assert page.handles.shift.point == page.handles.pivot
    assert page.neuron.sum(page.handles.pivot) == pytest.approx(0, abs=1e-9)


def test_what_cannot_be_is_refused_in_a_sentence(qtbot, page):
    box = page.fields["w1"].box
    with qtbot.waitSignal(box.refused) as said:
        box.selectAll()
        qtbot.keyClicks(box, "7")
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert said.args == ["w₁ must be at least -5 and at most 5: 7 was not taken, 1 stays."]
    assert page.neuron == FIRST and boxes(page)["w1"] == "1"


def test_a_slider_moves_the_line(qtbot, page):
    slider = page.fields["b"].editor.slider
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert page.neuron.bias == pytest.approx(-0.4)
    assert boxes(page)["theta"] == "0.4"


@pytest.mark.parametrize(
    ("activation", "answer"), [("sigmoid", "0.818"), ("tanh", "0.905"), ("relu", "1.5"), ("identity", "1.5")]
)
def test_other_functions(qtbot, page, color_at, activation, answer):
    before = color_at(page.plane, (0.7, 0.2))
    qtbot.mouseClick(page.activations.buttons[activation], Qt.MouseButton.LeftButton)
    assert page.neuron.activation == activation
    assert page.formula.text().endswith(f"f(1.5) = {answer}")
    assert page.diagram.accessibleDescription() == f"sum 1.5, output {answer}"
    after = color_at(page.plane, (0.7, 0.2))  # near the line: undecided, where the step is not
    assert after.saturation() < before.saturation()


def test_a_longer_weight_vector_makes_a_steeper_sigmoid(qtbot, page, drag, color_at):
    qtbot.mouseClick(page.activations.buttons["sigmoid"], Qt.MouseButton.LeftButton)
    near = (page.handles.pivot[0] + 0.4, page.handles.pivot[1] + 0.2)
    before = color_at(page.plane, (near[0] - 0.4, near[1] + 1.8))
    pivot = page.handles.pivot
    drag(page.handles.turn, (pivot[0] + 1.9, pivot[1] + 0.95))
    assert is_blue(color_at(page.plane, (near[0] - 0.4, near[1] + 1.8)))
    assert color_at(page.plane, (near[0] - 0.4, near[1] + 1.8)).saturation() > before.saturation()


def test_without_weights_there_is_no_line_and_it_is_said(page):
    page.fields["w1"].edited.emit(0.0)
    page.fields["w2"].edited.emit(0.0)
    assert page.reading.text().startswith("Both weights are 0")
    assert boxes(page)["w1"] == boxes(page)["w2"] == "0"


def test_from_no_weights_the_tip_can_be_dragged_out_again(page, drag):
    page._take(Neuron((0.0, 0.0), -0.5))
    drag(page.handles.shift, (1.0, 1.0))
    assert page.neuron == Neuron((0.0, 0.0), -0.5)  # nothing to shift
    pivot = page.handles.pivot
    drag(page.handles.turn, (pivot[0] + 1.0, pivot[1]))
    assert page.neuron.weights == (pytest.approx(1, abs=0.03), pytest.approx(0, abs=0.03))


def test_reset(qtbot, page, drag):
    drag(page.input, (-1.0, 1.0))
    drag(page.handles.shift, (-1.0, -1.0))
    qtbot.mouseClick(page.activations.buttons["relu"], Qt.MouseButton.LeftButton)
    page.reset()
    assert (page.neuron, page.point) == (FIRST, (1.5, 1.0))
    assert page.activations.key() == "step"
    assert boxes(page)["b"] == "-0.5"


def test_the_pointer_asks_the_plane(qtbot, page):
    qtbot.mouseMove(page.plane, QPoint(5, 5))
    assert page.plane.label.isHidden()
    qtbot.mouseMove(page.plane, page.plane.view.place_of((2.0, 2.0)).toPoint())
    lines = page.plane.label.text().split("\n")
    assert lines[0].startswith("x₁ 2.0") or lines[0].startswith("x₁ 1.99")
    assert lines[2] == "t 1"


def test_the_table_is_what_the_neuron_answers(page):
    (name, source, rows), (_, diagram, numbers) = page.exports()
    assert (name, source, diagram) == ("Plane of one neuron", page.plane, page.diagram)
    header, table = rows()
    assert list(header) == ["x1", "x2", "u", "t"] and len(table) == 1 + 21 * 21
    assert table[0] == [1.5, 1, 1.5, 1]
    for x1, x2, u, t in table:
        assert u == pytest.approx(x1 + 0.5 * x2 - 0.5, abs=1e-12) and t == (u > 0)
    assert numbers()[1] == [(1.5, 1, 1, 0.5, -0.5, 1.5, 1)]
