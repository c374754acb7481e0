import csv

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton, QToolButton

from gui.export import export_csv, export_pdf, export_png
from gui.frame_clock import FrameClock
from gui.live_label import LiveLabel
from gui.network_view.spec_chooser import SpecChooser
from gui.panels.network_panel import NetworkPanel
from gui.picture_worker import PictureWorker
from gui.selection import INPUTS, Unit
from gui.session import Session
from gui.theme import DARK, LIGHT
from model.experiment_file import from_plain
from model.stages import stages

LEFT = Qt.MouseButton.LeftButton


def experiment(units=(4, 3), dataset="spiral", outputs=1, loss="mean_squared_error", last="tanh", rate=0.1):
    layers = [{"type": "flatten"}] if dataset == "digits" else []
    for n in units:
        layers += [{"type": "affine", "units": n}, {"type": "tanh"}]
    layers += [{"type": "affine", "units": outputs}] + ([{"type": last}] if last else [])
    plain = {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": dataset}},
        "network": {"layers": layers},
        "loss": {"type": loss},
        "optimizer": {"type": "sgd", "learning_rate": rate},
    }
    return from_plain(plain)


@pytest.fixture
def made(qtbot, switch):
    """make(experiment, size) -> the panel, shown and live; all ends with the test."""
    ends = []

    def make(spec, size=(700, 440)):
        session, pictures = Session(spec), PictureWorker()
        pictures.start()
        clock = FrameClock(session)
        ends.extend([clock.stop, session.close, pictures.close])
        panel = NetworkPanel(session, pictures)
        qtbot.addWidget(panel)
        panel.resize(*size)
        clock.add(panel)
        with qtbot.waitExposed(panel):
            panel.show()
        qtbot.waitUntil(lambda: panel.view.canvas.pictures is not None)
        return panel

    yield make
    for end in ends:
        end()


@pytest.fixture
def panel(made):
    return made(experiment())


def sizes(panel):
    return [stage.units for stage in stages(panel.session.experiment.network.layers)]


def button(panel, name):
    found = panel.view.canvas.findChild(QToolButton, name)
    assert found is not None and found.isVisible(), name
    return found


def middle_of(panel, unit):
    return panel.view.canvas.places.units[unit].center()


def on_link(panel, number, along=0.2):
    """A place on a link that no other thing lies under."""
    return panel.view.canvas.links.lines[number].pointAt(along).toPoint()


def readout(panel):
    label = panel.view.canvas.findChild(QLabel, "diagram readout")
    return label.text() if label.isVisible() else ""


def chooser(panel):
    found = [c for c in panel.view.findChildren(SpecChooser) if c.isVisible()]
    return found[-1] if found else None


def is_live(panel):
    """The new run's numbers are drawn."""
    canvas = panel.view.canvas
    return canvas.pictures is not None and canvas.diagram.experiment.network == panel.session.experiment.network


def test_neurons_with_the_buttons_and_undo(panel, qtbot):
    qtbot.mouseClick(button(panel, "more 0"), LEFT)
    assert sizes(panel) == [5, 3, 1]
    assert panel.session.undo_stack.undoText() == "add neuron to layer 1"
    qtbot.mouseClick(button(panel, "fewer 1"), LEFT)
    qtbot.waitUntil(lambda: is_live(panel))
    assert sizes(panel) == [5, 2, 1]
    assert len([u for u in panel.view.canvas.places.units if u.stage == 1]) == 2
    panel.session.undo_stack.undo()
    panel.session.undo_stack.undo()
    assert sizes(panel) == [4, 3, 1]


def test_layers_with_the_buttons_and_undo(panel, qtbot):
    qtbot.mouseClick(button(panel, "add layer 1"), LEFT)
    assert sizes(panel) == [4, 4, 3, 1] and panel.session.undo_stack.undoText() == "add layer"
    qtbot.waitUntil(lambda: is_live(panel))
    qtbot.mouseClick(button(panel, "remove layer 2"), LEFT)
    assert sizes(panel) == [4, 4, 1]
    panel.session.undo_stack.undo()
    assert sizes(panel) == [4, 4, 3, 1]


def test_all_layers_can_go_and_come_back(panel, qtbot):
    for _ in range(2):
        qtbot.mouseClick(button(panel, "remove layer 0"), LEFT)
    assert sizes(panel) == [1]
    assert not any(b.isVisible() for b in panel.view.canvas.findChildren(QToolButton, "remove layer 0"))
    qtbot.mouseClick(button(panel, "add layer 0"), LEFT)
    assert sizes(panel) == [4, 1]


