"""The computational graph as a person sees it: typed, stepped through, sent from the network."""

import csv

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton

from gui.export import export_csv, export_pdf, export_png
from gui.figures import figure
from gui.graph_view.drawing import edge_gradient
from gui.panels.graph_panel import GraphPanel
from gui.selection import INPUTS, Unit
from gui.settings import Settings
from gui.theme import DARK, LIGHT
from model.batch_loss import BatchLoss
from model.graph import PRESETS
from model.stages import stages
from model.starters import starter

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def show(show_panel):
    """show(experiment) -> the panel on the screen."""
    return lambda experiment=None, size=(700, 420): show_panel(GraphPanel, experiment or starter("xor"), size)


@pytest.fixture
def panel(show):
    return show()


def type_in(qtbot, panel, text: str) -> None:
    panel.entry.setFocus()
    panel.entry.selectAll()
    qtbot.keyClicks(panel.entry, text)


def press(qtbot, panel, name: str) -> None:
    button = panel.findChild(QToolButton, name)
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def numbers(panel) -> dict[str, tuple[str, str]]:
    """What stands above and below each edge, by the name of the value it carries; the last edge is "result"."""
    walk, found = panel.explorer.walk, {}
    for edge in panel.explorer.view.canvas.layout_of_graph.edges:
        value = figure(edge.source.value) if walk.has_value(edge.source) else ""
        gradient = edge_gradient(edge, walk)
        name = edge.source.name if edge.target is not None else "result"
        found.setdefault(name, []).append((value, "" if gradient is None else figure(gradient)))
    return found


def middle_of(panel, node) -> QPoint:
    return panel.explorer.view.canvas.rect_of(node).center().toPoint()


def colors(widget) -> set[str]:
    picture = widget.grab().toImage()
    return {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}


# An expression


def test_the_shopping_is_there_from_the_start_with_all_its_numbers(panel):
    assert panel.entry.text() == "(apple * 2 + orange * 3) * 1.1"
    assert panel.presets.currentText() == "Shopping"
    assert panel.explorer.rule.text().startswith("2 apples and 3 oranges")
    assert numbers(panel) == {
        "apple": [("100", "2.2")],
        "2": [("2", "110")],
        "orange": [("150", "3.3")],
        "3": [("3", "165")],
        "*": [("200", "1.1"), ("450", "1.1")],
        "+": [("650", "1.1")],
        "1.1": [("1.1", "650")],
        "result": [("715", "1")],
    }
    assert panel.explorer.said.text() == "Result 715   dL/dapple = 2.2   dL/dorange = 3.3"


def test_the_whole_drawing_is_seen(panel):
    canvas, room = panel.explorer.view.canvas, panel.explorer.view.viewport()
    assert canvas.width() <= room.width() and canvas.height() <= room.height()
    assert (
        not panel.explorer.view.horizontalScrollBar().isVisible()
        and not panel.explorer.view.verticalScrollBar().isVisible()
    )


def test_an_expression_is_typed_and_its_graph_grows(qtbot, panel):
    type_in(qtbot, panel, "sigmoid(w*x + b)")
    assert [node.name for node in panel.explorer.walk.graph.nodes] == ["w", "x", "*", "b", "+", "sigmoid"]
    assert list(panel.explorer.variables.editors) == ["w", "x", "b"]
    assert not panel.complaint.isVisible() and panel.presets.currentIndex() == -1
    assert numbers(panel)["result"] == [(figure(1 / (1 + np.exp(-2))), "1")]


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        ("a ^ 2", 2, "A power is written **"),
        ("(a + 2", 0, "This parenthesis is not closed."),
        ("a + ", 4, "Something is missing here"),
        ("2 * foo(3)", 4, "foo is no function here"),
        ("__import__('os')", 11, "' has no meaning here"),
        ("a.b", 1, ". has no meaning here"),
    ],
)
def test_a_bad_expression_gets_a_caret_under_the_place_and_a_sentence(qtbot, panel, text, position, sentence):
    panel.entry.clear()
    type_in(qtbot, panel, text)
    assert panel.complaint.isVisible() and panel.complaint.text.startswith(sentence)
    assert panel.complaint.text.endswith(".") and panel.entry.accessibleDescription() == panel.complaint.text
    assert panel.complaint.position == position
    caret = panel.complaint._caret(position)
    tip = panel.complaint.mapTo(panel, QPoint(round(caret.at(0).x()), 0)).x()
    # The field itself knows what is under that point.
    under = panel.entry.cursorPositionAt(panel.entry.mapFrom(panel, QPoint(tip, 0)) - QPoint(1, 0))
    assert under in (position, position + 1)
    assert panel.explorer.view.canvas.stale and not any(
        button.isEnabled() for button in panel.explorer.steps.buttons.values()
    )
    assert LIGHT.warning in colors(panel.complaint)


