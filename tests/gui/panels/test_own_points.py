"""Own points painted in the output panel: the pointer and the keys, then what the session has and the person sees."""

import math

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from gui.palette import category_color
from gui.panels.output_panel import OutputPanel
from gui.theme import LIGHT
from model.datasets.points import MOST_POINTS, Points
from model.datasets.spiral import Spiral
from model.experiment import Stop
from model.experiment_file import from_plain
from model.losses import SoftmaxCrossEntropy

LEFT = Qt.MouseButton.LeftButton
SPIRAL = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "spiral", "samples": 40}, "test": 0.25},
        "network": {"layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 1}]},
        "loss": {"type": "sigmoid_cross_entropy"},
    }
)
PAIR = structs.replace(
    SPIRAL,
    data=structs.replace(SPIRAL.data, dataset=Points(points=((-2.0, 0.0, 0), (2.0, 0.0, 1), (2.0, 2.0, 1)))),
)
PLANE = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "plane", "samples": 40}},
        "network": {"layers": [{"type": "affine", "units": 1}]},
    }
)


@pytest.fixture
def show(qtbot, show_panel):
    """show(experiment) -> the panel; of own points already being painted."""

    def shown(experiment):
        panel = show_panel(OutputPanel, experiment, (340, 460))
        panel.activateWindow()
        if isinstance(experiment.data.dataset, Points):
            qtbot.mouseClick(panel.own_points, LEFT)
            qtbot.waitUntil(panel.view.canvas.hasFocus)
        return panel

    return shown


def at(panel, x1, x2):
    return panel.view.canvas.place_of(x1, x2).toPoint()


def stroke(panel, *places):
    """The button down at the first place, along the others, and up at the last."""
    canvas = panel.view.canvas
    QTest.mousePress(canvas, LEFT, pos=at(panel, *places[0]))
    for place in places[1:]:
        QTest.mouseMove(canvas, at(panel, *place))
    QTest.mouseRelease(canvas, LEFT, pos=at(panel, *places[-1]))


def point_at(qtbot, panel, x1, x2):
    qtbot.mouseMove(panel.view.canvas, QPoint(1, 1))  # a pointer that is there already does not move
    qtbot.mouseMove(panel.view.canvas, at(panel, x1, x2))


def tool(qtbot, panel, name):
    qtbot.mouseClick(panel.view.bar.tools[name], LEFT)


def data(panel):
    return panel.session.experiment.data.dataset


def settle(qtbot, panel):
    """Until the run has these data, and the panel shows it."""
    session = panel.session
    qtbot.waitUntil(lambda: session.run.experiment.data == session.experiment.data and not panel.clock.running)


def colour(panel, x1, x2):
    return panel.view.canvas.grab().toImage().pixelColor(at(panel, x1, x2))


def blue_dots(panel, left, right, low, high):
    """How many pixels of a part of the plane have the colour of class B."""
    picture, (x0, y0), (x1, y1) = (
        panel.view.canvas.grab().toImage(),
        *(at(panel, *corner).toTuple() for corner in ((left, high), (right, low))),
    )
    return sum(picture.pixelColor(x, y) == QColor(LIGHT.positive) for x in range(x0, x1) for y in range(y0, y1))


# Coming and going


def test_own_points_begin_with_a_copy_in_one_step_to_undo(qtbot, show):
    panel = show(SPIRAL)
    assert panel.own_points.isVisible() and not panel.view.bar.isVisible()
    assert panel.own_points.copy.text() == "Begin with the points of spiral"
    panel.own_points.copy.trigger()
    assert len(data(panel).points) == 40
    assert panel.session.undo_stack.undoText() == "own points from spiral"
    assert panel.view.bar.isVisible() and not panel.view.key.isVisible() and not panel.own_points.isVisible()
    settle(qtbot, panel)
    panel.session.undo_stack.undo()
    assert data(panel) == Spiral(samples=40)
    assert not panel.view.bar.isVisible() and panel.own_points.isVisible()
    settle(qtbot, panel)