def test_what_cannot_be_is_switched_off_and_says_why(made, qtbot):
    panel = made(experiment((1,), "iris", 3, "softmax_cross_entropy", last=None))
    assert not button(panel, "fewer 0").isEnabled()
    assert "at least one neuron" in button(panel, "fewer 0").toolTip()
    assert not button(panel, "more 1").isEnabled()
    assert "3 classes" in button(panel, "more 1").toolTip()


def test_an_activation_is_chosen(panel, qtbot):
    qtbot.mouseClick(button(panel, "activation 0"), LEFT)
    names = [b.text() for b in chooser(panel).findChildren(QRadioButton)]
    assert names == ["Identity", "Sigmoid", "Tanh", "ReLU", "Leaky ReLU", "ELU"]
    chooser(panel).findChild(QRadioButton, "LeakyReLU").click()
    assert panel.session.experiment.network.layers[1].slope == 0.1
    slope = chooser(panel).findChild(QLineEdit)
    slope.selectAll()
    qtbot.keyClicks(slope, "0.3")
    qtbot.keyClick(slope.parentWidget(), Qt.Key.Key_Return)
    assert panel.session.experiment.network.layers[1].slope == 0.3
    chooser(panel).findChild(QPushButton, "for all").click()
    assert [panel.session.experiment.network.layers[i].slope for i in (1, 3)] == [0.3, 0.3]
    chooser(panel).close()
    assert button(panel, "activation 0").text() == "Leaky ReLU"


def test_softmax_is_for_several_outputs_with_mean_squared_error(made, qtbot):
    panel = made(experiment((2,), outputs=2))
    qtbot.mouseClick(button(panel, "activation 1"), LEFT)
    assert chooser(panel).findChild(QRadioButton, "Softmax").isEnabled()
    chooser(panel).close()
    qtbot.mouseClick(button(panel, "fewer 1"), LEFT)
    qtbot.mouseClick(button(panel, "activation 1"), LEFT)
    softmax = chooser(panel).findChild(QRadioButton, "Softmax")
    assert not softmax.isEnabled() and "at least 2" in softmax.toolTip()
    chooser(panel).close()


def test_initial_weights_are_chosen_for_one_layer_and_for_all(panel, qtbot):
    qtbot.mouseClick(button(panel, "weights 1"), LEFT)
    chooser(panel).findChild(QRadioButton, "Constant").click()
    assert panel.session.experiment.network.layers[2].weights.value == 0.5
    assert panel.session.undo_stack.undoText() == "initial weights of Hidden 2"
    chooser(panel).findChild(QPushButton, "for all").click()
    assert {panel.session.experiment.network.layers[i].weights.label for i in (0, 2, 4)} == {"constant"}
    chooser(panel).close()


def test_what_is_tried_while_a_chooser_is_open_is_one_step_to_undo_and_the_next_visit_another(panel, qtbot):
    for names in (("ReLU", "ELU"), ("Sigmoid", "LeakyReLU")):
        qtbot.mouseClick(button(panel, "activation 0"), LEFT)
        for name in names:
            chooser(panel).findChild(QRadioButton, name).click()
        chooser(panel).close()
    stack, labels = panel.session.undo_stack, []
    while stack.canUndo():
        labels.append(button(panel, "activation 0").text())
        stack.undo()
    assert [*labels, button(panel, "activation 0").text()] == ["Leaky ReLU", "ELU", "Tanh"]


def test_hovering_a_neuron_shows_its_live_numbers_and_tells_the_others(panel, qtbot):
    canvas = panel.view.canvas
    qtbot.mouseMove(canvas, QPoint(1, 1))
    with qtbot.waitSignal(panel.session.selection.unit_hovered) as told:
        qtbot.mouseMove(canvas, middle_of(panel, Unit(0, 1)))
    assert told.args == [Unit(0, 1)]
    assert readout(panel).startswith("Hidden 1, neuron 2\nbias 0")
    panel.session.step()
    qtbot.waitUntil(lambda: "mean activation over the batch" in readout(panel))
    before = readout(panel)
    panel.session.step()
    qtbot.waitUntil(lambda: readout(panel) != before)


