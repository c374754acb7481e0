import csv

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from gui.export import export_csv
from gui.palette import curve_color
from gui.race_plot import downhill_arrows
from gui.race_view import RaceView
from model.landscape import Bowl, Race
from model.optimizers import SGD

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot, switch):
    made = RaceView()
    qtbot.addWidget(made, before_close_func=close_plot)
    made.resize(430, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made


def close_plot(view):
    view.plot.setParent(None)
    view.plot.close()
    view.plot.deleteLater()


def texts(view):
    return [label.text() for label in view.heights]


def expected(steps, **changes):
    race = Race(**changes)
    for _ in range(steps):
        race.step()
    return race


def popup(qtbot):
    def found():
        return [w for w in QApplication.topLevelWidgets() if w.objectName() == "optimizer popup" and w.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def close(qtbot, window):
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))


def test_all_stand_at_the_start_and_say_its_height(view):
    assert [box.text() for box in view.boxes] == ["SGD", "Momentum", "AdaGrad", "RMSProp", "Adam"]
    assert texts(view) == ["6.5"] * 5  # 49 / 20 + 4 = 6.45
    assert view.position.text() == "step 0" and view.start.text() == "-7, 2"
    assert view.plot.x_label == "x" and view.plot.y_label == "y"


def test_a_step_moves_all_five(view, qtbot):
    qtbot.mouseClick(view.one, LEFT)
    assert view.position.text() == "step 1"
    for line, path in zip(view.lines, expected(1).paths, strict=True):
        np.testing.assert_array_equal(np.stack([line.x, line.y], axis=1), path)
    assert view.lines[0].x[1] == pytest.approx(-7 + 0.95 * 0.7)  # SGD: x - lr x / 10


def test_playing_pauses_at_thirty_steps_and_goes_on_at_the_next_press(view, qtbot):
    view._timer.setInterval(0)
    qtbot.mouseClick(view.play, LEFT)
    assert view.play.text() == "Pause"
    qtbot.waitUntil(lambda: not view.playing)
    assert view.position.text() == "step 30" and view.play.text() == "Play"
    np.testing.assert_array_equal(view.lines[4].x, expected(30).paths[4][:, 0])
    qtbot.mouseClick(view.play, LEFT)
    qtbot.waitUntil(lambda: view.race.steps > 40)
    qtbot.mouseClick(view.play, LEFT)
    assert not view.playing


def test_reset_brings_all_back(view, qtbot):
    for _ in range(3):
        qtbot.mouseClick(view.one, LEFT)
    qtbot.mouseClick(view.again, LEFT)
    assert view.position.text() == "step 0" and texts(view) == ["6.5"] * 5
    assert all(len(line.x) == 1 for line in view.lines)


def test_hidden_it_does_not_play(view, qtbot):
    qtbot.mouseClick(view.play, LEFT)
    assert view.playing
    view.hide()
    assert not view.playing


def test_a_click_in_the_plot_chooses_the_start_and_runs_up_to_the_same_step(view, qtbot):
    for _ in range(5):
        qtbot.mouseClick(view.one, LEFT)
    place = view.plot.mapFromScene(view.plot.view.mapViewToScene(QPointF(-3, 2)))
    qtbot.mouseClick(view.plot.viewport(), LEFT, pos=place)
    x, y = view.race.start
    assert (x, y) == pytest.approx((-3, 2), abs=0.15)
    assert view.start.text() == f"{x:g}, {y:g}" and view.position.text() == "step 5"
    np.testing.assert_array_equal(view.lines[1].y, expected(5, start=(x, y)).paths[1][:, 1])


@pytest.mark.parametrize(
    ("typed", "start"), [("1, -2", (1, -2)), ("1;2", (1, 2)), ("x", (-7, 2)), ("1, 1e999", (-7, 2))]
)
def test_the_start_can_be_typed_and_nonsense_leaves_it(view, qtbot, typed, start):
    view.start.selectAll()
    qtbot.keyClicks(view.start, typed)
    qtbot.keyClick(view.start, Qt.Key.Key_Return)
    assert view.race.start == start
    assert view.start.text() == "{:g}, {:g}".format(*start)