def test_the_last_good_graph_stays_and_comes_back_to_life(qtbot, panel):
    panel.entry.end(False)
    qtbot.keyClicks(panel.entry, " ")
    graph = panel.explorer.walk.graph
    qtbot.keyClicks(panel.entry, "*")
    assert panel.explorer.walk.graph is graph and panel.explorer.view.canvas.stale
    assert LIGHT.positive not in colors(panel.explorer.view.canvas)  # pale
    qtbot.keyClick(panel.entry, Qt.Key.Key_Backspace)
    qtbot.keyClick(panel.entry, Qt.Key.Key_Backspace)
    assert not panel.explorer.view.canvas.stale and not panel.complaint.isVisible()
    assert LIGHT.positive in colors(panel.explorer.view.canvas)
    assert numbers(panel)["result"] == [("715", "1")]


def test_the_caret_follows_a_text_that_is_longer_than_its_field(qtbot, panel):
    panel.entry.setText("+".join(["aaaa"] * 40))
    qtbot.keyClicks(panel.entry, " ^")
    position = panel.complaint.position
    assert position == len(panel.entry.text()) - 1
    panel.grab()  # a field scrolls when it is painted
    assert 0 < panel.entry.middle_of(position) < panel.entry.width()


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        ("1 / (x - 1)", {}, "Divide: division by zero"),
        ("log(x - 3)", {}, "Log: logarithm of a negative number"),
        ("exp(exp(x * 9))", {}, "Exp: overflow"),
    ],
)
def test_what_cannot_be_computed_is_shown_on_its_node(qtbot, panel, text, values, sentence):
    type_in(qtbot, panel, text)
    node = panel.explorer.walk.graph.problems[0]
    assert panel.explorer.said.text().startswith(sentence)
    assert panel.explorer.view.readout.isVisible() and panel.explorer.view.readout.text() == panel.explorer.said.text()
    canvas = panel.explorer.view.canvas
    box = canvas.rect_of(node).toRect()
    assert abs(panel.explorer.view.readout.geometry().center().x() - box.translated(canvas.pos()).center().x()) < 120
    picture = canvas.grab(box.adjusted(-3, -3, 3, 3)).toImage()
    found = {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}
    assert LIGHT.warning in found and LIGHT.warning in colors(panel.explorer.said)
    assert numbers(panel)["result"][0][0] == "–"


def test_a_value_is_edited_and_everything_follows(qtbot, panel):
    editor = panel.explorer.variables.editors["apple"]
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "200")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert numbers(panel)["result"] == [("935", "1")] and numbers(panel)["2"] == [("2", "220")]
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert numbers(panel)["apple"][0][0] == "200.1"


def test_a_value_is_edited_on_its_node(qtbot, panel):
    canvas, node = panel.explorer.view.canvas, panel.explorer.walk.graph.variables["orange"]
    qtbot.mouseDClick(canvas, LEFT, pos=middle_of(panel, node))
    assert panel.explorer.view.editor.isVisible() and panel.explorer.view.editor.text() == "150"
    qtbot.keyClicks(panel.explorer.view.editor, "50")
    qtbot.keyClick(panel.explorer.view.editor, Qt.Key.Key_Return)
    assert numbers(panel)["result"] == [("385", "1")]
    assert panel.explorer.variables.editors["orange"].value() == 50
    qtbot.mouseDClick(canvas, LEFT, pos=middle_of(panel, panel.explorer.walk.graph.output))
    assert not panel.explorer.view.editor.isVisible()  # an operation has no value of its own


def test_presets_are_chosen_with_the_keyboard_and_explain_themselves(qtbot, panel):
    panel.presets.setFocus()
    for preset in PRESETS[1:]:
        qtbot.keyClick(panel.presets, Qt.Key.Key_Down)
        assert panel.entry.text() == preset.text and panel.explorer.rule.text() == preset.meaning
        assert {name: node.value for name, node in panel.explorer.walk.graph.variables.items()} == preset.values


# Step by step