def test_hovering_a_link_shows_weight_gradient_and_update(panel, qtbot):
    canvas = panel.view.canvas
    link = canvas.links.links[0]
    assert (link.source, link.target) == (Unit(INPUTS, 0), Unit(0, 0))
    qtbot.mouseMove(canvas, on_link(panel, 0))
    weight = canvas.snapshot.parameters[link.parameter]
    assert readout(panel) == f"w[x1→1] = {weight:.3g}\ngradient –\nlast update –"
    panel.session.step()
    qtbot.waitUntil(lambda: "–" not in readout(panel))
    shown, snapshot = readout(panel), canvas.snapshot
    assert (
        f"gradient {snapshot.gradient[link.parameter]:.3g}\nlast update {snapshot.update[link.parameter]:.3g}" in shown
    )
    qtbot.mouseMove(canvas, QPoint(1, 1))
    assert readout(panel) == ""


def test_a_click_selects(panel, qtbot):
    canvas, selection = panel.view.canvas, panel.session.selection
    qtbot.mouseClick(canvas, LEFT, pos=middle_of(panel, Unit(1, 2)))
    assert selection.unit == Unit(1, 2) and selection.parameter is None
    rect = canvas.places.units[Unit(1, 2)]
    assert QColor(canvas.grab().toImage().pixel(rect.center().x(), rect.top() - 2)).name() == LIGHT.accent
    qtbot.mouseClick(canvas, LEFT, pos=canvas.places.bias(Unit(1, 2)).center())
    assert selection.parameter == canvas.diagram.bias(Unit(1, 2))
    qtbot.mouseClick(canvas, LEFT, pos=on_link(panel, 1))
    assert selection.parameter == canvas.links.links[1].parameter


def edit(panel, qtbot, text, key=Qt.Key.Key_Return):
    editor = panel.view.editor
    assert editor.isVisible()
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, key)


def test_a_double_click_edits_a_weight_undoably(panel, qtbot):
    canvas = panel.view.canvas
    place = canvas.links.links[0].parameter
    before = canvas.snapshot.parameters[place]
    qtbot.mouseDClick(canvas, LEFT, pos=on_link(panel, 0))
    assert float(panel.view.editor.text()) == before  # every digit
    edit(panel, qtbot, "-1.25e-1")
    assert not panel.view.editor.isVisible()
    assert panel.session.undo_stack.undoText() == "edit weight x1→1 of Hidden 1"  # as the readout calls it
    qtbot.waitUntil(lambda: canvas.snapshot.parameters[place] == -0.125)
    panel.session.undo_stack.undo()
    qtbot.waitUntil(lambda: canvas.snapshot.parameters[place] == before)


def test_enter_edits_a_bias_and_escape_leaves_it(panel, qtbot):
    canvas = panel.view.canvas
    place = canvas.diagram.bias(Unit(0, 0))
    panel.session.selection.select_unit(Unit(0, 0))
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    edit(panel, qtbot, "7", Qt.Key.Key_Escape)
    assert not panel.view.editor.isVisible() and panel.session.undo_stack.count() == 0
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    edit(panel, qtbot, "7")
    qtbot.waitUntil(lambda: canvas.snapshot.parameters[place] == 7)
    assert panel.session.undo_stack.undoText() == "edit bias of Hidden 1, neuron 1"


@pytest.mark.parametrize("text", ["abc", "", "nan", "1e999"])
def test_what_is_no_number_is_not_taken(panel, qtbot, text):
    qtbot.mouseDClick(panel.view.canvas, LEFT, pos=on_link(panel, 0))
    panel.view.editor.clear()
    edit(panel, qtbot, text)
    assert panel.view.editor.isVisible() and panel.session.undo_stack.count() == 0
    qtbot.keyClick(panel.view.editor, Qt.Key.Key_Escape)


def test_the_keys_walk_and_edit(panel, qtbot):
    canvas, selection = panel.view.canvas, panel.session.selection
    canvas.setFocus()
    for key, unit in (
        (Qt.Key.Key_Right, Unit(INPUTS, 0)),
        (Qt.Key.Key_Right, Unit(0, 1)),
        (Qt.Key.Key_Down, Unit(0, 2)),
        (Qt.Key.Key_Left, Unit(INPUTS, 1)),
    ):
        qtbot.keyClick(canvas, key)
        assert selection.unit == unit
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    target = selection.unit
    assert selection.parameter == canvas.diagram.weight(0, 0, target.index)
    assert readout(panel).startswith(f"w[x1→{target.index + 1}]")
    assert canvas.accessibleDescription() == readout(panel)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    edit(panel, qtbot, "0.5")
    qtbot.waitUntil(lambda: canvas.snapshot.parameters[selection.parameter] == 0.5)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert sizes(panel) == [5, 3, 1]


