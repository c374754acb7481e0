"""The inspector: whatever is selected shows its formula with the numbers of the step, and the code behind them."""

import csv
import time

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, QPointF, Qt
from shiboken6 import isValid

from gui.export import export_csv, export_png
from gui.formulas.term import number_text
from gui.frame_clock import INTERVAL, PATIENCE
from gui.inspector.code import source_of
from gui.motion import motion
from gui.panels.inspector_panel import InspectorPanel
from gui.selection import INPUTS, Column, CurvePoint, LossValue, Parameter, Unit
from model.batch_loss import BatchLoss
from model.experiment import Stop
from model.layers.affine import AffineLayer
from model.layers.tanh import TanhLayer
from model.starters import starter
from model.trainer import Trainer

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def show(show_panel):
    """show(name) -> the panel on the screen, with the starter `name` at step 0."""
    motion().set_reduced(True)
    yield lambda name="xor": show_panel(InspectorPanel, starter(name), (340, 470))
    motion().set_reduced(False)


@pytest.fixture
def select(qtbot):
    """select(panel, subject): and wait for the numbers of the step that comes next."""

    def selected(panel, subject):
        panel.session.selection.select(subject)
        qtbot.waitUntil(lambda: panel._step is not None and not panel._asking)

    return selected


def terms(panel):
    """Every number on the page by its name, as it is written; the last of each name."""
    page = panel.page.page
    return {t.name: t for s in page.sections for row in s.rows for t in row if t.value is not None}


def texts(panel):
    return "\n".join(view.formulas.text() for view in panel.page.sections if view.isVisibleTo(panel))


def walk_to(qtbot, panel, kind, layer=-1):
    walk = panel.session.phases
    while walk.step is None or (walk.phase.kind, walk.phase.layer) != (kind, layer):
        with qtbot.waitSignal(walk.changed):
            walk.forward()


def test_nothing_selected_says_what_to_do(show):
    panel = show()
    assert "Select a neuron" in panel.page.meaning.text()
    assert panel.exports() == []
    assert not panel.follows()


def test_a_neurons_sum_has_the_numbers_of_the_samples_row(show, select):
    panel = show()
    select(panel, Unit(0, 2))
    step = Trainer(starter("xor")).look_inside()
    assert panel.page.title.text() == "Hidden 1, neuron 3"
    found = terms(panel)
    z, y = step.values[1][0, 2], step.values[2][0, 2]
    assert found["z[3]"].value == z  # its row of the arrays, to the last bit
    assert found["z[3]"].text.strip("()") == number_text(z)
    assert found["y[3]"].value == y
    assert found["∂L/∂y[3]"].value == step.gradients[2][0, 2]
    assert found["∂L/∂z[3]"].value == step.gradients[1][0, 2]
    x = step.values[0][0]
    w = panel._run.layout.view(step.parameters, 0, "weights")[:, 2]
    shown = [found[f"x[{i + 1}] (Input {name})"].value for i, name in enumerate(("x1", "x2"))]
    assert shown == x.tolist()
    assert [found["w[1,3]"].value, found["w[2,3]"].value] == w.tolist()
    assert x @ w + found["b[3]"].value == pytest.approx(z, rel=1e-12)


def test_upstream_times_local_is_downstream(show, select):
    panel = show()
    select(panel, Unit(0, 1))
    (section,) = [s for s in panel.page.page.sections if s.heading == "Upstream × local = downstream"]
    by_word = {t.under: t.value for t in section.rows[-1] if t.under}
    assert by_word["upstream"] * by_word["local"] == pytest.approx(by_word["downstream"], rel=1e-12)
    step = Trainer(starter("xor")).look_inside()
    assert by_word["downstream"] == step.gradients[1][0, 1]


def test_another_sample_and_the_whole_batch(show, select, qtbot):
    panel = show()
    select(panel, Unit(0, 0))
    step = Trainer(starter("xor")).look_inside()
    panel.bar.row.setValue(4)
    assert panel.session.phases.row == 3
    assert terms(panel)["z[1]"].value == step.values[1][3, 0]
    assert f"training sample {step.batch[3] + 1}" in panel.page.where_from.text()
    panel.bar.row.setValue(0)
    assert panel.bar.row.text() == "whole batch"
    assert terms(panel)["z[1]"].value == step.values[1].mean(axis=0)[0]
    assert terms(panel)["∂L/∂z[1]"].value == step.gradients[1].sum(axis=0)[0]
    assert "means" in panel.page.where_from.text()