def test_a_constant_is_edited_in_place_and_the_race_shows_it_at_once(view, qtbot):
    for _ in range(4):
        qtbot.mouseClick(view.one, LEFT)
    qtbot.mouseClick(view.editors[0], LEFT)
    window = popup(qtbot)
    rate = window.form.editor_of("learning_rate")
    rate.selectAll()
    qtbot.keyClicks(rate, "0.5")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    np.testing.assert_array_equal(view.lines[0].y, [2, 0, 0, 0, 0])  # 1 - 2 lr is 0: y is at the bottom at once
    np.testing.assert_array_equal(view.lines[4].y, expected(4).paths[4][:, 1])  # the others as before
    qtbot.mouseClick(window.usual, LEFT)
    assert view.race.optimizers[0].learning_rate == 0.95
    close(qtbot, window)


def test_unticked_an_optimizer_is_neither_drawn_nor_exported(view, qtbot, tmp_path):
    qtbot.mouseClick(view.one, LEFT)
    view.boxes[1].click()
    assert not view.lines[1].isVisible() and not view.heights[1].isVisible()
    export_csv(*view.rows(), tmp_path / "race.csv")
    with (tmp_path / "race.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert {row["optimizer"] for row in table} == {"SGD", "AdaGrad", "RMSProp", "Adam"}
    assert table[0] == {"optimizer": "SGD", "step": "0", "x": "-7.0", "y": "2.0", "f": "6.45"}
    assert len(table) == 8


def test_one_that_leaves_for_infinity_is_said_to_diverge(view, qtbot):
    view._retune(0, SGD(learning_rate=1000.0))
    for _ in range(100):
        view.race.step()
    view._show()
    assert texts(view)[0] == "diverged"
    assert np.isfinite(view.lines[0].x).all() and np.abs(view.lines[0].y).max() < 1e6
    (x_low, x_high), _ = view.plot.view.viewRange()
    assert x_high - x_low < 100  # the others are still to be seen


def test_enter_presses_the_button_that_has_the_focus_and_space_is_left_to_the_window(view, qtbot):
    view.one.setFocus()
    qtbot.keyClick(view.one, Qt.Key.Key_Return)
    assert view.race.steps == 1
    assert view.play.focusPolicy() == Qt.FocusPolicy.TabFocus  # a click does not take the keyboard


def test_one_unit_is_as_long_upwards_as_sideways(view, qtbot):
    width, height = view.plot.view.width(), view.plot.view.height()
    (x_low, x_high), (y_low, y_high) = view.plot.view.viewRange()
    assert (x_high - x_low) / width == pytest.approx((y_high - y_low) / height, rel=0.02)


def test_contours_arrows_and_paths_are_seen_in_their_colours(view, qtbot):
    for _ in range(10):
        qtbot.mouseClick(view.one, LEFT)
    picture = view.plot.grab().toImage()
    found = {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}
    for name in ("sgd", "momentum", "adagrad", "rmsprop", "adam"):
        assert curve_color(name).name() in found
    assert len(view.plot._contours.xData) > 1000 and len(view.plot._arrows.xData) > 100


def test_arrows_point_downhill_and_are_longer_where_it_is_steeper():
    shafts = downhill_arrows(Bowl())
    shafts = shafts[: len(shafts) // 3]
    along = shafts[:, 1] - shafts[:, 0]
    middle = shafts.mean(axis=1)
    slope = np.stack(Bowl().gradient(middle[:, 0], middle[:, 1]), axis=-1)
    assert ((along * slope).sum(axis=1) < 0).all()
    np.testing.assert_allclose(along[:, 0] * slope[:, 1] - along[:, 1] * slope[:, 0], 0, atol=1e-9)  # parallel
    near, far = (np.linalg.norm(along[np.abs(np.abs(middle[:, 1]) - y) < 0.01], axis=1) for y in (1.25, 3.75))
    assert near.max() < far.min()


def test_the_readout_says_the_height(view):
    assert view.plot.readout(-7, 2) == "x -7, y 2\nf(x, y) = 6.45\nclick: start here"