def test_enter_presses_a_button_and_it_keeps_the_focus(panel, qtbot):
    more = button(panel, "more 0")
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_live(panel))
    assert sizes(panel) == [5, 3, 1] and QApplication.focusWidget() is more


def test_every_control_has_a_name_and_a_tool_tip(panel):
    for each in panel.view.canvas.findChildren(QToolButton):
        assert each.accessibleName() and each.toolTip(), each.objectName()


def test_links_show_weights_gradients_or_updates(panel, qtbot):
    canvas = panel.view.canvas
    panel.session.step()
    qtbot.waitUntil(lambda: canvas.snapshot.step == 1)
    places = [link.parameter for link in canvas.links.links]
    for name, vector in (("gradient", canvas.snapshot.gradient), ("update", canvas.snapshot.update)):
        qtbot.mouseClick(panel.findChild(QToolButton, name), LEFT)
        assert canvas.links.limit == pytest.approx(np.abs(vector[places]).max())
        assert panel.findChild(LiveLabel, "scale").text() == f"widest line: {canvas.links.limit:.3g}"


def test_it_is_live_while_the_network_learns(panel, qtbot):
    canvas = panel.view.canvas
    first = canvas.grab().toImage()
    panel.session.play()
    qtbot.waitUntil(lambda: canvas.snapshot.step > 20)
    panel.session.pause()
    qtbot.waitUntil(lambda: canvas.snapshot is panel.session.progress.snapshot and not panel._worker.is_pending(panel))
    assert canvas.grab().toImage() != first


def test_a_diverged_run_is_drawn(made, qtbot):
    panel = made(experiment(last=None, rate=1000.0))
    panel.session.play()
    qtbot.waitUntil(lambda: panel.session.progress.diverged is not None)
    qtbot.waitUntil(
        lambda: panel.view.canvas.snapshot is panel.session.progress.snapshot and not panel._worker.is_pending(panel)
    )
    panel.view.canvas.repaint()
    assert np.abs(panel.view.canvas.snapshot.parameters).max() > 1e3


def test_twelve_layers_of_128_units_are_summarised_and_scroll(made, qtbot):
    panel = made(experiment((128,) * 12))
    canvas = panel.view.canvas
    assert len(canvas.places.units) < 13 * 12 and len(canvas.links.links) < 2000
    assert panel.view.horizontalScrollBar().maximum() > 0 and panel.view.verticalScrollBar().maximum() == 0


def test_digits_show_the_sample_and_a_click_shows_the_next(made, qtbot):
    panel = made(experiment((12,), "digits", 10, "softmax_cross_entropy", last=None))
    canvas = panel.view.canvas
    assert panel.header.sample.isVisible() and canvas.pictures.pixels is not None
    before: QImage = canvas.pictures.pixels
    qtbot.mouseClick(canvas, LEFT, pos=canvas.places.image.center())
    assert panel.header.sample.value() == 2
    qtbot.waitUntil(lambda: canvas.pictures.pixels != before)


def test_theme_and_projector_are_followed(panel, switch, qtbot):
    canvas = panel.view.canvas
    height = canvas.places.metrics.header
    switch.choose("dark")
    assert QColor(canvas.grab().toImage().pixel(1, 1)).name() == DARK.panel
    switch.set_projector(True)
    assert canvas.places.metrics.header > height
    qtbot.waitUntil(lambda: not panel._worker.is_pending(panel))


def test_export(panel, qtbot, tmp_path):
    (name, source, rows) = panel.exports()[0]
    assert name == "Diagram of the network"
    export_png(source, tmp_path / "n.png")
    assert QImage(str(tmp_path / "n.png")).width() == 3 * source.width()
    export_pdf(source, tmp_path / "n.pdf")
    assert (tmp_path / "n.pdf").read_bytes().startswith(b"%PDF")
    export_csv(*rows(), tmp_path / "n.csv")
    with (tmp_path / "n.csv").open(newline="") as file:
        table = list(csv.reader(file))
    snapshot = panel.view.canvas.snapshot
    assert table[0] == ["parameter", "value", "gradient", "update"]
    assert table[2][0] == "layers[0].weights[0, 1]" and float(table[2][1]) == snapshot.parameters[1]
    assert len(table) == 1 + len(snapshot.parameters)
