"""The gradient check, through clicks and keys: what it finds, says and shows."""

import re
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from gui.check_views.heat_colors import shade
from gui.panels.check_panel import CheckPanel
from gui.theme import DARK, LIGHT
from model.difference_steps import STEPS
from model.experiment_file import from_plain
from model.faults import FAULTS
from model.next_step import next_step
from model.trainer import Trainer

SIZE = (700, 430)


def experiment(*hidden, units=4, activation="tanh", **fields):
    """Xor, which needs no data; `hidden`: how many neurons each hidden layer has."""
    layers = [each for n in hidden or (units,) for each in ({"type": "affine", "units": n}, {"type": activation})]
    return from_plain(
        {
            "format": "downhill-experiment",
            "data": {"dataset": {"type": "xor", "samples": 60}},
            "network": {"layers": [*layers, {"type": "affine", "units": 1}]},
            "loss": {"type": "sigmoid_cross_entropy"},
            **fields,
        }
    )


LARGE = experiment(150, 150, batches={"size": 40})  # its check takes seconds


@pytest.fixture
def show(show_panel):
    """show(experiment) -> the panel on the screen, at step 0."""
    return lambda chosen: show_panel(CheckPanel, chosen, SIZE)


@pytest.fixture
def check(qtbot):
    """check(panel): press the button and wait for the result."""

    def press(panel):
        before = panel.result.finding
        qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
        assert panel.controls.button.text() == "Cancel"
        qtbot.waitUntil(lambda: not panel.busy, timeout=20_000)
        assert panel.result.finding is not before and panel.controls.button.text() == "Check the gradient"
        return panel.result.finding

    return press


def done(panel):
    """How many parameters are compared, as the panel says it."""
    found = re.match("parameter ([0-9,]+) of ", panel.controls.note.text())
    return int(found[1].replace(",", "")) if found else 0


def switch_on(qtbot, panel, fault, column=None):
    """Choose a fault, and the layer with this title, as a person does."""
    pick(qtbot, panel.controls.faults.fault, FAULTS[fault].label)
    if column is not None:
        pick(qtbot, panel.controls.faults.layer, column)


def pick(qtbot, box, text):
    """Go down a list to this entry, with the keyboard."""
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if box.currentText() != text:
            qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == text


def color_of(theme, name):
    return QColor(getattr(theme, name)).name()


def ink_of(label):
    return label.palette().color(label.foregroundRole()).name()


def test_before_the_first_check_it_explains_itself(show):
    panel = show(experiment())
    assert panel.introduction.isVisible() and not panel.result.isVisible()
    assert panel.controls.button.text() == "Check the gradient" and panel.exports() == []


def test_a_right_gradient_agrees(show, check):
    panel = show(experiment(4, 3))
    found = check(panel).report
    assert panel.result.isVisible() and not panel.introduction.isVisible()
    assert "✓" in panel.result.verdict.text() and "Backpropagation and differences agree" in panel.result.verdict.text()
    assert ink_of(panel.result.verdict) == color_of(LIGHT, "accent")
    worst = found.comparison.worst
    assert worst.name in panel.result.verdict.text()
    details = panel.result.details.text()
    assert f"backpropagation {worst.analytic:.9g}, differences {worst.numerical:.9g}" in details
    assert found.comparison.parameters == 12 + 15 + 4 == panel.session.run.layout.size
    assert panel.result.origin.text() == (
        "Checked at step 0, on the batch of the next step (10 samples), h = 1e-5, no fault."
    )


def test_it_is_the_gradient_that_the_next_step_takes(show, check, qtbot):
    panel = show(experiment())
    for _ in range(3):
        panel.session.step()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 3)
    found = check(panel)
    trainer = Trainer(experiment())
    trainer.advance(3)
    expected = next_step(trainer).loss().gradient()
    analytic = np.concatenate([each.analytic.ravel() for each in found.report.comparison.arrays])
    np.testing.assert_array_equal(analytic, expected)
    assert "at step 3," in panel.result.origin.text()
    panel.session.step()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 4)
    qtbot.waitUntil(lambda: "at another step by now" in panel.result.origin.text())
    assert panel.session.progress.snapshot.batch.tolist() == found.at.batch.tolist()