def test_an_empty_plane_leaves_the_data_alone_until_the_first_point(qtbot, show):
    panel = show(SPIRAL)
    panel.own_points.empty.trigger()
    assert panel.view.hint.text().startswith("No points yet")
    assert data(panel) == Spiral(samples=40)
    panel.session.change("rate", optimizer=structs.replace(SPIRAL.optimizer, learning_rate=0.5))
    assert panel.view.bar.isVisible() and panel.view.painter.draft.points == []
    stroke(panel, (-2, 1))
    assert [p[2] for p in data(panel).points] == [0]
    assert data(panel).points[0][:2] == pytest.approx((-2, 1), abs=0.05)
    assert panel.view.hint.text().startswith("Only class A so far")
    qtbot.mouseClick(panel.view.bar.swatches.buttons[1], LEFT)
    stroke(panel, (2, 1))
    assert [p[2] for p in data(panel).points] == [0, 1]
    assert panel.session.undo_stack.undoText() == "set a point of class B"
    assert panel.view.hint.text().startswith("2 points.")
    settle(qtbot, panel)


def test_the_menu_opens_under_the_button_and_the_data_panel_can_ask_for_it(qtbot, show):
    panel = show(SPIRAL)
    panel.session.selection.painting_wanted.emit()
    menu = panel.own_points.menu_of_beginnings
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not panel.view.bar.isVisible()


def test_esc_and_done_leave(qtbot, show):
    panel = show(PAIR)
    qtbot.keyClick(panel.view.canvas, Qt.Key.Key_Escape)
    assert not panel.view.bar.isVisible() and panel.own_points.isVisible()
    qtbot.mouseClick(panel.own_points, LEFT)
    qtbot.mouseClick(panel.view.bar.done, LEFT)
    assert not panel.view.bar.isVisible()
    stroke(panel, (0, 0))
    assert data(panel) == PAIR.data.dataset


def test_a_regression_and_what_is_no_plane_is_not_painted(qtbot, show):
    panel = show(PLANE)
    assert not panel.own_points.isVisible()


# Strokes


def test_a_stroke_is_painted_at_once_and_is_one_step_to_undo(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "paint")
    qtbot.mouseClick(panel.view.bar.swatches.buttons[1], LEFT)
    canvas = panel.view.canvas
    assert blue_dots(panel, -4.5, 4.5, -3.8, -2.2) == 0
    QTest.mousePress(canvas, LEFT, pos=at(panel, -4, -3))
    for x in range(-4, 5):
        QTest.mouseMove(canvas, at(panel, x, -3))
    painted = panel.view.painter.draft.points[3:]
    assert len(painted) > 20 and data(panel) == PAIR.data.dataset
    assert blue_dots(panel, -4.5, 4.5, -3.8, -2.2) > 300
    QTest.mouseRelease(canvas, LEFT, pos=at(panel, 4, -3))
    assert data(panel).points == (*PAIR.data.dataset.points, *painted)
    radius = panel.view.bar.radius(canvas.reach)
    assert all(abs(x2 + 3) <= radius + 0.1 and label == 1 for _, x2, label in painted)
    assert panel.session.undo_stack.undoText() == f"paint {len(painted)} points of class B"
    settle(qtbot, panel)
    panel.session.undo_stack.undo()
    assert data(panel) == PAIR.data.dataset
    assert panel.view.painter.draft.points == list(PAIR.data.dataset.points)
    panel.session.undo_stack.redo()
    assert panel.view.painter.draft.points == list(data(panel).points)
    settle(qtbot, panel)


def test_density_and_size_say_how_many_and_how_far(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "paint")
    panel.view.bar.density_slider.setValue(12)
    panel.view.bar.size_slider.setValue(2)
    stroke(panel, (0, -3))
    assert len(data(panel).points) == 3 + 12
    assert all(math.hypot(x1, x2 + 3) < 0.2 for x1, x2, _ in data(panel).points[3:])
    settle(qtbot, panel)


def test_the_sliders_are_of_use_where_the_tool_has_a_brush(qtbot, show):
    panel = show(PAIR)
    bar = panel.view.bar
    for name, size, density in (("paint", True, True), ("erase", True, False), ("move", False, False)):
        tool(qtbot, panel, name)
        assert (bar.size_slider.isEnabled(), bar.density_slider.isEnabled()) == (size, density)


def test_move_takes_the_point_under_the_pointer(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "move")
    stroke(panel, (2.1, 2.1), (3, 3), (4, -4))
    moved = data(panel).points[2]
    assert moved[:2] == pytest.approx((4, -4), abs=0.1) and moved[2] == 1
    assert data(panel).points[:2] == PAIR.data.dataset.points[:2]
    assert panel.session.undo_stack.undoText() == "move a point"
    count = panel.session.undo_stack.count()
    stroke(panel, (-4, -4), (4, 4))
    assert panel.session.undo_stack.count() == count  # there was none to take
    stroke(panel, (4, -4), (9, 9))
    assert data(panel).points[2][:2] == pytest.approx((5.714, 5.714))  # the plane stays as it is
    settle(qtbot, panel)
    assert panel.session.run.parts.plane[0] == pytest.approx((-6, 6), abs=1e-3)