def test_forward_and_backward_one_node_at_a_time(qtbot, panel):
    press(qtbot, panel, "start")
    assert numbers(panel)["result"] == [("", "")] and numbers(panel)["apple"] == [("100", "")]
    assert (
        not panel.explorer.steps.buttons["start"].isEnabled() and not panel.explorer.steps.buttons["back"].isEnabled()
    )
    said, results = [], []
    for _ in range(9):
        press(qtbot, panel, "step")
        said.append(panel.explorer.said.text())
        results.append(numbers(panel)["result"][0])
    assert said[0] == "Multiply: 100 × 2 = 200" and said[3] == "Multiply: 650 × 1.1 = 715"
    assert results == [("", "")] * 3 + [("715", "")] + [("715", "1")] * 5
    assert said[8] == "Multiply: dL/dapple = 1.1 × 2 = 2.2   dL/d(2) = 1.1 × 100 = 110"
    assert panel.explorer.rule.text() == "Multiply swaps: each input receives the gradient times the other input."
    press(qtbot, panel, "back")
    assert numbers(panel)["apple"] == [("100", "")] and numbers(panel)["orange"] == [("150", "3.3")]
    press(qtbot, panel, "forward")
    assert all(gradient == "" for pairs in numbers(panel).values() for _, gradient in pairs)
    press(qtbot, panel, "backward")
    assert numbers(panel)["apple"] == [("100", "2.2")]


def test_the_node_at_work_is_lit(qtbot, panel):
    assert LIGHT.accent not in colors(panel.explorer.view.canvas)
    press(qtbot, panel, "step")
    assert LIGHT.accent in colors(panel.explorer.view.canvas)


def test_the_keys_of_the_graph(qtbot, panel):
    canvas = panel.explorer.view.canvas
    canvas.setFocus()
    for key, position in (
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Period, 1),
        (Qt.Key.Key_Period, 2),
        (Qt.Key.Key_Comma, 1),
        (Qt.Key.Key_F, 4),
        (Qt.Key.Key_B, 9),
    ):
        qtbot.keyClick(canvas, key)
        assert panel.explorer.walk.position == position
    before = canvas.zoom
    qtbot.keyClick(canvas, Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.zoom > before
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom == pytest.approx(before)


def test_arrows_walk_from_node_to_node_and_tell_a_screen_reader(qtbot, panel):
    canvas = panel.explorer.view.canvas
    canvas.setFocus()
    walked = []
    for key in ("Right", "Left", "Left", "Left", "Down", "Down", "Right", "Up"):
        qtbot.keyClick(canvas, getattr(Qt.Key, f"Key_{key}"))
        walked.append(canvas.pointed.name)
    assert walked == ["*", "+", "*", "apple", "2", "orange", "*", "*"]
    assert canvas.accessibleDescription().startswith("Multiply: 100 × 2 = 200\ngradient 1.1")
    assert panel.explorer.view.readout.isVisible()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not panel.explorer.view.readout.isVisible()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.label)
def test_every_node_under_the_pointer_says_its_rule(qtbot, panel, preset):
    panel.show_preset(preset)
    QApplication.processEvents()  # lays out the list of other variables
    for node in panel.explorer.walk.graph.nodes:
        qtbot.mouseMove(panel.explorer.view.canvas, middle_of(panel, node))
        readout = panel.explorer.view.readout
        assert readout.isVisible() and node.rule.source in readout.text()
        assert readout.parent().rect().contains(readout.geometry())
        assert not readout.geometry().intersects(
            panel.explorer.view.canvas.rect_of(node)
            .toRect()
            .translated(panel.explorer.view.canvas.pos())
            .adjusted(4, 4, -4, -4)
        )


# A large expression


LONG = "+".join(f"sigmoid(a{i} * b)" for i in range(30))  # 150 nodes and more


@pytest.fixture
def layouts(panel) -> list[str]:
    """What was typed whenever the graph was laid out."""
    texts: list[str] = []
    panel.explorer.view.canvas.arranged.connect(lambda: texts.append(panel.entry.text()))
    return texts


def test_a_large_graph_is_laid_out_when_typing_rests(qtbot, panel, layouts):
    panel.entry.setText(LONG)
    panel.entry.setFocus()
    qtbot.keyClicks(panel.entry, " + c")
    assert panel.explorer.view.canvas.stale and not panel.complaint.isVisible()
    assert not any(text.startswith(LONG) for text in layouts)
    qtbot.waitUntil(lambda: not panel.explorer.view.canvas.stale)
    assert layouts == [f"{LONG} + c"] and "c" in panel.explorer.walk.graph.variables
    assert not panel._rest.isActive()