def alarming(panel):
    """The arrays of which some cell on the screen has the colour of something wrong."""
    picture = panel.result.map.grab().toImage()
    found = panel.result.map._found
    strong = shade(np.array([1.5e-4, 1.0, np.inf]), 1e-4, LIGHT)[:, :3].astype(float)
    names = []
    for block in panel.result.map.blocks():
        for grid in block.grids:
            colors = []
            for row in range(grid.rows):
                for column in range(grid.columns):
                    # Off the middle, where no ring and no line is.
                    cell = grid.cell(row, column)
                    point = cell.center().toPoint() + QPoint(1, 1)
                    colors.append(QColor(picture.pixel(point)).getRgb()[:3])
            ground = QColor(LIGHT.warning).getRgb()[:3]
            near = np.linalg.norm(np.array(colors, float) - np.array(ground, float), axis=1)
            if (near <= np.linalg.norm(strong[0] - strong[2]) + 3).any():
                names.append(found.arrays[grid.array].entry.full_name)
    return names


ALL = ["layers[0].weights", "layers[0].bias", "layers[2].weights", "layers[2].bias", "layers[4].weights"]


@pytest.mark.parametrize(
    ("fault", "column", "wrong", "words"),
    [
        ("sign flipped", "Hidden 2", ["layers[2].weights"], "Only the weights of Hidden 2 are off"),
        ("weights transposed", "Hidden 2", ["layers[2].weights"], "Only the weights of Hidden 2 are off"),
        ("bias forgotten", "Hidden 1", ["layers[0].bias"], "Only the biases of Hidden 1 are off"),
        ("derivative omitted", "Hidden 2", ALL[:4], "meets the biases of Hidden 2 first"),
        ("batch not divided", None, [*ALL, "layers[4].bias"], "Every array is off"),
    ],
)
def test_every_fault_is_found_and_seen(show, check, qtbot, fault, column, wrong, words):
    panel = show(experiment(4, 4))
    switch_on(qtbot, panel, fault, column)
    assert FAULTS[fault].meaning in panel.controls.note.text()
    check(panel)
    said = panel.result.verdict.text()
    assert "✗" in said and f"The fault “{FAULTS[fault].label}” is found." in said and "They disagree" in said
    assert ink_of(panel.result.verdict) == color_of(LIGHT, "warning")
    assert words in panel.result.details.text()
    assert alarming(panel) == wrong
    assert "Wrong at every h" in panel.result.curve.text()
    assert f"fault: {FAULTS[fault].label}" in panel.result.origin.text()
    # Switched off, nothing of it is left.
    pick(qtbot, panel.controls.faults.fault, "No fault")
    check(panel)
    assert alarming(panel) == [] and "agree" in panel.result.verdict.text()


def test_training_knows_nothing_of_a_fault(show, check, qtbot):
    panel = show(experiment(4, 4))
    switch_on(qtbot, panel, "sign flipped", "Hidden 2")
    check(panel)
    for _ in range(2):
        panel.session.step()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 2)
    trainer = Trainer(experiment(4, 4))
    trainer.advance(2)
    np.testing.assert_array_equal(panel.session.progress.snapshot.parameters, trainer.network.parameters)


def test_where_a_fault_cannot_show_that_is_said(show, check, qtbot):
    panel = show(experiment(4))
    switch_on(qtbot, panel, "weights transposed", "Output")  # (4, 1)
    check(panel)
    said = panel.result.verdict.text()
    assert "is not found" in said and "single row or column" in said and "✓" in said


def test_a_fault_that_has_no_place_cannot_be_chosen(show, qtbot):
    panel = show(experiment(4))
    row = panel.controls.faults.fault.findData("derivative omitted")
    switch_on(qtbot, panel, "derivative omitted", "Hidden 1")
    assert panel.controls.faults.layer.isVisible()
    panel.session.propose(experiment(4, activation="identity"), "another activation")
    qtbot.waitUntil(lambda: not panel.controls.faults.fault.model().item(row).isEnabled())
    assert panel.controls.faults.fault.currentText() == "No fault" and not panel.controls.faults.layer.isVisible()