def test_a_weights_gradient_is_the_sum_over_the_batch(show, select):
    panel = show()
    index = starter_index(panel, 0, "weights", 1, 2)
    select(panel, Parameter(index))
    step = Trainer(starter("xor")).look_inside()
    assert panel.page.title.text() == "Weight x2→3 of Hidden 1"
    assert terms(panel)["∂L/∂w[2,3]"].value == step.gradient[index]
    share = step.values[0][0, 1] * step.gradients[1][0, 2]
    assert terms(panel)["this sample's share"].value == share
    rows = [float(step.values[0][row, 1] * step.gradients[1][row, 2]) for row in range(20)]
    (whole,) = [s for s in panel.page.page.sections if s.heading == "∂L/∂w[2,3], summed over the batch"]
    written = [t.value for t in whole.rows[0] if t.name.startswith("sample ")]
    assert written == [*rows[:4], rows[-1]]
    assert "20 terms" in whole.note
    assert sum(rows) == pytest.approx(step.gradient[index], rel=1e-9)


def test_that_gradient_is_the_numerical_one(show, select):
    panel = show()
    index = starter_index(panel, 0, "weights", 0, 1)
    select(panel, Parameter(index))
    step = panel._step
    loss = BatchLoss(starter("xor"), panel._run.parts, step.parameters, step.batch)
    values = []
    for change in (1e-5, -1e-5):
        loss.parameters[:] = step.parameters
        loss.parameters[index] += change
        values.append(loss.value())
    assert terms(panel)["∂L/∂w[1,2]"].value == pytest.approx((values[0] - values[1]) / 2e-5, rel=1e-6)


def test_the_update_is_the_one_that_is_then_done(show, select, qtbot):
    panel = show("spiral")  # Adam
    index = starter_index(panel, 2, "weights", 3, 4)
    select(panel, Parameter(index))
    assert "Update: Adam" in [section.heading for section in panel.page.page.sections]
    said = terms(panel)["w[4,5] after the update"].value
    with qtbot.waitSignal(panel.session.progressed):
        panel.session.step()
    assert panel.session.progress.snapshot.parameters[index] == said


def test_a_bias(show, select):
    panel = show()
    select(panel, Parameter(starter_index(panel, 0, "bias", 5)))
    assert panel.page.title.text() == "Bias of Hidden 1, neuron 6"
    assert "∂L/∂b[6]" in terms(panel)


def test_the_loss_of_a_sample_and_of_the_batch(show, select):
    panel = show("iris")
    select(panel, LossValue())
    step = Trainer(starter("iris")).look_inside()
    assert panel.page.title.text() == "Loss: Softmax cross entropy"
    found = terms(panel)
    assert found["the loss of this sample"].value == step.losses[0]
    assert found["the loss of the batch"].value == step.loss
    right = int(step.targets[0].argmax())
    assert found[f"p[{right + 1}]"].value == step.predictions[0, right]
    assert panel.page.table.texts()[right][3] == "1"
    shown = [row[4] for row in panel.page.table.texts()]
    assert [text.replace("−", "-") for text in shown] == [
        f"{value:.{3 if abs(value) >= 0.01 else 2}g}" for value in step.gradients[-1][0]
    ]


def test_a_column_is_a_product_of_matrices_and_a_table(show, select):
    panel = show()
    select(panel, Column(0))
    assert panel.page.title.text() == "Hidden 1: affine, 8 units, then Tanh"
    assert "Z = X W + b" in texts(panel)
    assert "20×8 = 20×2 · 2×8 + 8" in texts(panel)
    step = Trainer(starter("xor")).look_inside()
    values = [row.values for row in panel.page.page.table.rows]
    expected = np.stack([step.values[1][0], step.values[2][0], step.gradients[2][0], step.gradients[1][0]], axis=1)
    assert np.array_equal(np.array(values), expected)


def test_the_inputs(show, select):
    panel = show()
    select(panel, Column(INPUTS))
    step = Trainer(starter("xor")).look_inside()
    assert [row.values[0] for row in panel.page.page.table.rows] == step.values[0][0].tolist()
    select(panel, Unit(INPUTS, 1))
    assert panel.page.title.text() == "Input x2"
    assert len(panel.page.page.table.rows) == 8  # all that listen to it


def test_a_long_sum_says_how_many_terms_it_has(show, select):
    panel = show("digits")
    select(panel, Unit(0, 1))
    section = panel.page.page.sections[0]
    assert "64 terms" in section.note
    assert "…" in panel.page.sections[0].formulas.text()
    assert terms(panel)["z[2]"].value == Trainer(starter("digits")).look_inside().values[2][0, 1]