def test_what_is_wrong_in_a_large_expression_is_said_at_once(qtbot, panel, layouts):
    panel.entry.setText(LONG)
    panel.entry.setFocus()
    qtbot.keyClicks(panel.entry, " +")
    assert panel.complaint.isVisible() and panel.complaint.position == len(LONG) + 2 and not panel._rest.isActive()
    assert layouts == []


def test_enter_and_leaving_do_not_wait(qtbot, panel, layouts):
    panel.entry.setText(LONG)
    panel.entry.setFocus()
    qtbot.keyClicks(panel.entry, " + c")
    qtbot.keyClick(panel.entry, Qt.Key.Key_Return)
    assert layouts == [f"{LONG} + c"] and not panel._rest.isActive()
    qtbot.keyClicks(panel.entry, " + d")
    panel.hide()
    assert not panel._rest.isActive() and Settings().expression == f"{LONG} + c + d"


def test_a_preset_takes_the_place_of_what_was_not_shown_yet(qtbot, panel):
    panel.entry.setText(LONG)
    panel.entry.setFocus()
    qtbot.keyClicks(panel.entry, " + c")
    panel.show_preset(PRESETS[1])
    assert not panel._rest.isActive() and panel.explorer.rule.text() == PRESETS[1].meaning


# Of the network


def gradients(panel, sample: int) -> tuple[BatchLoss, np.ndarray]:
    """Backpropagation on the one sample, at the parameters that are shown."""
    progress = panel.session.progress
    run = progress.run
    loss = BatchLoss(run.experiment, run.parts, progress.snapshot.parameters, np.array([sample]))
    return loss, loss.gradient().copy()


def send(qtbot, panel, button, sample: int = 1) -> None:
    qtbot.mouseClick(panel.network, LEFT)
    assert panel.network.popup.isVisible()
    panel.source.sample.setValue(sample)
    walk = panel.explorer.walk
    qtbot.mouseClick(button, LEFT)
    assert not panel.network.popup.isVisible()
    qtbot.waitUntil(lambda: panel.explorer.walk is not walk or panel.complaint.isVisible())


def train(qtbot, panel, steps: int) -> None:
    for step in range(1, steps + 1):
        panel.session.step()
        qtbot.waitUntil(lambda step=step: panel.session.progress.snapshot.step == step)


@pytest.mark.parametrize(("stage", "unit"), [(0, 2), (0, 7), (1, 0)])
def test_a_neuron_has_the_gradients_of_the_network(qtbot, panel, stage, unit):
    train(qtbot, panel, 3)
    panel.session.selection.select_unit(Unit(stage, unit))
    send(qtbot, panel, panel.source.neuron, sample=5)
    loss, gradient = gradients(panel, 4)
    column = stages(panel.session.experiment.network.layers)[stage]
    weights, bias = loss.layout.entry(column.affine, "weights"), loss.layout.entry(column.affine, "bias")
    variables = panel.explorer.walk.graph.variables
    for i in range(weights.shape[0]):
        place = weights.start + i * weights.shape[1] + unit
        assert variables[f"w{i + 1}"].value == loss.parameters[place]
        assert variables[f"w{i + 1}"].gradient == pytest.approx(gradient[place], rel=1e-12, abs=1e-12)
    assert variables["b"].gradient == pytest.approx(gradient[bias.start + unit], rel=1e-12, abs=1e-12)
    name = f"Hidden 1, neuron {unit + 1}" if stage == 0 else "Output, neuron 1"
    assert panel.explorer.rule.text().startswith(f"{name} at step 3, on training sample 5.")
    assert panel.entry.text() == "" and panel.explorer.view.canvas.layout_of_graph.edges


def test_after_an_edit_the_arriving_gradient_is_said_to_be_the_old_one(qtbot, panel):
    train(qtbot, panel, 2)
    panel.session.selection.select_unit(Unit(0, 2))
    send(qtbot, panel, panel.source.neuron)
    explorer = panel.explorer
    assert "held fixed" not in explorer.rule.text()
    upstream = explorer.walk.upstream
    explorer.set_value("w1", 2.0)
    assert explorer.walk.graph.output.gradient == upstream
    assert explorer.rule.text() == (
        "A value was edited: the arriving gradient dL/dy is still the one of the network, held fixed."
    )
    while not explorer.walk.arriving:
        press(qtbot, panel, "back")
    assert explorer.said.text().endswith(f"arrives dL/dy = {figure(upstream)}, held fixed")
    send(qtbot, panel, panel.source.neuron)
    assert "held fixed" not in explorer.rule.text()  # the numbers of the network again


