from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage

from gui.export import export_png
from gui.neuron_lab.figures import added, factor, figure, pair
from gui.neuron_lab.line_handles import LineHandles
from gui.neuron_lab.plane import PIXELS, Plane
from gui.neuron_lab.scene import Line, Region, Spot
from gui.palette import diverging
from gui.theme import LIGHT
from model.perceptron import Neuron


@pytest.fixture
def plane(qtbot, switch) -> Plane:
    made = Plane("Plane", -1, 1)
    qtbot.addWidget(made)
    made.resize(300, 260)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_places_and_points(plane):
    view = plane.view
    assert view.square.width() == view.square.height() > 200
    assert view.place_of((-1, 1)) == view.square.topLeft()
    assert view.place_of((1, -1)) == view.square.bottomRight()
    x1, x2 = view.point_at(view.place_of((0.3, -0.7)))
    assert (x1, x2) == (pytest.approx(0.3), pytest.approx(-0.7))
    assert view.point_at(QPointF(-99, -99)) == (-1, 1)
    assert view.nearest_place((5, 0)) == view.place_of((1, 0))


def test_a_wider_widget_has_the_square_that_its_height_allows(plane):
    plane.resize(plane.width_for(400), 400)
    square = plane.view.square
    plane.resize(plane.width_for(400) + 200, 400)
    assert plane.view.square.size() == square.size() and square.left() >= 8


def test_the_region_has_the_colours_of_the_answers(plane, color_at):
    plane.show_scene(Region(lambda points: points[:, 0], "x1", 0, 1), [], [])
    for x1 in (-0.8, -0.3, 0.4, 0.9):
        middle = -1 + (int((x1 + 1) / 2 * PIXELS) + 0.5) / PIXELS * 2
        expected = diverging(middle, 2.2, LIGHT).tolist()[:3]
        assert color_at(plane, (x1, 0.55)).getRgb()[:3] == pytest.approx(expected, abs=3)


def test_another_range_moves_the_handles(plane):
    handles = LineHandles(plane, 0, "w", "it")
    neuron = Neuron((1.0, 0.0), -0.5)
    plane.show_scene(Region(neuron.outputs, neuron, 0.5, 0.5), [Line(neuron)], [])
    handles.show(neuron)
    before = handles.shift.pos()
    plane.set_range(-3, 3)
    assert handles.shift.pos() != before
    centre = QPointF(handles.shift.geometry().center())
    assert (centre - plane.view.place_of((0.5, 0.0))).manhattanLength() < 3


def test_a_picture_for_a_file_has_no_handles(plane, tmp_path):
    neuron = Neuron((0.5, 0.0), 0.0)
    plane.show_scene(Region(neuron.outputs, neuron, 0.5, 0.5), [Line(neuron)], [])
    export_png(plane, tmp_path / "without.png")
    handles = LineHandles(plane, 0, "w", "it")
    handles.show(neuron)
    for each in (handles.shift, handles.turn):
        each.show()
    on_screen = plane.grab().toImage()
    export_png(plane, tmp_path / "with.png")
    pictures = [QImage(str(tmp_path / name)) for name in ("without.png", "with.png")]
    assert pictures[0] == pictures[1] and pictures[0].size() == 3 * QSize(300, 260)
    assert plane.grab().toImage() == on_screen


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("projector", [False, True])
def test_everything_is_drawn_inside_in_every_theme(plane, switch, theme, projector):
    neuron = Neuron((0.5, 0.25), 0.0)
    spots = [
        Spot((x, y), target=t, wrong=t == 1, name="name") for x, y, t in ((-0.9, -0.9, 0), (0.9, 0.9, 1), (0, 0, None))
    ]
    plane.has_key = True
    plane.clearFocus()  # whose frame is on the edge
    plane.show_scene(
        Region(neuron.outputs, neuron, 0.5, 0.5), [Line(neuron, "name", arrow=(0, 0), arrow_name="w")], spots
    )
    switch.choose(theme)
    switch.set_projector(projector)
    view = plane.view
    assert plane.rect().contains(view.square.toRect())
    picture = plane.grab().toImage()
    ground = picture.pixelColor(1, 1)
    border = [picture.pixelColor(x, y) for x in (0, picture.width() - 1) for y in range(picture.height())]
    assert all(color == ground for color in border)  # nothing reaches the edge


@pytest.mark.parametrize(
    ("value", "text"), [(0.5, "0.5"), (-0.7, "−0.7"), (1, "1"), (-1e-9, "0"), (0.1 + 0.2, "0.3"), (12.3456, "12.346")]
)
def test_figures(value, text):
    assert figure(value) == text


def test_signs():
    assert (factor(-2), factor(2), added(-0.5), added(0.5), pair((1, -2))) == ("(−2)", "2", "− 0.5", "+ 0.5", "(1, −2)")


def test_a_bend_is_drawn_where_the_answer_is_the_middle(plane, color_at):
    plane.show_scene(Region(lambda p: np.abs(p[:, 0]) - 0.5, "bend", 0, 1, "y", boundary=True), [], [])
    assert color_at(plane, (0.5, 0.3)).lightness() < 80 and color_at(plane, (-0.5, 0.3)).lightness() < 80
    assert color_at(plane, (0.2, 0.3)).lightness() > 120


def test_what_stays_the_same_is_not_painted_again(plane, qtbot):
    painted = []
    paint = plane.paint
    plane.paint = lambda *arguments: (painted.append(1), paint(*arguments))
    first, second = Neuron((0.5, 0.0), 0.0), Neuron((0.5, 0.0), 0.1)
    for neuron, count in ((first, 1), (replace(first), 1), (second, 2)):
        plane.show_scene(Region(neuron.outputs, neuron, 0.5, 0.5), [Line(neuron)], [Spot((0.0, 0.0), 1)])
        qtbot.wait(1)
        qtbot.waitUntil(lambda count=count: len(painted) == count)