# Pointing


def test_a_term_tells_the_diagram_where_its_number_comes_from(show, select, qtbot):
    panel = show()
    select(panel, Unit(0, 2))
    qtbot.waitUntil(lambda: not panel.typesetter._missing)  # nothing moves any more
    view = panel.page.sections[0].formulas
    row = view.rows[1]
    place = next(n for n, term in enumerate(row) if term.name.startswith("x[2]"))
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, view.place_of(1, place).center().toPoint() + QPoint(4, 4))
    sources = panel.session.selection.sources
    assert sources.units == {Unit(INPUTS, 1)}
    assert sources.parameters == {starter_index(panel, 0, "weights", 1, 2)}
    panel.session.selection.select(LossValue())
    assert panel.session.selection.sources is None


def test_a_row_of_the_table_marks_its_neuron(show, select, qtbot):
    panel = show()
    select(panel, Column(0))
    panel.page.table.cellEntered.emit(3, 0)
    assert panel.session.selection.sources.units == {Unit(0, 3)}


# Walking


def test_the_page_follows_the_walk_and_shows_only_what_is_known(show, qtbot):
    panel = show()
    walk_to(qtbot, panel, "batch")
    assert panel.page.title.text() == "The mini-batch: 20 samples"
    walk_to(qtbot, panel, "forward", 0)
    assert panel.page.title.text() == "Forward: Hidden 1, Affine"
    assert {row[2] for row in panel.page.table.texts()} == {"·"}  # y comes with the next phase
    walk_to(qtbot, panel, "forward", 1)
    assert panel.page.title.text() == "Forward: Hidden 1, Tanh"
    assert "·" not in {row[2] for row in panel.page.table.texts()}
    walk_to(qtbot, panel, "loss")
    assert "the loss of the batch" in terms(panel)
    assert {row[-1] for row in panel.page.table.texts()} == {"·"}
    walk_to(qtbot, panel, "slope")
    assert {row[-1] for row in panel.page.table.texts()} != {"·"}
    walk_to(qtbot, panel, "backward", 1)
    assert panel.page.title.text() == "Backward: Hidden 1, Tanh"
    walk_to(qtbot, panel, "update")
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 1)
    qtbot.waitUntil(lambda: panel.page.page.table.rows[0].values[2] is not None)
    after = panel.session.progress.snapshot.parameters
    assert terms(panel)["w[1,1] after the update"].value == after[0]
    assert [row.values[2] for row in panel.page.page.table.rows] == after.tolist()


def test_a_number_is_a_symbol_before_its_phase(show, qtbot):
    panel = show()
    walk_to(qtbot, panel, "forward", 0)
    panel.session.selection.select(Unit(0, 1))
    assert panel.page.title.text() == "Hidden 1, neuron 2"
    assert "z[2]" in terms(panel) and "y[2]" not in terms(panel) and "∂L/∂z[2]" not in terms(panel)
    walk_to(qtbot, panel, "forward", 1)
    panel.bar.follow.click()  # no longer: back to the neuron
    assert not panel.bar.follow.isChecked()
    assert "y[2]" in terms(panel)
    walk_to(qtbot, panel, "slope")
    assert panel.page.title.text() == "Hidden 1, neuron 2"
    assert "∂L/∂y[2]" not in terms(panel)
    walk_to(qtbot, panel, "backward", 2)
    assert "∂L/∂y[2]" in terms(panel) and "∂L/∂z[2]" not in terms(panel)


def test_a_selection_during_the_walk_is_shown_until_the_next_phase(show, qtbot):
    panel = show()
    walk_to(qtbot, panel, "forward", 0)
    panel.session.selection.select(LossValue())
    assert panel.page.title.text().startswith("Loss:")
    with qtbot.waitSignal(panel.session.phases.changed):
        panel.session.phases.forward()
    assert panel.page.title.text() == "Forward: Hidden 1, Tanh"


# Running