def test_a_whole_loss_and_an_expression_follow_every_edit(qtbot, panel):
    panel.explorer.set_value("apple", 200.0)
    assert "held fixed" not in panel.explorer.rule.text()
    send(qtbot, panel, panel.source.loss)
    panel.explorer.set_value("x1", 2.0)
    assert panel.explorer.walk.edited and "held fixed" not in panel.explorer.rule.text()


def test_the_loss_of_a_sample_has_the_gradients_of_the_network(qtbot, panel):
    train(qtbot, panel, 2)
    send(qtbot, panel, panel.source.loss, sample=9)
    loss, gradient = gradients(panel, 8)
    assert panel.explorer.walk.graph.output.value == pytest.approx(loss.value(), rel=1e-12)
    variables = panel.explorer.walk.graph.variables
    column = 0
    for entry in loss.layout.entries:
        column += entry.name == "weights"
        for place in range(entry.start, entry.stop):
            row, unit = divmod(place - entry.start, entry.shape[-1])
            name = f"w{column}[{row + 1},{unit + 1}]" if entry.name == "weights" else f"b{column}[{unit + 1}]"
            assert variables[name].gradient == pytest.approx(gradient[place], rel=1e-12, abs=1e-12), name
    assert panel.explorer.rule.text() == "The loss at step 2, on training sample 9. L is the result."
    assert len(panel.explorer.variables.editors) <= 40


def test_what_is_too_large_or_not_selected_is_said(qtbot, show):
    panel = show(starter("digits"))
    graph = panel.explorer.walk.graph
    send(qtbot, panel, panel.source.loss)
    assert "500 can be drawn" in panel.complaint.text and "Choose one neuron" in panel.complaint.text
    assert panel.complaint.position is None and panel.explorer.walk.graph is graph
    qtbot.mouseClick(panel.complaint, LEFT)
    assert not panel.complaint.isVisible()
    send(qtbot, panel, panel.source.neuron)
    assert panel.complaint.text.startswith("Select a neuron")
    panel.session.selection.select_unit(Unit(INPUTS, 0))
    send(qtbot, panel, panel.source.neuron)
    assert panel.complaint.text.startswith("Select a neuron")


def test_a_neuron_with_many_inputs_can_be_scrolled_zoomed_and_edited(qtbot, show):
    panel = show(starter("digits"))
    panel.session.selection.select_unit(Unit(0, 1))
    assert panel.source.neuron.text() == "The neuron Hidden 1, neuron 2"
    send(qtbot, panel, panel.source.neuron)
    canvas, bar = panel.explorer.view.canvas, panel.explorer.view.horizontalScrollBar()
    assert len(panel.explorer.walk.graph.nodes) > 200 and canvas.zoom == 1
    assert bar.value() > 0.8 * bar.maximum() > 0  # the end is seen
    assert len(panel.explorer.variables.editors) == 40 and "more" in panel.explorer.variables.more.text()
    last = panel.explorer.walk.graph.variables["b"]
    panel.explorer.view.show_node(last)
    qtbot.mouseDClick(canvas, LEFT, pos=middle_of(panel, last))
    qtbot.keyClicks(panel.explorer.view.editor, "7")
    qtbot.keyClick(panel.explorer.view.editor, Qt.Key.Key_Return)
    assert panel.explorer.walk.graph.variables["b"].value == 7
    press(qtbot, panel, "fit")
    qtbot.waitUntil(lambda: canvas.width() <= panel.explorer.view.viewport().width() and not bar.isVisible())