def test_erase_takes_away_what_it_passes(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "erase")
    stroke(panel, (2, -2), (2, 0), (2, 2))
    assert data(panel).points == PAIR.data.dataset.points[:1]
    assert panel.session.undo_stack.undoText() == "erase 2 points"
    assert panel.view.hint.text().startswith("Only class A so far")
    settle(qtbot, panel)


def test_erasing_all_leaves_the_network_its_data_and_the_next_point_begins_anew(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "erase")
    stroke(panel, (-2, 0), (0, 0), (2, 0), (2, 1), (2, 2))
    assert data(panel) == PAIR.data.dataset
    assert panel.view.hint.text().startswith("No points yet")
    tool(qtbot, panel, "set")
    stroke(panel, (1, 1))
    assert len(data(panel).points) == 1
    panel.session.undo_stack.undo()
    assert data(panel) == PAIR.data.dataset
    settle(qtbot, panel)


def test_clear_is_an_empty_plane_and_done_brings_the_points_back(qtbot, show):
    panel = show(PAIR)
    qtbot.mouseClick(panel.view.bar.clear, LEFT)
    assert panel.view.painter.draft.points == [] and data(panel) == PAIR.data.dataset
    assert colour(panel, -2, 0) != QColor(LIGHT.negative)
    qtbot.mouseClick(panel.view.bar.done, LEFT)
    assert colour(panel, -2, 0) == QColor(LIGHT.negative)


def test_a_third_class_is_one_more_output_with_its_first_point(qtbot, show):
    panel = show(PAIR)
    qtbot.mouseClick(panel.view.bar.swatches.more, LEFT)
    assert panel.view.bar.swatches.buttons[2].isChecked()
    assert data(panel) == PAIR.data.dataset
    assert colour(panel, -2, 0) == category_color(0)
    stroke(panel, (0, 4))
    assert data(panel).classes == 3 and data(panel).points[-1][2] == 2
    assert panel.session.experiment.network.layers[-1].units == 3
    assert panel.session.experiment.loss == SoftmaxCrossEntropy()
    settle(qtbot, panel)
    assert not panel.view.scores.isVisible()  # its place is the tools'
    panel.session.undo_stack.undo()
    assert panel.session.experiment == PAIR
    assert not panel.view.bar.swatches.buttons[2].isVisible()
    settle(qtbot, panel)


def test_a_full_plane_is_said_in_a_sentence(qtbot, show):
    points = tuple((-3.0, i / 1000, i % 2) for i in range(MOST_POINTS))
    panel = show(structs.replace(PAIR, data=structs.replace(PAIR.data, dataset=Points(points=points))))
    stroke(panel, (3, 0))
    assert data(panel).points == points
    assert panel.view.hint.text().startswith("5,000 points are the most: erase some first.")


def test_what_cannot_be_learnt_from_is_said_and_stays_on_the_plane(qtbot, show):
    waiting = structs.replace(PAIR, data=structs.replace(PAIR.data, validation=0.2, test=0.0), stop=Stop(patience=3))
    points = tuple((x / 2, 0.0, x % 2) for x in range(-8, 9))
    waiting = structs.replace(waiting, data=structs.replace(waiting.data, dataset=Points(points=points)))
    panel = show(waiting)
    qtbot.mouseClick(panel.view.bar.clear, LEFT)
    with qtbot.assertNotEmitted(panel.session.refused):
        stroke(panel, (1, 1))
    assert "early stopping" in panel.view.hint.text()
    assert data(panel).points == points
    panel.session.change("rate", optimizer=structs.replace(waiting.optimizer, learning_rate=0.5))
    assert len(panel.view.painter.draft.points) == 1  # nothing is lost
    tool(qtbot, panel, "paint")
    panel.view.bar.density_slider.setValue(12)
    stroke(panel, (1, 1))
    assert len(data(panel).points) == 13
    settle(qtbot, panel)