def test_kinks_are_skipped_counted_and_grey(show, check, qtbot):
    zero = {"type": "affine", "units": 2, "weights": {"type": "zero"}}  # every ReLU stands at its kink
    network = {"layers": [zero, {"type": "relu"}, {"type": "affine", "units": 1}]}
    panel = show(experiment(network=network))
    found = check(panel).report.comparison
    assert found.skipped == 6
    assert "Skipped: 6 of 9 parameters" in panel.result.details.text()
    header, rows = panel.result.map.export_rows()
    skipped = [row for row in rows if row[4] == "yes"]
    assert header[4] == "skipped" and len(skipped) == 6 and all(row[3] == "" for row in skipped)
    block = panel.result.map.blocks()[0]
    assert "skipped: the step crosses a kink" in panel.result.map.text_at(block.grids[0].cell(1, 1).center())


@pytest.mark.parametrize(
    ("step", "words"), [("1e-15", "The step 1e-15 is too small"), ("0.5", "The step 0.5 is too large")]
)
def test_the_verdict_knows_about_the_step(show, check, qtbot, step, words):
    panel = show(experiment(4))
    box = panel.controls.boxes["step"]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, step)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert panel.controls.settings.step == float(step)
    check(panel)
    assert words in panel.result.verdict.text() and "⚠" in panel.result.verdict.text()
    assert ink_of(panel.result.verdict) == color_of(LIGHT, "warning") and alarming(panel)
    plot = panel.result.plot
    assert plot.chosen.x[0] == pytest.approx(np.log10(float(step))) and plot.chosen.label == f"h = {step}"
    assert plot.usual.isVisible() and plot.usual.label == "usual h = 1e-5"


def test_a_step_that_is_none_is_refused_and_the_old_one_stays(show, check, qtbot):
    panel = show(experiment(4))
    box = panel.controls.boxes["step"]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "-3")
    with qtbot.waitSignal(box.refused) as refused:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert "difference step must be above 0" in refused.args[0]
    assert panel.controls.settings.step == 1e-5 and box.text() == "1e-5"


def test_the_error_over_the_step_is_a_v(show, check):
    panel = show(experiment(4))
    found = check(panel).report
    plot = panel.result.plot
    assert plot.log and len(plot.median.x) == len(STEPS) == 15
    best = 10 ** plot.median.x[int(np.nanargmin(plot.median.y))]
    assert 1e-7 < best < 1e-3
    assert "falls as h²" in panel.result.curve.text() and f"h = {best:.0e}" in panel.result.curve.text()
    lifted = int(np.isnan(plot.single.x).sum())
    assert lifted == len(found.sample) == 17
    text = plot.readout(-5.2, 0)
    assert text.startswith("h = 1e-5\nmedian error ")
    header, rows = plot.export_rows()
    assert header[:3] == ("h", "median", "layers[0].weights[0, 0]")
    assert [row[0] for row in rows] == list(STEPS)
    assert plot.limit.y.tolist() == [1e-4, 1e-4]


def test_cancel_in_the_middle(show, qtbot):
    panel = show(LARGE)
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: panel.controls.note.text().startswith("parameter ") and "parameter 0 " not in panel.controls.note.text()
    )
    assert "of 23,251" in panel.controls.note.text()
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    assert (
        not panel.busy
        and panel.controls.button.text() == "Check the gradient"
        and "parameter" not in panel.controls.note.text()
    )
    panel._work._thread.join(2)
    assert not panel._work._thread.is_alive()
    assert panel.result.finding is None and panel.introduction.isVisible()


def test_escape_cancels_and_enter_begins(show, qtbot):
    panel = show(LARGE)
    panel.controls.button.setFocus()
    qtbot.keyClick(panel.controls.button, Qt.Key.Key_Return)
    assert panel.busy
    qtbot.keyClick(panel.controls.button, Qt.Key.Key_Escape)
    assert not panel.busy