def test_the_wheel_zooms_with_control_about_the_pointer(qtbot, panel):
    canvas, viewport = panel.explorer.view.canvas, panel.explorer.view.viewport()
    for _ in range(6):
        panel.explorer.view.zoom_by(1.2)
    zoom, point = canvas.zoom, QPointF(200, 100)
    under = (point - QPointF(canvas.pos())) / zoom
    event = QWheelEvent(
        point,
        viewport.mapToGlobal(point),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    assert canvas.zoom == pytest.approx(1.15 * zoom)
    now = (point - QPointF(canvas.pos())) / canvas.zoom
    assert abs(now.x() - under.x()) < 2 and abs(now.y() - under.y()) < 2


def test_another_panel_sends_a_neuron(qtbot, panel):
    panel.session.selection.graph_wanted.emit(Unit(0, 0))
    qtbot.waitUntil(lambda: "w1" in panel.explorer.walk.graph.variables)


def test_typing_while_the_network_is_on_its_way_wins(qtbot, panel):
    panel.show_loss()
    type_in(qtbot, panel, "a + 1")
    qtbot.waitUntil(lambda: not panel._worker.is_pending(panel))
    assert [node.name for node in panel.explorer.walk.graph.nodes] == ["a", "1", "+"]


# From one visit to the next, themes, export


def test_expression_and_values_are_there_again(qtbot, show):
    first = show()
    type_in(qtbot, first, "tanh(u) * v")
    first.explorer.set_value("u", 0.25)
    first.hide()
    second = show()
    assert second.entry.text() == "tanh(u) * v"
    assert (
        second.explorer.walk.graph.variables["u"].value == 0.25
        and second.explorer.variables.editors["u"].value() == 0.25
    )


def test_stored_nonsense_does_no_harm(show):
    Settings().expression = "((("
    Settings().expression_values = {}
    Settings()._store.setValue("graph/values", '{"a": "b", "c": [1]}')
    panel = show()
    assert panel.complaint.isVisible() and panel.explorer.walk is None
    assert not any(button.isEnabled() for button in panel.explorer.steps.buttons.values())
    assert list(panel.rows()[1]) == []


def test_the_panel_follows_the_theme(switch, panel):
    small = panel.explorer.view.canvas.layout_of_graph.width
    switch.choose("dark")
    found = colors(panel.explorer.view.canvas)
    assert DARK.panel in found and DARK.positive in found and LIGHT.panel not in found
    switch.set_projector(True)
    assert panel.explorer.view.canvas.layout_of_graph.width > small


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_nothing_moves_when_nothing_is_asked_for(qtbot, panel):
    QApplication.processEvents()
    paints = Paints(panel.explorer.view.canvas)
    train(qtbot, panel, 3)
    qtbot.waitUntil(lambda: not panel.clock.running)
    assert paints.count == 0
    press(qtbot, panel, "step")
    qtbot.waitUntil(lambda: paints.count > 0)


def test_picture_and_table(tmp_path, panel):
    ((name, source, rows),) = panel.exports()
    assert (name, source) == ("Computational graph", panel.explorer.view.canvas)
    export_pdf(source, tmp_path / "graph.pdf")
    export_png(source, tmp_path / "graph.png")
    picture = QImage(str(tmp_path / "graph.png"))
    assert picture.size() == 3 * panel.explorer.view.canvas.size()
    assert (tmp_path / "graph.pdf").stat().st_size > 1000
    export_csv(*rows(), tmp_path / "graph.csv")
    with (tmp_path / "graph.csv").open(newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == 9
    assert (read[0]["name"], read[0]["operation"], float(read[0]["value"])) == ("apple", "", 100)
    assert float(read[0]["gradient"]) == pytest.approx(2.2)
    assert read[2] | {"value": "", "gradient": ""} == {
        "number": "3",
        "name": "",
        "operation": "Multiply",
        "value": "",
        "gradient": "",
        "inputs": "1 2",
    }


def test_of_a_graph_too_large_for_a_picture_what_is_seen_is_exported(qtbot, tmp_path, show):
    panel = show(starter("digits"))
    panel.session.selection.select_unit(Unit(0, 1))
    send(qtbot, panel, panel.source.neuron)
    view = panel.explorer.view
    view.canvas.point_at(panel.explorer.walk.graph.output)
    ((_, source, _),) = panel.exports()
    assert source is view and view.readout.isVisible()
    with view.exporting(3):
        assert not view.readout.isVisible()
    assert view.readout.isVisible()
    export_png(source, tmp_path / "graph.png")
    assert QImage(str(tmp_path / "graph.png")).size() == 3 * view.viewport().size()
    press(qtbot, panel, "fit")
    assert panel.exports()[0][1] is view.canvas


def test_a_piece_of_a_network_that_has_gone_says_so(qtbot, panel):
    panel.show_neuron(Unit(0, 0))
    qtbot.waitUntil(lambda: not panel._typed)
    panel.show_neuron(None)
    assert panel.complaint.isVisible()
    panel.session.open(starter("spiral"))
    qtbot.waitUntil(lambda: not panel.complaint.isVisible())
    assert panel.explorer.rule.text() == "A piece of an earlier network, with its numbers."


def test_what_is_typed_stays_when_another_network_comes(qtbot, panel):
    type_in(qtbot, panel, "2 *")
    panel.session.open(starter("spiral"))
    run = panel.session.run
    qtbot.waitUntil(lambda: panel.session.run is not run)
    assert panel.complaint.isVisible()