def test_the_numbers_follow_at_most_four_times_a_second(show_panel, select, qtbot, monkeypatch):
    endless = structs.replace(starter("spiral"), stop=Stop())
    panel = show_panel(InspectorPanel, endless, (340, 470))
    select(panel, Unit(0, 0))
    asked = []
    plain = panel.session.ask_step
    monkeypatch.setattr(panel.session, "ask_step", lambda heard: asked.append(time.perf_counter()) or plain(heard))
    before = terms(panel)["z[1]"].value
    panel.session.play()
    qtbot.waitUntil(lambda: len(asked) >= 4)
    assert terms(panel)["z[1]"].value != before
    assert np.diff(asked).min() > 1 / panel.per_second - PATIENCE - INTERVAL / 1000
    panel.session.pause()
    qtbot.waitUntil(lambda: panel.session.is_answered(panel.session.progress) and not panel.clock.running)
    step = panel.session.progress.snapshot.step
    qtbot.waitUntil(lambda: panel._step.step == step)
    assert f"Step {step + 1:,}, the next one" in panel.page.where_from.text()
    asked.clear()
    panel.clock._wake()  # nothing has happened
    qtbot.waitUntil(lambda: not panel.clock.running)
    assert not asked


def test_a_hidden_panel_asks_for_nothing(show, qtbot, monkeypatch):
    panel = show()
    panel.hide()
    monkeypatch.setattr(panel.session, "ask_step", lambda heard: pytest.fail("nobody looks"))
    panel.session.selection.select(Unit(0, 0))
    with qtbot.waitSignal(panel.session.progressed):
        panel.session.step()


def test_another_network_forgets_the_numbers(show, select, qtbot):
    panel = show()
    select(panel, Unit(0, 7))
    panel.session.open(starter("iris"))
    qtbot.waitUntil(lambda: panel.page.title.text() == "Nothing is selected")
    qtbot.waitUntil(lambda: panel._run.experiment == starter("iris"))
    select(panel, Unit(0, 0))
    assert terms(panel)["z[1]"].value == Trainer(starter("iris")).look_inside().values[1][0, 0]


# Curves


def test_a_point_of_a_curve(show, qtbot):
    panel = show()
    with qtbot.waitSignal(panel.session.progressed):
        panel.session.step()
    panel.session.selection.select(CurvePoint("test loss", 0, 0.6931, "test loss"))
    assert panel.page.title.text() == "Test loss at step 0"
    assert terms(panel)["what was measured"].value == 0.6931
    assert "epoch 0" in panel.page.where_from.text()
    assert [f.__name__ for f in panel.page.page.code] == ["_measured", "forward"]
    qtbot.mouseClick(panel.page.go, LEFT)
    qtbot.waitUntil(lambda: panel.session.progress.snapshot.step == 0)


# Code


def test_show_me_the_code_shows_the_lines_of_the_file(show, select, qtbot):
    panel = show()
    select(panel, Unit(0, 0))
    assert panel.page.code.pieces == []
    qtbot.mouseClick(panel.page.show_code, LEFT)
    functions = [AffineLayer.forward, AffineLayer.backward, TanhLayer.forward, TanhLayer.backward]
    assert [piece.accessibleName() for piece in panel.page.code.pieces] == [f.__qualname__ for f in functions]
    for piece, function in zip(panel.page.code.pieces, functions, strict=True):
        source = source_of(function)
        lines = source.path.read_text(encoding="utf-8").split("\n")[source.first - 1 : source.last]
        assert [line.strip() for line in piece.toPlainText().split("\n")] == [line.strip() for line in lines]
        assert piece.isReadOnly()


def test_the_whole_page_opens_beside_the_window(show, select, qtbot):
    panel = show()
    select(panel, Unit(0, 0))
    panel.page.show_code.click()
    panel.page.code.buttons[1].click()
    page = panel.page.code.page
    source = source_of(AffineLayer.backward)
    assert page.isVisible() and not page.isModal()
    assert page.text.toPlainText() == source.path.read_text(encoding="utf-8")
    assert page.text.textCursor().blockNumber() == source.first - 1
    page.close()
    qtbot.waitUntil(lambda: not isValid(page))
    assert panel.page.code.page is None


def test_the_keyboard_goes_down_the_page(show, select, qtbot):
    panel = show()
    select(panel, Unit(0, 0))
    panel.page.show_code.click()
    page, stops = panel.page, []
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    page.sections[0].formulas.setFocus()
    for _ in range(12):
        stops.append(panel.focusWidget())
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    formulas = [view.formulas for view in page.sections if view.isVisible()]
    assert stops[: len(formulas)] == formulas
    assert stops[len(formulas)] is page.show_code
    assert stops[len(formulas) + 1 : len(formulas) + 3] == [page.code.buttons[0], page.code.pieces[0]]


# Looks and export