def test_a_check_while_the_network_learns(show, check, qtbot):
    panel = show(experiment(8, 8))
    panel.session.play()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step > 20)
    found = check(panel)
    assert panel.session.playing and found.agrees and found.at.step > 20
    trained = panel.session.progress.snapshot.step
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step > trained + 20)
    qtbot.waitUntil(lambda: "at another step by now" in panel.result.origin.text())
    panel.session.pause()
    qtbot.waitUntil(lambda: not panel.session.progress.playing)


def test_training_and_pictures_go_on_during_a_long_check(show, qtbot):
    panel = show(LARGE)
    panel.session.play()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step > 2)
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: panel.controls.note.text().startswith("parameter ") and "parameter 0 " not in panel.controls.note.text()
    )
    before = panel.session.progress.snapshot.step
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step > before + 20)
    assert panel._work.busy
    panel.session.pause()
    panel.cancel()


def test_another_network_ends_a_check_and_forgets_the_result(show, check, qtbot):
    panel = show(experiment(4))
    check(panel)
    panel.session.propose(LARGE, "another network")
    qtbot.waitUntil(panel.introduction.isVisible)
    assert panel.result.finding is None and panel.exports() == []
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    panel.session.propose(experiment(3), "yet another")
    qtbot.waitUntil(lambda: not panel.busy)
    assert panel.introduction.isVisible()


def test_other_batches_in_the_midst_of_a_run_leave_the_result(show, check, qtbot):
    panel = show(experiment(4))
    panel.session.step()
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 1)
    check(panel)
    batches = type(panel.session.experiment.batches)(size=7)
    run = panel.session.run
    panel.session.change("batches of 7", batches=batches)
    qtbot.waitUntil(lambda: panel.session.run is not run)
    assert panel.result.finding is not None and panel.result.isVisible()
    assert len(check(panel).at.batch) == 7


def test_single_precision_is_checked_in_double(show, check):
    panel = show(experiment(4, precision="float32"))
    found = check(panel)
    assert found.agrees and found.at.parameters.dtype == np.float32
    assert "in float64" in panel.result.origin.text()


def test_hovering_names_and_clicking_selects_a_parameter(show, check, qtbot):
    panel = show(experiment(4, 3))
    found = check(panel).report.comparison
    heat = panel.result.map
    weights = heat.blocks()[1].grids[0]  # (4, 3)
    place = weights.cell(2, 1).center().toPoint()
    qtbot.mouseMove(heat, place)
    qtbot.waitUntil(heat.label.isVisible)
    array = found.arrays[2]
    assert heat.label.text().split("\n") == [
        "weight 3→2 of Hidden 2",
        "layers[2].weights[2, 1]",
        f"backpropagation {array.analytic[2, 1]:.9g}",
        f"differences {array.numerical[2, 1]:.9g}",
        f"relative error {array.errors[2, 1]:.2g}",
    ]
    qtbot.mouseClick(heat, Qt.MouseButton.LeftButton, pos=place)
    index = panel.session.selection.parameter
    assert panel.session.run.layout.locate(index) == (array.entry, (2, 1))


def test_the_arrow_keys_go_through_the_cells_and_enter_selects(show, check, qtbot):
    panel = show(experiment(4, 3))
    worst = check(panel).report.comparison.worst
    heat = panel.result.map
    heat.setFocus()
    qtbot.keyClick(heat, Qt.Key.Key_Down)  # at first to the worst
    assert worst.name in heat.label.text() and heat.label.isVisible()
    qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert panel.session.selection.parameter == worst.index
    qtbot.keyClick(heat, Qt.Key.Key_Down)
    assert worst.name not in heat.label.text() and "backpropagation" in heat.accessibleDescription()
    panel.session.selection.select_parameter(0)
    assert heat._selected == 0


def test_exports(show, check):
    panel = show(experiment(4))
    found = check(panel).report.comparison
    (map_name, heat, rows), (plot_name, plot, _) = panel.exports()
    assert map_name == "Relative error of every parameter" and plot_name == "Error of differences by step"
    assert (heat, plot) == (panel.result.map, panel.result.plot)
    header, table = rows()
    table = list(table)
    assert header == ("parameter", "backpropagation", "differences", "relative error", "skipped")
    assert len(table) == found.parameters == 17
    assert table[5] == (
        "layers[0].weights[1, 1]",
        *(float(each[1, 1]) for each in (found.arrays[0].analytic, found.arrays[0].numerical, found.arrays[0].errors)),
        "no",
    )