def test_the_network_goes_on_learning_while_points_are_painted(qtbot, show):
    panel = show(PAIR)
    session = panel.session
    session.play()
    qtbot.waitUntil(lambda: session.progress.snapshot.step > 5)
    number = session.run.number
    stroke(panel, (-3, -3))
    assert session.playing
    qtbot.waitUntil(lambda: len(session.run.experiment.data.dataset.points) == 4)
    step = session.progress.snapshot.step
    qtbot.waitUntil(lambda: session.progress.snapshot.step > step)
    assert session.run.number == number  # the same run, with an intervention in it
    session.pause()
    qtbot.waitUntil(lambda: not session.progress.playing)
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: session.progress.experiment == session.experiment == PAIR)
    assert panel.view.painter.draft.points == list(PAIR.data.dataset.points)


def test_a_change_from_elsewhere_ends_the_stroke(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "paint")
    stroke(panel, (3, 3))
    QTest.mousePress(panel.view.canvas, LEFT, pos=at(panel, -3, -3))
    panel.session.undo_stack.undo()
    QTest.mouseRelease(panel.view.canvas, LEFT, pos=at(panel, -3, -3))
    assert data(panel) == PAIR.data.dataset
    assert panel.view.painter.draft.points == list(PAIR.data.dataset.points)
    settle(qtbot, panel)


def test_the_other_button_paints_nothing(qtbot, show):
    panel = show(PAIR)
    qtbot.mouseClick(panel.view.canvas, Qt.MouseButton.RightButton, pos=at(panel, 0, 0))
    qtbot.mouseClick(panel.view.canvas, LEFT, pos=QPoint(2, 2))  # beside the plane
    assert data(panel) == PAIR.data.dataset


# Keys


def test_keys_set_and_erase_points(qtbot, show):
    panel = show(PAIR)
    canvas = panel.view.canvas
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Up)
    qtbot.keyClick(canvas, Qt.Key.Key_2)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert data(panel).points[-1] == (1.5, 0.6, 1)  # steps of 12 / 80, ten times as many with Shift
    assert panel.view.bar.swatches.buttons[1].isChecked()
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert data(panel).points[-1] == (1.5, 0.45, 0)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(data(panel).points) == 4
    assert panel.session.undo_stack.undoText() == "erase a point"
    settle(qtbot, panel)


def test_keys_take_a_point_and_set_it_down(qtbot, show):
    panel = show(PAIR)
    canvas = panel.view.canvas
    tool(qtbot, panel, "move")
    for _ in range(13):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert data(panel) == PAIR.data.dataset
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert data(panel).points[0] == (-1.95, 1.5, 0)
    settle(qtbot, panel)


def test_where_there_is_no_point_a_key_takes_none(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "move")
    qtbot.keyClick(panel.view.canvas, Qt.Key.Key_Space)
    qtbot.keyClick(panel.view.canvas, Qt.Key.Key_Up)
    qtbot.keyClick(panel.view.canvas, Qt.Key.Key_Space)
    assert data(panel) == PAIR.data.dataset
    point_at(qtbot, panel, 2.1, 2.1)
    assert panel.view.canvas._pinned == (2.0, 2.0)


def test_a_key_of_a_class_that_there_is_not_changes_nothing(qtbot, show):
    panel = show(PAIR)
    qtbot.keyClick(panel.view.canvas, Qt.Key.Key_7)
    assert panel.view.painter.label == 0


def test_the_cursor_of_the_keys_is_seen(qtbot, show):
    panel = show(PAIR)
    before = panel.view.canvas.grab().toImage()
    qtbot.keyClick(panel.view.canvas, Qt.Key.Key_Up)
    after = panel.view.canvas.grab().toImage()
    arm = at(panel, 0, 0.15) + QPoint(10, 0)
    near = [after.pixelColor(arm + QPoint(0, dy)) for dy in (-1, 0, 1)]
    assert any(each.lightness() < before.pixelColor(arm).lightness() - 60 for each in near)


def test_the_words_of_the_tool_are_for_the_screen_reader_too_and_not_in_an_export(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "erase")
    assert panel.view.canvas.accessibleDescription() == panel.view.hint.text()
    assert panel.view.hint.text() == "3 points. Drag over the points to erase."
    (name, source, _), *others = panel.exports()
    assert (name, source, others) == ("Output", panel.view.canvas, [])


def test_the_brush_marks_the_point_that_move_would_take(qtbot, show):
    panel = show(PAIR)
    tool(qtbot, panel, "move")
    canvas = panel.view.canvas
    for place, found in (((2.1, 2.1), (2.0, 2.0)), ((0, -4), None)):
        point_at(qtbot, panel, *place)
        assert canvas._pinned == found