def test_nothing_is_wider_than_the_page(show, select, qtbot, switch):
    panel = show("digits")
    for projector in (False, True):
        switch.set_projector(projector)
        for subject in (Unit(0, 1), Parameter(3), LossValue(), Column(0), Column(INPUTS)):
            select(panel, subject)
            qtbot.waitUntil(lambda: not panel.typesetter._missing)
            for view in panel.page.sections:
                if view.isVisible():
                    assert all(s.room.right() <= view.formulas.width() for s in view.formulas._spots), subject
            assert panel.page.width() <= panel.width()


def test_another_theme(show, select, switch, qtbot):
    panel = show()
    select(panel, Unit(0, 1))
    qtbot.waitUntil(lambda: not panel.typesetter._missing)
    light = panel.grab().toImage()
    switch.choose("dark")
    dark = panel.grab().toImage()
    assert dark.pixelColor(3, 100).lightness() < 80 < light.pixelColor(3, 100).lightness()


def test_the_page_and_its_numbers_can_be_exported(show, select, tmp_path):
    panel = show()
    select(panel, Unit(0, 1))
    ((_, source, rows),) = panel.exports()
    export_png(source, tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 1000
    export_csv(*rows(), tmp_path / "page.csv")
    with (tmp_path / "page.csv").open(encoding="utf-8", newline="") as file:
        header, *table = csv.reader(file)
    assert header == ["kind", "part", "what", "value"]
    z = Trainer(starter("xor")).look_inside().values[1][0, 1]
    assert ["number", "Forward: the weighted sum", "z[2]", repr(float(z))] in table


# In the window


def test_a_click_in_the_diagram_is_shown(open_window, qtbot):
    window = open_window(starter("xor"), "xor")
    window.complete()
    panel = next(each for each in window.panels if isinstance(each, InspectorPanel))
    window.docks["inspector"].raise_()
    qtbot.waitUntil(panel.is_seen)
    canvas = next(each for each in window.panels if each.objectName() == "network panel").view.canvas
    qtbot.waitUntil(lambda: canvas.pictures is not None)
    qtbot.mouseClick(canvas, LEFT, pos=canvas.places.units[Unit(0, 1)].center())
    qtbot.waitUntil(lambda: panel.page.title.text() == "Hidden 1, neuron 2" and "z[2]" in terms(panel))
    link = next(n for n, line in enumerate(canvas.links.lines) if line.length() > 0)
    qtbot.mouseClick(canvas, LEFT, pos=canvas.links.lines[link].pointAt(0.2).toPoint())
    qtbot.waitUntil(lambda: panel.page.title.text().startswith("Weight "))


def test_a_click_on_a_curve_is_shown_and_a_drag_is_none(open_window, qtbot):
    window = open_window(starter("xor"), "xor")
    session = window.session
    for _ in range(3):
        with qtbot.waitSignal(session.progressed):
            session.step()
    plot = next(each for each in window.panels if each.objectName() == "loss panel").loss
    qtbot.waitUntil(lambda: len(plot.data["batch"][0]) == 3)
    steps, values = plot.data["batch"]
    where = plot.mapFromScene(plot.view.mapViewToScene(QPointF(steps[1], values[1])))
    viewport = plot.viewport()
    qtbot.mousePress(viewport, LEFT, pos=where)
    qtbot.mouseMove(viewport, where + QPoint(30, 0))
    qtbot.mouseRelease(viewport, LEFT, pos=where + QPoint(30, 0))
    assert session.selection.subject is None
    plot.view_all()
    where = plot.mapFromScene(plot.view.mapViewToScene(QPointF(steps[1], values[1])))
    qtbot.mouseClick(viewport, LEFT, pos=where)
    qtbot.waitUntil(lambda: session.selection.subject is not None)
    assert session.selection.subject == CurvePoint("mini-batch loss", 2, float(values[1]), "batch loss")


def test_the_key_inspects_the_newest_point_of_each_curve(open_window, qtbot):
    window = open_window(starter("xor"), "xor")
    with qtbot.waitSignal(window.session.progressed):
        window.session.step()
    plot = next(each for each in window.panels if each.objectName() == "loss panel").loss
    qtbot.waitUntil(lambda: len(plot.data["batch"][0]) == 1)
    seen = []
    for _ in range(3):
        plot.inspect()
        seen.append(window.session.selection.subject.measure)
    assert seen == ["batch loss", "train loss", "test loss"]


def starter_index(panel, layer, name, *place):
    """Where a parameter of the run lies, found by the layout alone."""
    entry = panel._run.layout.entry(layer, name)
    return entry.start + int(np.ravel_multi_index(place, entry.shape))