def test_a_bad_cell_of_a_layer_with_more_cells_than_pixels_is_seen(show, check, qtbot):
    panel = show(experiment(300, units=300))
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.busy, timeout=20_000)
    found = panel.result.finding.report.comparison
    assert alarming_pixels(panel) == 0
    found.arrays[0].errors[1, 150] = 1.0
    panel.result.map.show_comparison(found, panel.result.finding.names)
    assert alarming_pixels(panel) >= 1
    grid = panel.result.map.blocks()[0].grids[0]
    assert grid.cell(0, 0).width() < 2
    place = grid.cell(1, 150).center()
    assert panel.result.map.cell_at(place)[0] == 0


def alarming_pixels(panel):
    """In the area of the first weights."""
    picture = panel.result.map.grab().toImage()
    area = panel.result.map.blocks()[0].grids[0].area.toAlignedRect()
    wanted = QColor(LIGHT.warning).name()
    points = ((x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom()))
    return sum(QColor(picture.pixel(x, y)).name() == wanted for x, y in points)


def test_the_window_closes_at_once_during_a_check(open_window, qtbot):
    window = open_window(LARGE, "large")
    window.docks["check"].raise_()
    panel = next(each for each in window.panels if isinstance(each, CheckPanel))
    window.session.play()
    qtbot.waitUntil(panel.is_seen)
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: done(panel) > 0)
    thread = panel._work._thread
    assert thread.is_alive()
    assert window.close()
    assert not thread.is_alive()
    assert done(panel) < panel._parameters  # it was not waited for


def test_a_press_for_a_network_that_is_gone_says_so(show, qtbot):
    panel = show(experiment(4))
    panel._waiting, panel._question = True, 7
    trainer = Trainer(experiment(3))
    panel._begin_check(7, next_step(trainer))
    assert not panel.busy and "no network to check yet" in panel.controls.note.text()
    panel._waiting = True
    panel._begin_check(6, next_step(Trainer(experiment(4))))  # an answer to an older question
    assert panel._waiting and not panel._work.busy


def test_an_error_in_the_check_leaves_a_sentence_and_a_button(show, qtbot, monkeypatch):
    reported = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: reported.append(kind))
    panel = show(experiment(4))
    monkeypatch.setattr("gui.panels.check_panel.report", lambda *_: 1 / 0)
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel.busy)
    assert reported == [ZeroDivisionError] and "ended by an error" in panel.controls.note.text()
    assert panel.controls.button.text() == "Check the gradient"


def test_dark_and_large(show, check, switch):
    panel = show(experiment(4))
    check(panel)
    switch.choose("dark")
    switch.set_projector(True)
    assert ink_of(panel.result.verdict) == color_of(DARK, "accent")
    assert alarming(panel) == []
    corner = QColor(panel.result.map.grab().toImage().pixel(1, 1)).name()
    assert corner == color_of(DARK, "panel")


def test_nothing_moves_when_nothing_happens(show, check, qtbot):
    panel = show(experiment(4))
    check(panel)
    qtbot.waitUntil(lambda: not panel.clock.running)
    assert not panel._work.busy
    panel._work._thread.join(2)
    assert not panel._work._thread.is_alive()


def test_another_choice_is_not_answered_by_the_result_before(qtbot, switch, show_panel):
    panel = show_panel(CheckPanel, experiment(4), (700, 470))
    qtbot.mouseClick(panel.controls.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.result.finding is not None and not panel.busy)
    good = panel.result.verdict.text()
    assert "✓" in good
    panel.controls.faults.fault.setCurrentIndex(1)
    panel.controls.faults.fault.activated.emit(1)
    assert "✓" not in panel.result.verdict.text()
    assert "Something else is chosen now" in panel.result.verdict.text()
    panel.controls.faults.fault.setCurrentIndex(0)
    panel.controls.faults.fault.activated.emit(0)
    assert panel.result.verdict.text() == good
